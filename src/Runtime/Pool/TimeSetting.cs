namespace TypedCache.Pool;

/// <summary>The times that settings may have.</summary>
internal static class TimeSetting
{
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
}
