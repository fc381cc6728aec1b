using System.Net;
using TypedCache.Pool;
using TypedCache.Protocol;
using TypedCache.Telemetry;
using TypedCache.Transport;
using TypedCache.Values;

namespace TypedCache;

/// <summary>A server of a pool and its state.</summary>
public sealed class MemcachedServer : IObservedServer
{
    private readonly MemcachedServerOptions _options;
    private readonly ServerLink[] _bulkLinks;
    private readonly LargeKeys _largeKeys = new();
    private readonly TypicalLength _typicalLength = new();
    private volatile int _weight;
    private volatile IPAddress? _address;
    private volatile string? _zone;
    private volatile string? _hashName;

    internal MemcachedServer(MemcachedServerOptions options, ServerLink link, params ServerLink[] bulkLinks)
    {
        _options = options;
        _weight = options.Weight;
        _address = options.Address;
        _zone = options.Zone;
        _hashName = options.HashName;
        Link = link;
        _bulkLinks = bulkLinks;
        Missed = new Pool.MissedDeletes(capacity: 0, MissedDeletesOverflow.Warn, link.Settings);
    }

    /// <summary>The host, as it was given.</summary>
    public string Host => _options.Host;

    /// <summary>The TCP port; 0 for a Unix domain socket.</summary>
    public int Port => _options.Port;

    /// <summary>Where it is connected before its host is resolved; null: nowhere (<see cref="MemcachedServerOptions.Address"/>).</summary>
    public IPAddress? Address
    {
        get => _address;
        internal set
        {
            if (!Equals(_address, value))
            {
                _address = value;
                Connector?.Prefer(value);
            }
        }
    }

    /// <summary>How large the server's share of the keys is, compared with the others.</summary>
    public int Weight
    {
        get => _weight;
        internal set => _weight = value;
    }

    /// <summary>Which zone the server is in; null: there are no zones.</summary>
    public string? Zone
    {
        get => _zone;
        internal set => _zone = value;
    }

    /// <summary>What is hashed in the place of host and port; null: nothing is (<see cref="MemcachedServerOptions.HashName"/>).</summary>
    internal string? HashName
    {
        get => _hashName;
        set => _hashName = value;
    }

    /// <summary>Whether it is one of the pool's spares (<see cref="MemcachedPoolOptions.Spares"/>).</summary>
    public bool IsSpare => Limit is not null;

    /// <summary><c>host:port</c>.</summary>
    public string Name => _options.Name;

    /// <summary>Whether the server is connected, by any of its connections, or has failed, or is no longer one of the pool's.</summary>
    public ServerState State
    {
        get
        {
            if (Link.IsLeaving)
            {
                return Link.IsRemoved ? ServerState.Removed : ServerState.Draining;
            }

            var state = Link.State;
            if (state == ServerState.Disconnected)
            {
                foreach (var bulk in _bulkLinks)
                {
                    state = bulk.State == ServerState.Connected ? ServerState.Connected : state;
                }
            }

            return state;
        }
    }

    /// <summary>The version that the server reported when it was last connected; null before that, and for proxies.</summary>
    public Version? Version
    {
        get
        {
            var version = Link.Version;
            foreach (var bulk in _bulkLinks)
            {
                version ??= bulk.Version;
            }

            return version;
        }
    }

    /// <summary>
    /// Whether the server has been taken out because too many of its calls failed, though it can be reached
    /// (<see cref="MemcachedPoolOptions.SickServers"/>). <see cref="State"/> is <see cref="ServerState.Failed"/> then, and
    /// <see cref="LastFailure"/> says what was counted.
    /// </summary>
    public bool IsSick => Link.IsSick;

    /// <summary>Why the server failed when it last did; null if it never has.</summary>
    public MemcachedConnectionException? LastFailure => Link.LastFailure;

    /// <summary>
    /// Of how many keys the server has missed a delete, an invalidation or a newer value. That is made up for before it is used again:
    /// see <see cref="MemcachedPoolOptions.MaxMissedDeletes"/>.
    /// </summary>
    public int MissedDeletes => Missed.Count;

    /// <summary>
    /// Whether the pool has something to do with the server that waits neither for the server nor for the clock: calls are not sent yet, since it is
    /// being connected or others come first, or have run out of time and have not ended yet. Whoever sets the clock of a pool over embedded servers
    /// can wait until there is nothing, so that time does not run ahead of calls; with a real server it is gone before it can be used.
    /// </summary>
    public bool HasWorkDue => Array.Exists(Links, static link => link.HasWorkDue);

    /// <summary>
    /// The longest time between two attempts to reach the server once it has failed; at first
    /// <see cref="MemcachedPoolOptions.RetryInterval"/>. It may be changed at any time. <see cref="Timeout.InfiniteTimeSpan"/>: a
    /// failed server stays failed until <see cref="Enable"/>.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is neither positive nor infinite.</exception>
    public TimeSpan RetryInterval
    {
        get => Link.RetryInterval;
        set
        {
            TimeSetting.CheckRetryInterval(value);
            foreach (var link in Links)
            {
                link.RetryInterval = value;
            }
        }
    }

    /// <summary>
    /// Takes the server out of use: it counts as failed, and its keys go to the failover order, until <see cref="Enable"/>
    /// (pecl-memcache: <c>setServerParams</c> with status false and a retry interval of -1). Operations that have been sent to it
    /// still end.
    /// </summary>
    public void Disable()
    {
        foreach (var link in Links)
        {
            link.Disable();
        }
    }

