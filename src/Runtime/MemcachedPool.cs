using TypedCache.Creation;
using TypedCache.Embedded;
using TypedCache.Keys;
using TypedCache.Near;
using TypedCache.Pool;
using TypedCache.Pool.Moves;
using TypedCache.Telemetry;
using TypedCache.Transport;
using TypedCache.Transport.Health;
using TypedCache.Values;

namespace TypedCache;

/// <summary>
/// A pool of memcached servers. It decides which server holds a key, keeps one connection to each server for all callers, and
/// sends keys of a failed server to the next one in the failover order. Create one for the life of the application and use it
/// from any thread.
/// </summary>
/// <remarks>
/// An operation answers "miss" or "not stored" only when a server said so (but see <see cref="CasResult.Changed"/>). Operations throw
/// <see cref="MemcachedConnectionException"/> when no server can be reached or the connection was lost,
/// <see cref="MemcachedTimeoutException"/> when the server did not answer in time, <see cref="MemcachedServerException"/>
/// when it refused, <see cref="CacheKeyException"/> or another <see cref="ArgumentException"/> for arguments, values that are too
/// large for <see cref="MemcachedPoolOptions.MaxValueLength"/> or <see cref="CompressionOptions"/> included (then nothing is sent), and <see cref="CacheValueException"/> for stored bytes that are not of the expected type.
/// </remarks>
public sealed partial class MemcachedPool : IAsyncDisposable, IDisposable
{
    private readonly ServerSet _servers;
    private readonly LinkSettings _settings;
    private readonly ValuePipeline _pipeline;
    private readonly PoolTelemetry _telemetry;
    private readonly KeyPolicy _keyPolicy;
    private readonly ReplyLoops _loops;
    private readonly OperationSender _sender;
    private readonly Redundancy _redundancy;
    private readonly MovedReads _movedReads;
    private readonly NearCache _nearCache;
    private readonly NearReads _nearReads;
    private readonly ServerChangeOptions _serverChanges;
    private readonly TimeProvider _time;
    private readonly LeaseCommands _leases;
    private readonly CreationBroker _broker;
    private readonly bool _missOnFailure;
    private readonly bool _allowFailover;
    private readonly string? _zone;
    private readonly int _maxQueuedBytes;

    private MemcachedPool(MemcachedPoolOptions options, Func<MemcachedServerOptions, LinkSettings, ChannelConnector> connect, LimitClock? limitClock = null)
    {
        var clock = limitClock ?? LimitClock.System;
        options.Validate();
        _telemetry = new PoolTelemetry(options.Telemetry, options.LoggerFactory, options.TimeProvider);
        var limits = new ConnectionLimits(options.OperationTimeout, options.MaxQueuedBytes, options.MaxValueLength) { Clock = clock };
        var keyPrefix = StrictUtf8.Encoding.GetBytes(options.KeyPrefix);
        var settings = new LinkSettings(options.ConnectTimeout, options.RetryInterval, limits, options.Protocol, options.Credentials, options.TimeProvider)
        {
            KeepAliveSeconds = TimeSetting.KeepAliveSeconds(options.KeepAlive),
            KeyPrefix = keyPrefix,
            Health = options.SickServers?.Limits,
            Share = options.SickServers is { } sick ? new UsableShare(sick.MaxShareTakenOut) : null,
        };
        _settings = settings;
        _timeLimits = options.TimeLimits;
        _tls = options.Tls;
        var first = options.FirstServers();
        var spares = new MemcachedServerOptions[options.Spares.Count];
        options.Spares.CopyTo(spares, 0);
        _loops = new ReplyLoops(ReplyLoops.CountFor((first.Length + spares.Length) * options.ConnectionsPerServer), clock);

        // The servers outlive a pool that nobody disposes of, and must not keep it.
        var (source, list) = (options.Source, _firstList);
        var factory = new ServerFactory(
            server => server.IsStandIn ? source!.CreateConnector(list, settings) : connect(server, settings), settings, _loops, options.ConnectionsPerServer,
            () => new MissedDeletes(options.MaxMissedDeletes, options.OnMissedDeletesOverflow, settings), new ExpiryLimit(options.SpareSeconds, options.TimeProvider), _telemetry, ObserveFailures());
        _servers = new ServerSet(first, spares, factory, CreateRouters(options, keyPrefix.Length), _loops, _telemetry, options.TimeProvider, clock);
        _keyPolicy = options.KeyPolicy;
        _pipeline = new ValuePipeline(options.ValueDialect, options.Compression, options.MaxValueLength, _telemetry);
        _nearCache = new NearCache(options.MaxNearBytes, options.TimeProvider);
        _sender = new OperationSender(this, _servers.First, keyPrefix, options.KeyTransformer, options.OperationTimeout) { Telemetry = _telemetry, Watcher = _nearCache, Clock = clock };
        var unused = new UnusedLeases(_sender);
        _sender.LeaseUnused = unused.Return;
        _time = options.TimeProvider;
        _serverChanges = options.ServerChanges;
        var copies = new KeyCopies(_sender, _pipeline, _time);
        _redundancy = new Redundancy(_sender, copies);
        _movedReads = new MovedReads(_sender, copies, _pipeline);
        _leases = new LeaseCommands(_sender, _redundancy, copies, _pipeline, _nearCache, _time);
        _broker = new CreationBroker(_leases, unused, new LeaseKeys(_sender, _redundancy, _pipeline, _time), new Auditor(_sender, _pipeline, options.MaxAuditsPerSecond, _time), _time) { RefreshFailed = ReportRefresh };
        _servers.Serve(_sender, _broker.HoldsLeaseOf);
        _missOnFailure = options.OnServerFailure == ServerFailurePolicy.Miss;
        _nearReads = new NearReads(_nearCache, _sender, _pipeline, _missOnFailure, _time);
        _allowFailover = options.AllowFailover;
        _zone = options.Zone;
        _maxQueuedBytes = options.MaxQueuedBytes;
        _telemetry.Statistics = PollStatistics(options.Telemetry.ServerStatistics);
        _telemetry.Near = _nearCache;
        ObservedPools.Add(_telemetry);
        if (!first[0].IsStandIn)
        {
            _firstList.SetKnown();
        }

        source?.Start(this);
    }

