using System.Text;
using Microsoft.Extensions.Logging;
using TypedCache.Hashing;
using TypedCache.Keys;
using TypedCache.Pool;
using TypedCache.Values;

namespace TypedCache;

/// <summary>How a pool finds, reaches and uses its servers. The pool reads the options once, when it is created.</summary>
public sealed partial class MemcachedPoolOptions
{
    /// <summary>Creates options with the defaults, compression included.</summary>
    public MemcachedPoolOptions()
        : this(new CompressionOptions())
    {
    }

    /// <summary>Creates options with another compression and the other defaults.</summary>
    /// <param name="compression">When values are compressed; <see cref="CompressionOptions.WithoutZlib"/> for a native program without zlib.</param>
    /// <exception cref="ArgumentNullException"><paramref name="compression"/> is null.</exception>
    public MemcachedPoolOptions(CompressionOptions compression)
    {
        ArgumentNullException.ThrowIfNull(compression);
        Compression = compression;
    }

    /// <summary>The servers. Under <see cref="HashStrategies.Standard"/> their order decides which keys they hold.</summary>
    public IList<MemcachedServerOptions> Servers { get; init; } = [];

    /// <summary>
    /// The source of the servers, which the pool follows while it runs: <see cref="ServerDiscovery"/> has some. What <see cref="Servers"/> has
    /// holds until the source has named some; without, operations wait for that as for a connection
    /// (<see cref="MemcachedPool.WaitForServersAsync"/>). Default: null, none.
    /// </summary>
    public IServerDiscovery? Discovery
    {
        get => Source?.Source;
        set => Source = value is null ? null : new MemcachedPoolDiscovery(value);
    }

    /// <inheritdoc cref="Discovery"/>
    internal MemcachedPoolDiscovery? Source { get; private set; }

    /// <summary>
    /// Servers that take the keys of servers that have failed, so that these do not burden the others: a server that is as full as its
    /// neighbours would pull them down with it. Default: none; then the keys go to the others in the failover order.
    /// </summary>
    /// <remarks>
    /// <para>
    /// The hash strategy chooses one among them, and the failover order the next one where that has failed too. If no spare is usable, the
    /// key has no server, and a read ends as <see cref="OnServerFailure"/> says. With <see cref="Redundancy"/>, the servers that hold the
    /// copies come first; there are no copies on spares.
    /// </para>
    /// <para>
    /// Nothing lives longer on a spare than <see cref="SpareExpiry"/>, leases included, and nothing is stale there. Spares connect
    /// when they are used. A spare cannot be one of the servers too.
    /// </para>
    /// </remarks>
    public IList<MemcachedServerOptions> Spares { get; init; } = [];

