using System.Net;
using System.Net.Sockets;
using TypedCache.Creation;
using TypedCache.Embedded;
using TypedCache.Hashing;
using TypedCache.Keys;
using TypedCache.Pool;
using TypedCache.Transport;
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
    private readonly MemcachedServer[] _servers;
    private readonly ValuePipeline _pipeline;
    private readonly KeyPolicy _keyPolicy;
    private readonly Heartbeat _heartbeat;
    private readonly ReplyLoops _loops;
    private readonly OperationRouter _router;
    private readonly OperationSender _sender;
    private readonly Redundancy _redundancy;
    private readonly TimeProvider _time;
    private readonly LeaseCommands _leases;
    private readonly CreationBroker _broker;
    private readonly IReadOnlyList<EmbeddedServer> _embedded;
    private readonly bool _missOnFailure;
    private readonly int _maxQueuedBytes;

    private MemcachedPool(
        MemcachedPoolOptions options,
        Func<MemcachedServerOptions, ChannelConnector> connect,
        IReadOnlyList<EmbeddedServer> embedded)
    {
        options.Validate();
        var limits = new ConnectionLimits(options.OperationTimeout, options.MaxQueuedBytes, options.MaxValueLength);
        var settings = new LinkSettings(options.ConnectTimeout, options.RetryInterval, limits, options.Protocol, options.Credentials, options.TimeProvider);
        _loops = new ReplyLoops(ReplyLoops.CountFor(options.Servers.Count * options.ConnectionsPerServer));
        var links = new List<ServerLink>();
        _servers = new MemcachedServer[options.Servers.Count];
        for (var i = 0; i < _servers.Length; i++)
        {
            var server = options.Servers[i];
            var own = new ServerLink[options.ConnectionsPerServer];
            var numbers = new ConnectionNumbers();
            for (var connection = 0; connection < own.Length; connection++)
            {
                own[connection] = new ServerLink(server.Name, connect(server), settings, _loops, numbers);
            }

            // Not own[1..]: that looks the array's type up at run time, and costs a native program 190 KB.
            _servers[i] = new MemcachedServer(server, own[0], own.AsSpan(1).ToArray());
            links.AddRange(own);
        }

        _keyPolicy = options.KeyPolicy;
        _pipeline = new ValuePipeline(options.ValueDialect, options.Compression, options.MaxValueLength);
        var keyPrefix = StrictUtf8.Encoding.GetBytes(options.KeyPrefix);
        _router = new OperationRouter(_servers, CreateStrategy(options, keyPrefix.Length), options.FailoverSequence, options.AllowFailover ? options.MaxFailoverAttempts : 0);
        _sender = new OperationSender(this, _router, keyPrefix, options.OperationTimeout);
        _redundancy = new Redundancy(_sender, _router, Math.Min(options.Redundancy, _servers.Length) - 1);
        _router.LeaseUnused = new UnusedLeases(_sender).Return;
        ObserveFailures();
        _heartbeat = new Heartbeat([.. links], _loops);
        _time = options.TimeProvider;
        _leases = new LeaseCommands(_sender, _router, _redundancy, _pipeline, _time);
        _broker = new CreationBroker(_leases, new LeaseKeys(_sender, _pipeline, _time), _time);
        _embedded = embedded;
        _missOnFailure = options.OnServerFailure == ServerFailurePolicy.Miss;
        _maxQueuedBytes = options.MaxQueuedBytes;
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

    /// <summary>The servers, in the order in which they were added, with their state.</summary>
    public IReadOnlyList<MemcachedServer> Servers => _servers;

    /// <summary>
    /// How many bytes <see cref="MemcachedPoolOptions.KeyPrefix"/> leaves for a key: 250 less its length. A longer key is shortened.
    /// </summary>
    public int MaxKeyLength => _sender.MaxKeyLength;

    /// <summary>Creates a pool. Connections are opened with the first operations.</summary>
    /// <param name="servers">
    /// The servers, separated by commas: <c>cache-1:11211 weight=2, [::1]:11212, unix:/run/memcached.sock</c>. Without a port: 11211.
    /// </param>
    /// <exception cref="ArgumentException">The list is malformed; the message names the position and the fix.</exception>
    public static MemcachedPool Connect(string servers) => Connect(new MemcachedPoolOptions().AddServers(servers));

    /// <summary>Creates a pool. Connections are opened with the first operations.</summary>
    /// <param name="options">Servers and settings; read once.</param>
    /// <exception cref="ArgumentException">A setting is not valid; the message names it.</exception>
    public static MemcachedPool Connect(MemcachedPoolOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return new MemcachedPool(options, server => ToConnector(server, options), []);
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
        var embedded = new Dictionary<string, EmbeddedServer>();
        for (var i = 1; i <= servers; i++)
        {
            var server = new MemcachedServerOptions($"embedded-{i}");
            options.Servers.Add(server);
            embedded.Add(server.Name, new EmbeddedServer(new EmbeddedServerOptions { TimeProvider = options.TimeProvider }));
        }

        return new MemcachedPool(options, server => new EmbeddedConnector(embedded[server.Name]), [.. embedded.Values]);
    }

    /// <summary>Creates a client of a cache interface over this pool. Clients are cheap and have no state; any number may share a pool.</summary>
    /// <typeparam name="T">An interface with <see cref="CacheClientAttribute"/>.</typeparam>
    public T CreateClient<T>()
        where T : ICacheClient<T> => T.Create(this);

    private static ChannelConnector ToConnector(MemcachedServerOptions server, MemcachedPoolOptions options)
    {
        var sockets = new SocketConnector(ToEndPoint(server), options.ConnectTimeout) { KeepAliveSeconds = TimeSetting.KeepAliveSeconds(options.KeepAlive) };
        return server.IsUnixSocket ? sockets : options.Tls?.Secure(sockets, server.Host.Trim('[', ']')) ?? sockets;
    }

    private static IHashStrategy CreateStrategy(MemcachedPoolOptions options, int prefixLength)
    {
        var servers = new List<HashServer>(options.Servers.Count);
        foreach (var server in options.Servers)
        {
            servers.Add(new HashServer(server.Host, server.Port, server.Weight));
        }

        var strategy = options.HashStrategy(servers, options.HashFunction);
        return prefixLength == 0 || options.HashKeyPrefix ? strategy : new UnhashedPrefixStrategy(strategy, prefixLength);
    }

    private static EndPoint ToEndPoint(MemcachedServerOptions server)
    {
        if (server.IsUnixSocket)
        {
            return new UnixDomainSocketEndPoint(server.Host[MemcachedServerOptions.UnixScheme.Length..]);
        }

        return IPAddress.TryParse(server.Host.Trim('[', ']'), out var address)
            ? new IPEndPoint(address, server.Port)
            : new DnsEndPoint(server.Host, server.Port);
    }

    // By default, keys passed as text are used as they are: the keys that a generated client shows can be passed on.
    private ReadOnlySpan<byte> Encode(string key, Span<byte> buffer)
    {
        var writer = new CacheKeyWriter(buffer, _keyPolicy, MaxKeyLength);
        writer.AppendWhole(key);
        return writer.Finish();
    }

    private void ThrowIfDisposed() => _sender.ThrowIfClosed();
}
