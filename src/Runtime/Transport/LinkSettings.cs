using TypedCache.Transport.Health;

namespace TypedCache.Transport;

/// <summary>How the servers of a pool are kept connected. What can be set may change at any time, for the connections made from then on.</summary>
/// <param name="connectTimeout">How long opening a connection and the first answer may take.</param>
/// <param name="retryInterval">The longest time between two probes of a failed server; infinite: it is never probed.</param>
/// <param name="limits">What a connection allows.</param>
/// <param name="protocol">Which protocol is spoken.</param>
/// <param name="credentials">The user, where servers ask for one.</param>
/// <param name="time">The clock.</param>
internal sealed class LinkSettings(
    TimeSpan connectTimeout,
    TimeSpan retryInterval,
    ConnectionLimits limits,
    MemcachedProtocol protocol,
    MemcachedCredentials? credentials,
    TimeProvider time)
{
    private long _connectTimeout = connectTimeout.Ticks;
    private long _retryInterval = retryInterval.Ticks;
    private volatile int _keepAliveSeconds;
    private volatile MemcachedCredentials? _credentials = credentials;

    public TimeSpan ConnectTimeout
    {
        get => new(Volatile.Read(ref _connectTimeout));
        set => Volatile.Write(ref _connectTimeout, value.Ticks);
    }

    /// <summary>What a new link begins with.</summary>
    public TimeSpan RetryInterval
    {
        get => new(Volatile.Read(ref _retryInterval));
        set => Volatile.Write(ref _retryInterval, value.Ticks);
    }

    /// <summary>After how many idle seconds TCP asks whether the other side is still there; 0: never.</summary>
    public int KeepAliveSeconds
    {
        get => _keepAliveSeconds;
        set => _keepAliveSeconds = value;
    }

    public MemcachedCredentials? Credentials
    {
        get => _credentials;
        set => _credentials = value;
    }

    /// <summary>What stands in front of every key.</summary>
    public ReadOnlyMemory<byte> KeyPrefix { get; init; }

    /// <summary>From when on servers count as sick; null: never.</summary>
    public HealthLimits? Health { get; init; }

    /// <summary>How many of them may be taken out for that.</summary>
    public UsableShare? Share { get; init; }

    public ConnectionLimits Limits { get; } = limits;

    public MemcachedProtocol Protocol { get; } = protocol;

    public TimeProvider Time { get; } = time;
}
