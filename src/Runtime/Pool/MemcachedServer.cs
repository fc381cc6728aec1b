using TypedCache.Transport;

namespace TypedCache;

/// <summary>A server of a pool and its state.</summary>
public sealed class MemcachedServer
{
    private readonly MemcachedServerOptions _options;

    internal MemcachedServer(MemcachedServerOptions options, ServerLink link)
    {
        _options = options;
        Link = link;
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

    /// <summary>The version which the server reported when it was last connected; null before that, and for proxies.</summary>
    public Version? Version => Link.Version;

    /// <summary>Why the server failed when it last did; null if it never has.</summary>
    public MemcachedConnectionException? LastFailure => Link.LastFailure;

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
            MemcachedPoolOptions.CheckRetryInterval(value);
            Link.RetryInterval = value;
        }
    }

    /// <summary>
    /// Takes the server out of use: it counts as failed, and its keys go to the failover order, until <see cref="Enable"/>
    /// (pecl-memcache: <c>setServerParams</c> with status false and a retry interval of -1). Operations which have been sent to it
    /// still end.
    /// </summary>
    public void Disable() => Link.Disable();

    /// <summary>Lets the server be used again at once, whether it was disabled or has failed (pecl-memcache: status true).</summary>
    public void Enable() => Link.Enable();

    internal ServerLink Link { get; }

    /// <summary>Name, weight and state, for logs.</summary>
    public override string ToString() => $"{Name} weight={Weight} {State}";
}
