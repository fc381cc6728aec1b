using System.Net;
using System.Net.Sockets;
using TypedCache.Keys;
using TypedCache.Transport;

namespace TypedCache.Embedded;

/// <summary>
/// A memcached in this process, for development and tests: classic text and meta commands, expiry by a
/// <see cref="TimeProvider"/>, eviction, leases. Several servers in one process are independent of each other.
/// </summary>
/// <remarks>
/// <para>Its replies are those of memcached 1.6.18, byte for byte, oddities included. Known differences:</para>
/// <list type="bullet">
/// <item>Of what is newer it knows one thing, which <see cref="EmbeddedServerOptions.Version"/> switches: <c>mg</c> with <c>C</c>. New CAS
/// numbers (<c>E</c>), <c>md</c> with <c>x</c>, <c>ms</c> with <c>s</c>, and <c>MA</c> that creates are those of 1.6.18: refused or ignored.</item>
/// <item>No binary protocol (the connection is closed), no UDP, TLS or authentication; <c>lru</c>,
/// <c>lru_crawler</c>, <c>slabs</c>, <c>extstore</c>, <c>watch</c>, <c>refresh_certs</c>, <c>stats detail</c>,
/// <c>stats conns</c> and <c>stats sizes_enable</c> answer <c>ERROR</c>.</item>
/// <item>One true least-recently-used order instead of memcached's segments by size, so other items may be evicted,
/// at other times. The last access (<c>l</c>) moves with every read but the first; in memcached it moves with
/// some of them.</item>
/// <item>A line of more than 2048 bytes that is not a <c>get</c> always closes the connection; memcached does it
/// only if the line did not arrive in one piece. A <c>get</c> line ends at 8 MiB.</item>
/// <item>An overlong key in a <c>get</c> is answered for that command alone; memcached also drops pipelined replies
/// before it. <c>decr</c> always pads a shorter number; memcached does not while a reply with the item is unsent.</item>
/// <item>memcached looks for the end of a number, or for its minus sign, beyond a value of spaces alone or of 2^63
/// and more, so that <c>incr</c> may fail or succeed there by chance; here only the value counts.</item>
/// <item><c>stats</c> has the lines that make sense without slabs and threads.</item>
/// </list>
/// <para>All members are thread-safe.</para>
/// </remarks>
public sealed class EmbeddedServer : IDisposable, IAsyncDisposable
{
    private readonly EmbeddedStore _store;
    private readonly EmbeddedStats _stats;
    private readonly string _version;
    private readonly bool _allowRemoteConnections;
    private readonly Action<string>? _log;
    private readonly Action<EmbeddedExchange>? _intercept;
    private readonly Lock _gate = new();
    private readonly EmbeddedCluster _cluster = new();
    private readonly HashSet<IEmbeddedConnection> _connections = [];
    private readonly List<EmbeddedListener> _listeners = [];
    private readonly List<Task> _listening = [];
    private long _sessions;
    private bool _disposed;

    /// <summary>Creates an empty server with the default options.</summary>
    public EmbeddedServer()
        : this(new EmbeddedServerOptions())
    {
    }

    /// <summary>Creates an empty server.</summary>
    /// <exception cref="ArgumentException">An option is out of its range; the message names it.</exception>
    public EmbeddedServer(EmbeddedServerOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        Name = options.Name;
        _version = options.Version;
        _allowRemoteConnections = options.AllowRemoteConnections;
        _log = options.Log;
        _intercept = options.Intercept;
        _store = new EmbeddedStore(options);
        _stats = new EmbeddedStats(_store, options);
    }

    /// <summary>The name in messages.</summary>
    public string Name { get; }

    /// <summary>
    /// Serves TCP connections on an address of this machine, besides any others, until the server is disposed.
    /// </summary>
    /// <param name="endPoint">A loopback address; port 0 takes any free one.</param>
    /// <returns>The address with the port actually used.</returns>
    /// <exception cref="ArgumentException">The address is not loopback, and <see cref="EmbeddedServerOptions.AllowRemoteConnections"/> is off.</exception>
    /// <exception cref="SocketException">The address cannot be used; often the port is taken.</exception>
    /// <exception cref="ObjectDisposedException">The server is disposed.</exception>
    public IPEndPoint Listen(IPEndPoint endPoint)
    {
        ArgumentNullException.ThrowIfNull(endPoint);
        if (!IPAddress.IsLoopback(endPoint.Address) && !_allowRemoteConnections)
        {
            throw new ArgumentException(
                $"The embedded server '{Name}' has no authentication, so it listens on loopback only, not on {endPoint.Address}; set {nameof(EmbeddedServerOptions.AllowRemoteConnections)} if that is intended.",
                nameof(endPoint));
        }

        return (IPEndPoint)Start(endPoint);
    }

