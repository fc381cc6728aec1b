namespace TypedCache.FusionCache;

/// <summary>How long one caller waits for a lock, and when it tries again.</summary>
/// <param name="time">The clock.</param>
/// <param name="timeout">How long it waits in all; negative: for ever.</param>
internal readonly struct LockWait(TimeProvider time, TimeSpan timeout)
{
    private const int ShortestMilliseconds = 10;
    private const int LongestMilliseconds = 100;

    private readonly long _since = time.GetTimestamp();

    /// <summary>The time until the next attempt, at random, so that those who wait do not come together; null: there is none.</summary>
    public TimeSpan? NextDelay()
    {
        var delay = TimeSpan.FromMilliseconds(Random.Shared.Next(ShortestMilliseconds, LongestMilliseconds + 1));
        if (timeout < TimeSpan.Zero)
        {
            return delay;
        }

        var left = timeout - time.GetElapsedTime(_since);
        return left <= TimeSpan.Zero ? null : delay < left ? delay : left;
    }
}