    /// <summary>
    /// The longest time that anything lives on a spare, in whole seconds, rounded up: 1 second to 30 days. Deletes of clients that still reach
    /// the key's own server do not reach its spare. Default: 10 seconds.
    /// </summary>
    public TimeSpan SpareExpiry { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// The zone that the application is in, of those that the servers name (<see cref="MemcachedServerOptions.Zone"/>). Each zone is a whole cluster of
    /// its own: reads go to the own zone, and writes to all. Default: null, there are no zones.
    /// </summary>
    /// <remarks>
    /// <para>
    /// Each key has one server in every zone, by the hash strategy, and a home zone, which is the same one for all clients of the cluster. Writes
    /// go to the home zone first, which answers, and then to the others. What only one can decide (add, replace, append, prepend,
    /// compare-and-set, counters) is decided there. A read that finds nothing in the own zone looks in the home zone, and one that asks for the
    /// CAS number looks only there.
    /// </para>
    /// <para>
    /// Where a server has failed, the key's servers in the other zones take its place; no other server of its zone does.
    /// <see cref="Redundancy"/> and <see cref="Spares"/> do not go with zones.
    /// </para>
    /// </remarks>
    public string? Zone { get; set; }

    /// <summary>How keys are spread over the servers. Default: <see cref="HashStrategies.Consistent"/>, as in pecl-memcache 8.</summary>
    public HashStrategyFactory HashStrategy { get; set; } = HashStrategies.Consistent;

    /// <summary>How keys and servers are hashed. Default: <see cref="HashFunctions.Crc32"/>, as in pecl-memcache.</summary>
    public IHashFunction HashFunction { get; set; } = HashFunctions.Crc32;

    /// <summary>
    /// What happens to keys passed as text that memcached would not accept as they are. Default: <see cref="KeyPolicy.Reject"/>.
    /// Generated clients have a policy of their own (<see cref="CacheClientAttribute"/>).
    /// </summary>
    /// <remarks>
    /// The keys that a generated client gives as text (<c>IShopCache.Keys.Product(42)</c>) name the keys of its calls under
    /// <see cref="KeyPolicy.Reject"/>; those of a client with <see cref="KeyPolicy.Pecl"/> under that policy. Under
    /// <see cref="KeyPolicy.Escape"/> their <c>%</c> would be escaped once more, and under <see cref="KeyPolicy.Pecl"/> what is too long
    /// with <see cref="KeyPrefix"/> would be cut: pass such keys as UTF-8 bytes there, which no policy changes.
    /// </remarks>
    public KeyPolicy KeyPolicy { get; set; } = KeyPolicy.Reject;

    /// <summary>
    /// Precedes every key on the wire: 0 to 249 bytes of UTF-8 without spaces and control characters (pecl-memcache:
    /// <c>memcache.prefix_static_key</c>; php-memcached: <c>OPT_PREFIX_KEY</c>). It counts towards the 250 bytes of a key: what it leaves
    /// is <see cref="MemcachedPool.MaxKeyLength"/>.
    /// </summary>
    /// <remarks>
    /// The tail of a key that is too long only with its prefix becomes a hash; under <see cref="KeyPolicy.Pecl"/>, text and the keys of
    /// generated clients are cut, as in pecl-memcache. The hash needs 34 bytes: behind a prefix of more than 216 bytes a key that is too
    /// long throws <see cref="CacheKeyException"/>.
    /// </remarks>
    public string KeyPrefix { get; set; } = "";

    /// <summary>
    /// Whether <see cref="KeyPrefix"/> takes part in choosing the server. Default: true, as in pecl-memcache; php-memcached
    /// hashes it only under <c>OPT_HASH_WITH_PREFIX_KEY</c>.
    /// </summary>
    public bool HashKeyPrefix { get; set; } = true;

    /// <summary>
    /// What becomes of every key, <see cref="KeyPrefix"/> included, before its server is chosen and it is sent, for clusters that are shared with
    /// Enyim's clients. Default: <see cref="KeyTransformer.None"/>.
    /// </summary>
    public KeyTransformer KeyTransformer { get; set; } = KeyTransformer.None;

    /// <summary>How values are marked and written. Default: <see cref="ValueDialect.Pecl"/>.</summary>
    public ValueDialect ValueDialect { get; set; } = ValueDialect.Pecl;

    /// <summary>When values are compressed.</summary>
    public CompressionOptions Compression { get; init; }

    /// <summary>Which of memcached's text protocols is spoken. Default: it is found out for each server when it is connected.</summary>
    public MemcachedProtocol Protocol { get; set; }

    /// <summary>The user that the servers ask for (memcached's option <c>-Y</c>). Default: none.</summary>
    public MemcachedCredentials? Credentials { get; set; }

    /// <summary>How TCP connections are encrypted. Default: null, not at all.</summary>
    public MemcachedTlsOptions? Tls { get; set; }

    /// <summary>How long connecting to a server may take, TLS, login and its first answer included. Default: 1 second.</summary>
    public TimeSpan ConnectTimeout { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>
    /// For how long a TCP connection may be idle before the system asks the server whether it is still there, in whole seconds, rounded
    /// up: 1 second to 9 hours. After 3 questions without an answer, 10 seconds apart, the connection ends. Default: 1 minute, which is less
    /// than firewalls and load balancers allow. <see cref="Timeout.InfiniteTimeSpan"/>: never.
    /// </summary>
    public TimeSpan KeepAlive { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>
    /// How long an operation waits for its reply, with a precision of about 10 milliseconds. Default: 1 second. A server that
    /// sends nothing for so long, although replies are due, is treated as failed.
    /// </summary>
    public TimeSpan OperationTimeout { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>
    /// The longest time between two attempts to reach a failed server; the first comes after 50 milliseconds. Default: 15 seconds,
    /// as in pecl-memcache. <see cref="Timeout.InfiniteTimeSpan"/>: a failed server stays failed.
    /// </summary>
    public TimeSpan RetryInterval { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>
    /// When servers that are connected but fail their callers are taken out: those whose calls time out, that refuse most of them, or that
    /// have no memory left. Default: null, never.
    /// </summary>
    /// <remarks>
    /// Off by default, because each process judges for itself: while some use a server and others have taken it out, a delete by one side
    /// does not reach what the other side reads. PHP's clients take no server out for this. Turn it on where a server that fails its callers
    /// is worse than values that are stale until they expire.
    /// </remarks>
    public SickServerOptions? SickServers { get; set; }

    /// <summary>Whether keys of a failed server go to another one. Default: true (pecl-memcache: <c>memcache.allow_failover</c>).</summary>
    public bool AllowFailover { get; set; } = true;

    /// <summary>The order in which other servers are tried. Default: <see cref="FailoverSequence.Pecl8"/>.</summary>
    public FailoverSequence FailoverSequence { get; set; } = FailoverSequence.Pecl8;

    /// <summary>
    /// How many places in the failover order are searched for a server that has not failed. Default: 20 (pecl-memcache:
    /// <c>memcache.max_failover_attempts</c>).
    /// </summary>
    public int MaxFailoverAttempts { get; set; } = 20;

    /// <summary>
    /// How many servers each value is written to: its own and the first ones in the failover order, where readers look if its own
    /// has failed. Default: 1 (pecl-memcache: <c>memcache.redundancy</c>).
    /// </summary>
    /// <remarks>
    /// The answer is that of the key's own server; copies that fail are left out. Since CAS numbers differ between servers,
    /// compare-and-set removes the copies. If <see cref="AllowFailover"/> is false, nobody would read copies, and none are made.
    /// </remarks>
    public int Redundancy { get; set; } = 1;

    /// <summary>How the pool goes from one list of servers to another, where nobody says otherwise. Default: at once; values do not move.</summary>
    public ServerChangeOptions ServerChanges { get; set; } = new();

    /// <summary>What a read does when no server can answer it. Default: it throws.</summary>
    public ServerFailurePolicy OnServerFailure { get; set; }

    /// <summary>
    /// How much memory the values that this pool keeps in this process may take (<see cref="NearOptions"/>), in bytes. Those that are asked
    /// for least make room. Default: 67,108,864, which is 64 MiB. 0: none are kept.
    /// </summary>
    /// <remarks>Counted are keys, values and what holds them: stored bytes as they are, shared objects with what reading them has allocated.</remarks>
    public long MaxNearBytes { get; set; } = 64 * 1024 * 1024;

    /// <summary>
    /// How many hits this pool audits in a second, at most (<see cref="GetOrCreateOptions.Audit"/>). Default: 10. 0: none. Of each template one is
    /// audited at a time.
    /// </summary>
    public int MaxAuditsPerSecond { get; set; } = 10;

    /// <summary>
    /// Of how many keys each server's missed deletes are kept while it cannot be reached, at most; their keys may have 128 bytes on average.
    /// Default: 65,536. 0: none are kept.
    /// </summary>
    /// <remarks>
    /// Noted are deletes and invalidations that failed or went to another server, and the keys that were written on another server
    /// meanwhile. Before this pool uses the server again they are removed there, or marked as stale; what the other server has of them is
    /// removed too. A value that was deleted or replaced by this process is so not found again when a server comes back with its memory.
    /// </remarks>
    public int MaxMissedDeletes { get; set; } = 65_536;

    /// <summary>
    /// What happens to a server that has missed more than <see cref="MaxMissedDeletes"/>; keys that were only written are left out before
    /// those that were deleted. Default: <see cref="MissedDeletesOverflow.Warn"/>.
    /// </summary>
    public MissedDeletesOverflow OnMissedDeletesOverflow { get; set; }

    /// <summary>
    /// The most connections to each server, 1 to 16. Default: 2. All callers share the first one; large values (from 64 KiB on, when
    /// they are written, and when they are read again) travel on the others, so that small ones do not wait behind them. The others
    /// are opened only when there are large values.
    /// </summary>
    public int ConnectionsPerServer { get; set; } = 2;

    /// <summary>
    /// How many bytes may wait for one server that does not keep up. Above that, operations fail with
    /// <see cref="MemcachedConnectionException"/> at once. Default: 64 MiB.
    /// </summary>
    public int MaxQueuedBytes { get; set; } = 64 * 1024 * 1024;

    /// <summary>
    /// The longest value, as it is stored, in bytes. A longer one from a server closes the connection, and a longer one is not sent to any:
    /// <see cref="ArgumentException"/>. Default: 128 MiB.
    /// </summary>
    public int MaxValueLength { get; set; } = 128 * 1024 * 1024;

    /// <summary>The clock for expiries beyond 30 days and for probes. Default: the system's.</summary>
    public TimeProvider TimeProvider { get; set; } = TimeProvider.System;

    /// <summary>
    /// Makes the loggers of the pool, whose categories are <see cref="TypedCacheTelemetry.PoolLogCategory"/> and
    /// <see cref="TypedCacheTelemetry.CreationLogCategory"/>. Default: null, nothing is logged.
    /// </summary>
    public ILoggerFactory? LoggerFactory { get; set; }

    /// <summary>What the pool tells in metrics and traces beyond what it always does.</summary>
    public MemcachedTelemetryOptions Telemetry { get; init; } = new();

    /// <summary>Adds servers from a list such as <c>cache-1:11211 weight=2, [::1]:11212</c>.</summary>
    /// <param name="servers">The servers alone, without the settings that <see cref="MemcachedPool.Connect(string)"/> takes too.</param>
    /// <returns>These options.</returns>
    /// <exception cref="ArgumentException">The list is malformed; the message names the position and the fix.</exception>
    public MemcachedPoolOptions AddServers(string servers)
    {
        foreach (var server in ServerList.Parse(servers))
        {
            Servers.Add(server);
        }

        return this;
    }

    /// <summary>Adds spares from a list such as <c>spare-1:11211, spare-2:11211</c>.</summary>
    /// <param name="spares">The spares, written as for <see cref="AddServers"/>.</param>
    /// <returns>These options.</returns>
    /// <exception cref="ArgumentException">The list is malformed; the message names the position and the fix.</exception>
    public MemcachedPoolOptions AddSpares(string spares)
    {
        foreach (var spare in ServerList.Parse(spares))
        {
            Spares.Add(spare);
        }

        return this;
    }

    /// <summary><see cref="SpareExpiry"/> in whole seconds.</summary>
    internal long SpareSeconds => (long)Math.Ceiling(SpareExpiry.TotalSeconds);

    internal MemcachedTimeLimits TimeLimits => new()
    {
        ConnectTimeout = ConnectTimeout,
        OperationTimeout = OperationTimeout,
        RetryInterval = RetryInterval,
        KeepAlive = KeepAlive,
    };

    /// <summary>The servers of a new pool: those that are given, or what stands for them until their source has named some.</summary>
    internal MemcachedServerOptions[] FirstServers()
    {
        if (Servers.Count == 0)
        {
            return [Source!.StandIn];
        }

        // Not [.. Servers]: that brings LINQ into native programs.
        var first = new MemcachedServerOptions[Servers.Count];
        Servers.CopyTo(first, 0);
        return first;
    }

    /// <summary>What the pool keeps: later changes of these options, the list of servers apart, do not reach it.</summary>
    internal MemcachedPoolOptions Copy()
    {
        var copy = (MemcachedPoolOptions)MemberwiseClone();
        copy.Tls = Tls?.Copy();
        copy.SickServers = SickServers?.Copy();
        return copy;
    }

    /// <summary>Checks all settings, as <see cref="MemcachedPool.Connect(MemcachedPoolOptions)"/> does.</summary>
    /// <exception cref="ArgumentException">A setting is not valid; the message names it.</exception>
    public void Validate()
    {
        ThrowIfMissing(Servers, nameof(Servers));
        ThrowIfMissing(Spares, nameof(Spares));
        ThrowIfMissing(HashStrategy, nameof(HashStrategy));
        ThrowIfMissing(HashFunction, nameof(HashFunction));
        ThrowIfMissing(KeyPrefix, nameof(KeyPrefix));
        ThrowIfMissing(KeyTransformer, nameof(KeyTransformer));
        ThrowIfMissing(ValueDialect, nameof(ValueDialect));
        ThrowIfMissing(Compression, nameof(Compression));
        ThrowIfMissing(FailoverSequence, nameof(FailoverSequence));
        ThrowIfMissing(TimeProvider, nameof(TimeProvider));
        ThrowIfMissing(Telemetry, nameof(Telemetry));
        ThrowIfMissing(ServerChanges, nameof(ServerChanges));
        ServerChanges.Validate(Zone);
        ArgumentOutOfRangeException.ThrowIfLessThan(Telemetry.ServerStatistics, TimeSpan.Zero);
        if (Servers.Count == 0 && Source is null)
        {
            throw new ArgumentException(
                $"The pool has no server. Add one to {nameof(MemcachedPoolOptions)}.{nameof(Servers)}, or set {nameof(Discovery)} to a source of servers.");
        }

        foreach (var server in Servers)
        {
            ThrowIfMissing(server, nameof(Servers));
            server.Validate();
        }

        // Not [.. Spares]: that brings LINQ into native programs.
        var spares = new MemcachedServerOptions[Spares.Count];
        Spares.CopyTo(spares, 0);
        ValidateSpares(Servers, spares, AllowFailover, Zone);
        ValidateZones();
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(SpareExpiry, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(SpareSeconds, CacheExpiry.MaxRelativeSeconds, nameof(SpareExpiry));
        Credentials?.Validate();
        Tls?.Validate();
        ValidateKeyPrefix();
        TimeLimits.Validate();
        SickServers?.Validate();
        ArgumentOutOfRangeException.ThrowIfNegative(MaxFailoverAttempts);
        ArgumentOutOfRangeException.ThrowIfLessThan(Redundancy, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(MaxMissedDeletes);
        ArgumentOutOfRangeException.ThrowIfNegative(MaxNearBytes);
        ArgumentOutOfRangeException.ThrowIfNegative(MaxAuditsPerSecond);
        ArgumentOutOfRangeException.ThrowIfLessThan(ConnectionsPerServer, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(ConnectionsPerServer, 16);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(MaxQueuedBytes);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(MaxValueLength);
    }

    /// <summary>Checks spares.</summary>
    /// <param name="servers">The servers that they stand by for.</param>
    /// <param name="spares">The spares.</param>
    /// <param name="allowFailover"><see cref="AllowFailover"/>.</param>
    /// <param name="zone"><see cref="Zone"/>.</param>
    /// <exception cref="ArgumentException">One of them is not valid, or is one of the servers; or nothing would go there.</exception>
    internal static void ValidateSpares(IEnumerable<MemcachedServerOptions> servers, MemcachedServerOptions[] spares, bool allowFailover, string? zone)
    {
        if (spares.Length > 0 && !allowFailover)
        {
            throw new ArgumentException(
                $"{nameof(Spares)} has servers, and {nameof(AllowFailover)} is false: then the keys of a failed server go nowhere else. Set it to true, or leave the spares out.");
        }

        if (spares.Length > 0 && zone is not null)
        {
            throw new ArgumentException($"The pool has {nameof(Spares)} and a {nameof(Zone)}: where a server has failed, the other zones take its place. Leave the spares out.");
        }

        foreach (var spare in spares)
        {
            ThrowIfMissing(spare, nameof(Spares));
            spare.Validate();
            if (spare.Zone is not null)
            {
                throw new ArgumentException($"The spare {spare.Name} has the zone '{spare.Zone}'. Spares are in no zone: leave it out.");
            }

            foreach (var server in servers)
            {
                if (server.Port == spare.Port && server.Host == spare.Host)
                {
                    throw new ArgumentException($"{spare.Name} is one of the servers and one of the spares. It would take over its own keys: leave it out of one of them.");
                }
            }
        }
    }

    private static void ThrowIfMissing(object? setting, string name)
    {
        if (setting is null)
        {
            throw new ArgumentException($"{nameof(MemcachedPoolOptions)}.{name} is null. Leave it out for the default.");
        }
    }

    private void ValidateZones()
    {
        MemcachedServerOptions.ValidateZone(Zone);
        var servers = new MemcachedServerOptions[Servers.Count];
        Servers.CopyTo(servers, 0);
        if (servers.Length > 0)
        {
            ZonedStrategy.Check(servers, Zone);
        }

        if (Zone is not null && Redundancy > 1)
        {
            throw new ArgumentException($"The pool has a {nameof(Zone)} and a {nameof(Redundancy)} of {Redundancy}: each zone has a copy already. Leave the redundancy out.");
        }

        if (Zone is not null && !AllowFailover)
        {
            throw new ArgumentException(
                $"The pool has a {nameof(Zone)}, and {nameof(AllowFailover)} is false: then other zones would not be read where a server has failed. Set it to true, or leave the zones out.");
        }
    }

    private void ValidateKeyPrefix()
    {
        if (!StrictUtf8.CanEncode(KeyPrefix))
        {
            throw new ArgumentException($"{nameof(KeyPrefix)} has half of a surrogate pair, which UTF-8 cannot hold. Fix the text.");
        }

        // At least one byte has to be left for the key.
        var prefix = Encoding.UTF8.GetBytes(KeyPrefix);
        if (prefix.Length >= KeyTransformer.MaxKeyLength)
        {
            throw new ArgumentException(
                $"{nameof(KeyPrefix)} has {prefix.Length} bytes; at most {KeyTransformer.MaxKeyLength - 1} leave room for a key. Shorten it.");
        }

        if (prefix.Length > 0 && !HashKeyPrefix && KeyTransformer != KeyTransformer.None)
        {
            throw new ArgumentException(
                $"{nameof(HashKeyPrefix)} is false, and {nameof(KeyTransformer)} makes one text of prefix and key, of which nothing can be left out. Set {nameof(HashKeyPrefix)} to true, or leave one of them out.");
        }

        var at = CacheKeyWriter.IndexOfForbidden(prefix);
        if (at >= 0)
        {
            throw new ArgumentException(
                $"{nameof(KeyPrefix)} {ShownText.Of(prefix)} has byte 0x{prefix[at]:X2} at position {at}; memcached does not allow spaces or control characters. Remove it.");
        }
    }
}
