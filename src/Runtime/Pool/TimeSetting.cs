namespace TypedCache.Pool;

/// <summary>The times that settings may have.</summary>
internal static class TimeSetting
{
    // Linux takes up to 32767 seconds (tcp.h, MAX_TCP_KEEPIDLE).
    private static readonly TimeSpan LongestKeepAlive = TimeSpan.FromHours(9);

    /// <summary>Refuses a time that is not more than zero, or longer than timers allow.</summary>
    public static void ThrowIfNotPositive(TimeSpan value, string name)
    {
        if (value <= TimeSpan.Zero || value.TotalMilliseconds > int.MaxValue)
        {
            throw new ArgumentOutOfRangeException(name, value, $"{name} has to be more than zero and less than 24 days.");
        }
    }

    /// <summary>Refuses a time between two probes that is neither positive nor infinite.</summary>
    public static void CheckRetryInterval(TimeSpan value)
    {
        if (value != Timeout.InfiniteTimeSpan)
        {
            ThrowIfNotPositive(value, nameof(MemcachedServer.RetryInterval));
        }
    }

    /// <summary>Refuses a time between two questions of TCP that it does not take.</summary>
    public static void CheckKeepAlive(TimeSpan value, string name)
    {
        if (value != Timeout.InfiniteTimeSpan && (value <= TimeSpan.Zero || value > LongestKeepAlive))
        {
            throw new ArgumentOutOfRangeException(
                name, value, $"{name} has to be more than zero and at most 9 hours; {nameof(Timeout)}.{nameof(Timeout.InfiniteTimeSpan)} turns it off.");
        }
    }

    /// <summary>The time in whole seconds, rounded up; 0 if it is infinite.</summary>
    public static int KeepAliveSeconds(TimeSpan value) => value == Timeout.InfiniteTimeSpan ? 0 : (int)Math.Ceiling(value.TotalSeconds);
}
