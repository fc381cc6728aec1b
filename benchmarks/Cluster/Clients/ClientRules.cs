namespace TypedCache.Benchmarks.Cluster.Clients;

/// <summary>The product's times, in ticks, and its limits: the defaults of its options, and what its schedules have built in.</summary>
internal static class ClientRules
{
    /// <summary><c>MemcachedPoolOptions.OperationTimeout</c>.</summary>
    public const long OperationTimeout = TimeSpan.TicksPerSecond;

    /// <summary><c>MemcachedPoolOptions.ConnectTimeout</c>.</summary>
    public const long ConnectTimeout = TimeSpan.TicksPerSecond;

    /// <summary><c>ProbeSchedule</c>: the first delay.</summary>
    public const long FirstProbeDelay = 50 * TimeSpan.TicksPerMillisecond;

    /// <summary><c>MemcachedPoolOptions.RetryInterval</c>.</summary>
    public const long LongestProbeDelay = 15 * TimeSpan.TicksPerSecond;

    /// <summary><c>MemcachedPoolOptions.MaxFailoverAttempts</c>.</summary>
    public const int MaxFailoverAttempts = 20;

    /// <summary><c>GetOrCreateOptions.LeaseTime</c>, in seconds.</summary>
    public const int LeaseSeconds = 10;

    /// <summary><c>GetOrCreateOptions.LeaseWait</c>.</summary>
    public const long LeaseWait = 3 * TimeSpan.TicksPerSecond;

    /// <summary><c>PollDelay</c>: the first delay.</summary>
    public const long FirstPollDelay = 10 * TimeSpan.TicksPerMillisecond;

    /// <summary><c>PollDelay</c>: the longest.</summary>
    public const long LongestPollDelay = 100 * TimeSpan.TicksPerMillisecond;

    /// <summary><c>SpareExpiry</c>: the most that a spare server keeps a value, in seconds.</summary>
    public const int SpareSeconds = 10;

    /// <summary>The most deletes that are kept for one server.</summary>
    public const int MaxKeptDeletes = 65_536;
}
