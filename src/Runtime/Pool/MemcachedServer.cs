using TypedCache.Pool;
using TypedCache.Protocol;
using TypedCache.Transport;

namespace TypedCache;

/// <summary>A server of a pool and its state.</summary>
public sealed class MemcachedServer
{
    private readonly MemcachedServerOptions _options;
    private readonly ServerLink[] _bulkLinks;
    private readonly LargeKeys _largeKeys = new();
    private int _nextBulkLink;

    internal MemcachedServer(MemcachedServerOptions options, ServerLink link, params ServerLink[] bulkLinks)
    {
        _options = options;
        Link = link;
        _bulkLinks = bulkLinks;
    }

    /// <summary>The host, as it was given.</summary>
    public string Host => _options.Host;

    /// <summary>The TCP port; 0 for a Unix domain socket.</summary>
    public int Port => _options.Port;

    /// <summary>How large the server's share of the keys is, compared with the others.</summary>
    public int Weight => _options.Weight;

    /// <summary><c>host:port</c>.</summary>
    public string Name => _options.Name;

    /// <summary>Whether the server is connected, or has failed.</summary>
    public ServerState State => Link.State;

    /// <summary>The version that the server reported when it was last connected; null before that, and for proxies.</summary>
    public Version? Version => Link.Version;

    /// <summary>Why the server failed when it last did; null if it never has.</summary>
    public MemcachedConnectionException? LastFailure => Link.LastFailure;

    /// <summary>
    /// The longest time between two attempts to reach the server after it has failed; initially
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
    /// (pecl-memcache: <c>setServerParams</c> with status false and a retry interval of -1). Operations already sent to it
    /// still complete.
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

    /// <summary>The connection that determines the server's state.</summary>
    internal ServerLink Link { get; }

    /// <summary><see cref="Link"/>, and the connections for large values.</summary>
    internal IEnumerable<ServerLink> Links => [Link, .. _bulkLinks];

    /// <summary>
    /// The connection for a request with a large value, as far as that is known: a value to write is at hand, and one to read was large
    /// last time. Null if the request goes the same way as all others.
    /// </summary>
    internal ServerLink? FindBulkLink(Request request)
    {
        if (_bulkLinks.Length == 0 || request.Key.IsEmpty)
        {
            return null;
        }

        if (request.Verb is Verb.Set or Verb.Add or Verb.Replace or Verb.CompareAndSet)
        {
            _largeKeys.Note(request.Key, request.Payload.Length);
        }

        if (!_largeKeys.Contains(request.Key))
        {
            return null;
        }

        var link = _bulkLinks[(int)((uint)Interlocked.Increment(ref _nextBulkLink) % (uint)_bulkLinks.Length)];
        return link.IsUsable ? link : null;
    }

    /// <summary>Remembers how long the value of a key is, in bytes.</summary>
    internal void NoteLength(ReadOnlySpan<byte> key, int length)
    {
        if (_bulkLinks.Length > 0)
        {
            _largeKeys.Note(key, length);
        }
    }

    /// <summary>Name, weight and state, for logs.</summary>
    public override string ToString() => $"{Name} weight={Weight} {State}";
}
