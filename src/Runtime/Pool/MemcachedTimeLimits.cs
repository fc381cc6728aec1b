using TypedCache.Pool;

namespace TypedCache;

/// <summary>The time limits of a pool, which may change while it runs: <see cref="MemcachedPool.UpdateTimeLimits"/>.</summary>
public sealed record MemcachedTimeLimits
{
    /// <summary>
    /// How long connecting to a server may take, TLS, login and its first answer included (<see cref="MemcachedPoolOptions.ConnectTimeout"/>).
    /// Default: 1 second.
    /// </summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>
    /// How long an operation waits for its reply, and for how long a server may be silent while replies are due
    /// (<see cref="MemcachedPoolOptions.OperationTimeout"/>). Default: 1 second.
    /// </summary>
    public TimeSpan OperationTimeout { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>
    /// The longest time between two attempts to reach a failed server (<see cref="MemcachedPoolOptions.RetryInterval"/>). Default: 15 seconds.
    /// <see cref="Timeout.InfiniteTimeSpan"/>: a failed server stays failed.
    /// </summary>
    public TimeSpan RetryInterval { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>
    /// For how long a TCP connection may be idle before the system asks the server whether it is still there
    /// (<see cref="MemcachedPoolOptions.KeepAlive"/>). Default: 1 minute. <see cref="Timeout.InfiniteTimeSpan"/>: never.
    /// </summary>
    public TimeSpan KeepAlive { get; init; } = TimeSpan.FromMinutes(1);

    /// <exception cref="ArgumentOutOfRangeException">A time is not valid.</exception>
    internal void Validate()
    {
        TimeSetting.ThrowIfNotPositive(ConnectTimeout, nameof(ConnectTimeout));
        TimeSetting.ThrowIfNotPositive(OperationTimeout, nameof(OperationTimeout));
        TimeSetting.CheckRetryInterval(RetryInterval);
        TimeSetting.CheckKeepAlive(KeepAlive, nameof(KeepAlive));
    }
}