    /// <summary>Lets the server be used again at once, whether it was disabled or has failed (pecl-memcache: status true).</summary>
    public void Enable()
    {
        foreach (var link in Links)
        {
            link.Enable();
        }
    }

    /// <summary>The connection that decides on the server's state.</summary>
    internal ServerLink Link { get; }

    /// <summary>What it has missed while it could not be reached.</summary>
    internal Pool.MissedDeletes Missed
    {
        get;
        init
        {
            field = value;
            value.Attach(this);
            foreach (var link in Links)
            {
                link.Homecoming = value;
            }
        }
    }

    /// <summary>Opens its connections; null for one that is never connected.</summary>
    internal ChannelConnector? Connector { get; init; }

    /// <summary>The longest time that anything may live on it; null: there is no limit.</summary>
    internal ExpiryLimit? Limit { get; init; }

    /// <summary>What ends with the server; null: nothing.</summary>
    internal IDisposable? Resource => Connector as IDisposable;

    /// <summary>Whether it stands for servers that are not known yet.</summary>
    internal bool IsStandIn => _options.IsStandIn;

    /// <summary>Whether its connections have been closed because it is no longer one of the pool's.</summary>
    internal bool IsRemoved => Link.IsRemoved;

    /// <summary>
    /// Whether the server brings a value only if it has changed, where it is asked to (<see cref="Verb.GetNear"/>): by what it said when it
    /// was last connected. False before that.
    /// </summary>
    internal bool ComparesCas
    {
        get
        {
            var compares = Link.ComparesCas;
            foreach (var bulk in _bulkLinks)
            {
                compares |= bulk.ComparesCas;
            }

            return compares;
        }
    }

    /// <summary>Counts its connections: while there is no newer one, it has not been restarted.</summary>
    internal ConnectionNumbers Connections => Link.Connections;

    /// <summary>The server in metrics, traces and logs.</summary>
    internal ServerTelemetry Telemetry => Link.Telemetry;

    ServerTelemetry IObservedServer.Telemetry => Telemetry;

    bool IObservedServer.IsUp => Link.IsUsable;

    int IObservedServer.OpenConnections => Sum(static link => link.State == ServerState.Connected ? 1 : 0);

    int IObservedServer.MissedDeletes => MissedDeletes;

    int IObservedServer.WaitingRequests => Sum(static link => link.WaitingCount);

    int IObservedServer.RequestsInFlight => Sum(static link => link.PendingCount);

    /// <summary><see cref="Link"/>, and those for large values.</summary>
    internal ServerLink[] Links => [Link, .. _bulkLinks];

    /// <summary>How many connections it has at most.</summary>
    internal int LinkCount => _bulkLinks.Length + 1;

    /// <summary>How many keys of a multi-get are asked for at once, judged by the values that came last.</summary>
    internal int KeysPerPiece => _typicalLength.KeysPerPiece;

    /// <summary>Whether the value of a key was large when it was last seen.</summary>
    internal bool IsLarge(ReadOnlySpan<byte> key) => _largeKeys.Contains(key);

    /// <summary>
    /// The connection for a request with a large value, as far as that can be known: what is written is seen, and what is read
    /// was large the last time. Null where it shall go the same way as all others.
    /// </summary>
    /// <remarks>
    /// Requests for one key that are under way together keep their order: one follows the other over the same connection, whichever
    /// that is.
    /// </remarks>
    internal ServerLink? FindBulkLink(Request request)
    {
        if (request.Key.IsEmpty || Link.IsExpected || BulkLinkOf(request.Key) is not { } bulk)
        {
            return null;
        }

        if (request.Verb is Verb.Set or Verb.Add or Verb.Replace or Verb.CompareAndSet)
        {
            _largeKeys.Note(request.Key, request.Payload.Length);
        }

        var follows = bulk.HasPending(request.Key);
        return bulk.IsUsable && (follows || (IsLarge(request.Key) && !Link.HasPending(request.Key) && MissedDeletes == 0)) ? bulk : null;
    }

    /// <summary>
    /// The connection for a multi-get that is long; null where there is none but the one for all. That one has to be there first: it may not
    /// be newer than the leases that the multi-get wins, which are used over it.
    /// </summary>
    internal ServerLink? FindBulkLinkForBatch(ReadOnlySpan<byte> key) =>
        Link.State == ServerState.Connected && MissedDeletes == 0 && BulkLinkOf(key) is { IsUsable: true } bulk ? bulk : null;

    /// <summary>Takes note of how long the value of a key is, in bytes.</summary>
    internal void NoteLength(ReadOnlySpan<byte> key, int length)
    {
        if (_bulkLinks.Length > 0)
        {
            _largeKeys.Note(key, length);
        }
    }

    /// <summary>Takes note of how long the values of a multi-get are together, in bytes.</summary>
    internal void NoteLengths(int length, int values) => _typicalLength.Note(length, values);

    private int Sum(Func<ServerLink, int> count)
    {
        var sum = 0;
        foreach (var link in Links)
        {
            sum += count(link);
        }

        return sum;
    }

    // The same one for each key, so that what follows each other on one key stays in order.
    private ServerLink? BulkLinkOf(ReadOnlySpan<byte> key) => _bulkLinks.Length switch
    {
        0 => null,
        1 => _bulkLinks[0],
        _ => _bulkLinks[LargeKeys.Position(key) % _bulkLinks.Length],
    };

    /// <summary>Name, weight and state, for logs.</summary>
    public override string ToString() => $"{Name} weight={Weight} {State}";
}