    /// <summary>
    /// Serves connections on a Unix domain socket, besides any others, until the server is disposed, which removes the socket's file.
    /// </summary>
    /// <param name="endPoint">The path of the socket. Who may connect is decided by the permissions of its folder.</param>
    /// <exception cref="SocketException">The path cannot be used; often there is a file already, which a server that was killed has left.</exception>
    /// <exception cref="ObjectDisposedException">The server is disposed.</exception>
    public void Listen(UnixDomainSocketEndPoint endPoint)
    {
        ArgumentNullException.ThrowIfNull(endPoint);
        Start(endPoint);
    }

    /// <summary>
    /// Lets the server name the nodes of a cluster when it is asked for them, as those of Amazon ElastiCache and Google Memorystore do:
    /// <c>config get cluster</c>, and <c>get AmazonElastiCache:cluster</c>. It holds nothing else of them, and need not be one of them.
    /// </summary>
    /// <param name="version">The number of the list. Clients take only a higher one than they have.</param>
    /// <param name="nodes">The nodes; none for an empty list.</param>
    /// <exception cref="ArgumentOutOfRangeException">The number is negative.</exception>
    /// <exception cref="ArgumentException">A node's host is empty or has a blank, a line end or a bar, or its port is none.</exception>
    public void SetCluster(long version, params IReadOnlyList<EmbeddedNode> nodes)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(version);
        ArgumentNullException.ThrowIfNull(nodes);
        foreach (var node in nodes)
        {
            if (node is null || string.IsNullOrEmpty(node.Host) || node.Host.AsSpan().ContainsAny(" |\r\n") || node.Port is < 1 or > 65535)
            {
                throw new ArgumentException($"'{node}' is not a node: it needs a host without blanks and bars, and a port from 1 to 65535.", nameof(nodes));
            }
        }