    /// <summary>
    /// Ends the threads and connections of a pool that was not disposed. They do not refer to the pool, and operations do while they are
    /// under way.
    /// </summary>
    ~MemcachedPool()
    {
        try
        {
            SayFarewell();
            Close();
        }
        catch (Exception)
        {
            // Thrown here, it would end the process.
        }
    }

    /// <summary>How many callers wait for a value being created, background refreshes included.</summary>
    internal int WaitingForCreation => _broker.Waiters;

    /// <summary>Finds the servers of keys that calls begin with now.</summary>
    internal OperationRouter Router => _sender.Router;

    /// <summary>
    /// The servers, in the order in which they were added, with their state. The list itself never changes: after
    /// <see cref="UpdateServersAsync(IEnumerable{MemcachedServerOptions}, ServerChangeOptions, CancellationToken)"/> there is another one. Until a
    /// pool knows any (<see cref="WaitForServersAsync"/>), one with the name of their source stands for them.
    /// </summary>
    public IReadOnlyList<MemcachedServer> Servers => _servers.Listed.Servers;

    /// <summary>The servers that take the keys of servers that have failed, in the order in which they were given (<see cref="MemcachedPoolOptions.Spares"/>).</summary>
    public IReadOnlyList<MemcachedServer> Spares => _servers.Listed.Spares?.Servers ?? [];

    /// <summary>What telemetry calls the pool (<see cref="MemcachedTelemetryOptions.PoolName"/>), as a host does by its name in configuration; null: nothing.</summary>
    public string? Name => _telemetry.Name;

    /// <summary>The pool's own zone (<see cref="MemcachedPoolOptions.Zone"/>); null: there are no zones.</summary>
    public string? Zone => _zone;

    /// <summary>Finds the servers of keys now.</summary>
    internal OperationRouter CurrentRouter => _sender.Router;

    /// <summary>Takes note of what a server of a zone has missed.</summary>
    internal MissedWrite Missed
    {
        set => _redundancy.Missed = value;
    }

    /// <summary>
    /// How many bytes <see cref="MemcachedPoolOptions.KeyPrefix"/> and <see cref="MemcachedPoolOptions.KeyTransformer"/> leave for a key: 250, or
    /// 186 under <see cref="KeyTransformer.EnyimBase64"/>, less the length of the prefix. A longer key is shortened.
    /// </summary>
    public int MaxKeyLength => _sender.MaxKeyLength;

    /// <summary>Creates a pool. Connections are opened with the first operations.</summary>
    /// <param name="connectionString">
    /// The servers, and settings behind them: <c>cache-1:11211 weight=2, [::1]:11212, unix:/run/memcached.sock; timeout=200ms</c>, or
    /// <c>memcached://user:password@cache-1,cache-2</c>. Without a port: 11211. <see cref="MemcachedConnectionString"/> has all settings.
    /// </param>
    /// <remarks>
    /// Since the text may ask for them, a native program that calls this has TLS and all presets in it. One that calls
    /// <see cref="MemcachedPoolOptions.AddServers"/> has not.
    /// </remarks>
    /// <exception cref="ArgumentException">The text is malformed, or a setting is not valid; the message names the part and the fix.</exception>
    public static MemcachedPool Connect(string connectionString) => Connect(MemcachedConnectionString.Parse(connectionString).ToOptions());

    /// <summary>Creates a pool. Connections are opened with the first operations; a source of servers is asked at once.</summary>
    /// <param name="options">Servers and settings; read once.</param>
    /// <exception cref="ArgumentException">A setting is not valid; the message names it.</exception>
    public static MemcachedPool Connect(MemcachedPoolOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var copy = options.Copy();
        return new MemcachedPool(copy, (server, settings) => ServerConnectors.Create(server, copy.Tls, () => settings.KeepAliveSeconds));
    }

    /// <summary>
    /// Creates a pool of embedded servers in this process, for development and tests: the same protocol, no socket. They end with
    /// the pool.
    /// </summary>
    /// <param name="servers">How many servers.</param>
    /// <param name="configure">Changes the pool's settings; the servers are added afterwards.</param>
    public static MemcachedPool InMemory(int servers = 1, Action<MemcachedPoolOptions>? configure = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(servers, 1);
        var options = new MemcachedPoolOptions();
        configure?.Invoke(options);
        for (var i = 1; i <= servers; i++)
        {
            options.Servers.Add(new MemcachedServerOptions($"embedded-{i}"));
        }

        return InMemory(options);
    }

    /// <summary>
    /// Creates a pool of embedded servers in this process, one for each server of the options and under its name, so that each key is
    /// where it would be on the real ones.
    /// </summary>
    /// <param name="options">Servers and settings; read once.</param>
    /// <exception cref="ArgumentException">A setting is not valid; the message names it.</exception>
    public static MemcachedPool InMemory(MemcachedPoolOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var embedded = new EmbeddedServerOptions { TimeProvider = options.TimeProvider ?? TimeProvider.System };
        return new MemcachedPool(options, (_, _) => new EmbeddedConnector(new EmbeddedServer(embedded)));
    }

    /// <summary>
    /// Creates a pool over embedded servers that the caller has made, and ends: several pools can share them, as several processes share real
    /// ones.
    /// </summary>
    /// <param name="options">
    /// Servers and settings; read once. Operation timeouts go by its <see cref="MemcachedPoolOptions.TimeProvider"/> too, since there is no
    /// server that could hang without that clock.
    /// </param>
    /// <param name="server">
    /// Gives the embedded server that stands behind a name. It is asked for each connection, on a thread of its own; where it throws, or the
    /// server is disposed, the connection is refused.
    /// </param>
    /// <exception cref="ArgumentException">A setting is not valid; the message names it.</exception>
    public static MemcachedPool ConnectEmbedded(MemcachedPoolOptions options, Func<MemcachedServerOptions, EmbeddedServer> server)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(server);
        var copy = options.Copy();
        return new MemcachedPool(copy, (named, _) => new SharedServerConnector(() => server(named)), new LimitClock(copy.TimeProvider));
    }

    /// <summary>Creates a pool whose servers are reached in a way of one's own. What can be disposed of what reaches them ends with them.</summary>
    internal static MemcachedPool Over(MemcachedPoolOptions options, Func<MemcachedServerOptions, ChannelConnector> connect) =>
        new(options.Copy(), (server, _) => connect(server));

    /// <summary>Creates a client of a cache interface over this pool. Clients are cheap and have no state; any number may share a pool.</summary>
    /// <typeparam name="T">An interface with <see cref="CacheClientAttribute"/>.</typeparam>
    /// <exception cref="InvalidOperationException">The interface has a <see cref="CacheClientAttribute.Dialect"/> that is not the pool's; the message names the way out.</exception>
    public T CreateClient<T>()
        where T : ICacheClient<T> => T.Create(this);

    private static RouterFactory CreateRouters(MemcachedPoolOptions options, int prefixLength) => new()
    {
        Strategy = options.HashStrategy,
        Function = options.HashFunction,
        UnhashedPrefix = options.HashKeyPrefix ? 0 : prefixLength,
        Failover = options.FailoverSequence,
        MaxFailoverAttempts = options.AllowFailover ? options.MaxFailoverAttempts : 0,
        Redundancy = options.Redundancy,
        Zone = options.Zone,
    };

    // By default, keys passed as text are used as they are: the keys that a generated client shows can be passed on.
    private ReadOnlySpan<byte> Encode(string key, Span<byte> buffer, KeyTemplate? template = null)
    {
        var writer = new CacheKeyWriter(buffer, _keyPolicy, MaxKeyLength) { ShownAs = KeyTemplate.Cover(template) };
        writer.AppendWhole(key);
        return writer.Finish();
    }

    private void ThrowIfDisposed() => _sender.ThrowIfClosed();
}