        _cluster.Set(version, [.. nodes]);
    }

    /// <summary>Lets the server know of no cluster again: <c>config</c> is an unknown command, as in memcached.</summary>
    public void ClearCluster() => _cluster.Set(version: 0, nodes: null);

    /// <summary>
    /// Whether commands of clients in this process are being carried out, or their replies have not been taken yet, or they have not closed what
    /// the server has closed. Delayed replies do not count. Whoever sets a clock can wait until it is not, so that time does not run ahead of
    /// replies. What clients have not sent yet is known to them (<see cref="MemcachedServer.HasWorkDue"/>).
    /// </summary>
    public bool IsBusy => Any(static connection => connection.IsBusy);

    /// <summary>
    /// Whether the server has closed connections of clients in this process that these have not closed yet: after <see cref="Disconnect"/> and
    /// <see cref="Dispose"/>, until all of them have noticed.
    /// </summary>
    public bool IsHangingUp => Any(static connection => connection.IsHangingUp);

    /// <summary>All items that have not expired, those used last first, with copies of their values.</summary>
    public IReadOnlyList<EmbeddedEntry> GetItems()
    {
        lock (_store.Gate)
        {
            _store.Tick();
            var items = new List<EmbeddedEntry>(_store.Items.Count);
            for (var item = _store.Items.Newest; item is not null; item = item.Older)
            {
                if (!_store.IsGone(item))
                {
                    items.Add(new EmbeddedEntry(item, _store.Now));
                }
            }

            return items;
        }
    }

    /// <summary>Stores an item, as a client does, whatever was there before.</summary>
    /// <param name="key">The key, with the prefix of its pool: 1 to 250 bytes without blanks and control characters.</param>
    /// <param name="value">The stored bytes.</param>
    /// <param name="flags">What a client says of them.</param>
    /// <param name="timeLeft">For how long it stays, rounded up to whole seconds; null, the default: it does not expire.</param>
    /// <exception cref="CacheKeyException">The key is not valid.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The time is not more than zero, or longer than 68 years.</exception>
    /// <exception cref="ArgumentException">The item is larger than <see cref="EmbeddedServerOptions.MaxItemSize"/>.</exception>
    public void SetItem(ReadOnlySpan<byte> key, ReadOnlySpan<byte> value, uint flags = 0, TimeSpan? timeLeft = null)
    {
        CacheKeyWriter.Validate(key);
        var seconds = timeLeft is { } time ? Seconds(time) : 0;
        if (!_store.Fits(key.Length, flags, value.Length))
        {
            throw new ArgumentException($"The item of {value.Length} bytes is larger than {nameof(EmbeddedServerOptions.MaxItemSize)} = {_store.MaxItemSize}.", nameof(value));
        }

        lock (_store.Gate)
        {
            _store.Tick();
            var expires = seconds == 0 ? 0 : _store.Now + (uint)seconds;
            var item = new EmbeddedItem(key.ToArray(), value.ToArray()) { Flags = flags, ExpiresAt = expires };
            _store.Store(item, StoreMode.Set, keepStale: false, out _);
        }
    }

    /// <summary>Removes an item, as if the server had needed its memory.</summary>
    /// <param name="key">The key, with the prefix of its pool.</param>
    /// <returns>Whether there was one.</returns>
    public bool Evict(ReadOnlySpan<byte> key)
    {
        lock (_store.Gate)
        {
            _store.Tick();
            if (_store.Find(key) is not { } item)
            {
                return false;
            }

            _store.Evict(item);
            return true;
        }
    }

    /// <summary>Closes all connections. Clients may connect anew.</summary>
    public void Disconnect()
    {
        foreach (var connection in Connections(isLast: false))
        {
            connection.HangUp();
        }
    }

    /// <summary>Closes all connections and listeners, and waits until they have ended.</summary>
    public async ValueTask DisposeAsync()
    {
        Dispose();
        await Task.WhenAll(_listening).ConfigureAwait(false);
    }

    /// <summary>Closes all connections and listeners.</summary>
    public void Dispose()
    {
        foreach (var connection in Connections(isLast: true))
        {
            connection.HangUp();
        }
    }

    /// <summary>Opens a connection within the process.</summary>
    /// <exception cref="IOException">The server is disposed, which is like a refused connection of a socket.</exception>
    internal ByteChannel Connect()
    {
        var session = CreateSession();
        var channel = new EmbeddedChannel(this, session);
        if (!TryRemember(channel))
        {
            session.Dispose();
            throw new IOException($"The embedded server '{Name}' is disposed.");
        }

        return channel;
    }

    /// <summary>Opens a session for a connection that is to be closed with the server; null if the server is disposed.</summary>
    internal EmbeddedSession? OpenSession(IEmbeddedConnection connection) =>
        TryRemember(connection) ? CreateSession() : null;

    internal void Forget(IEmbeddedConnection connection)
    {
        lock (_gate)
        {
            _connections.Remove(connection);
        }
    }

    private bool Any(Predicate<IEmbeddedConnection> fits)
    {
        lock (_gate)
        {
            foreach (var connection in _connections)
            {
                if (fits(connection))
                {
                    return true;
                }
            }

            return false;
        }
    }

    private static int Seconds(TimeSpan timeLeft)
    {
        var seconds = Math.Ceiling(timeLeft.TotalSeconds);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(seconds, nameof(timeLeft));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(seconds, int.MaxValue, nameof(timeLeft));
        return (int)seconds;
    }

    private IEmbeddedConnection[] Connections(bool isLast)
    {
        lock (_gate)
        {
            if (isLast)
            {
                _disposed = true;
                _listeners.ForEach(listener => listener.Dispose());
            }

            return [.. _connections];
        }
    }

    private EndPoint Start(EndPoint endPoint)
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            var listener = new EmbeddedListener(this, endPoint);
            _listeners.Add(listener);
            _listening.Add(Task.Run(listener.RunAsync));
            return listener.EndPoint;
        }
    }

    private EmbeddedSession CreateSession()
    {
        var number = Interlocked.Increment(ref _sessions);
        return new(_store, _stats, _version, _log is null ? null : new EmbeddedLog(_log, number), _cluster, _intercept) { Connection = number };
    }

    private bool TryRemember(IEmbeddedConnection connection)
    {
        lock (_gate)
        {
            return !_disposed && _connections.Add(connection);
        }
    }
}
