namespace TypedCache.FusionCache;

/// <summary>How a <see cref="TypedCacheDistributedLocker"/> locks. Read once, when it is made.</summary>
public sealed class TypedCacheDistributedLockerOptions
{
    private static readonly TimeSpan Shortest = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Longest = TimeSpan.FromDays(30);

    /// <summary>
    /// After which time a lock is free whose holder has died: 2 seconds to 30 days, by default 30 seconds. A holder that lives extends its
    /// lock in time, however long its factory takes.
    /// </summary>
    /// <remarks>memcached counts in whole seconds, so the time is rounded up to them.</remarks>
    public TimeSpan AbandonTime { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>What stands before the name of each lock, by default <c>fusion-lock:</c>.</summary>
    public string InstanceName { get; set; } = "fusion-lock:";

    /// <summary>The clock for waiting. Default: the system's.</summary>
    public TimeProvider TimeProvider { get; set; } = TimeProvider.System;

    /// <exception cref="ArgumentException">An option is not valid; the message names it.</exception>
    internal void Validate()
    {
        ArgumentNullException.ThrowIfNull(InstanceName);
        ArgumentNullException.ThrowIfNull(TimeProvider);
        if (AbandonTime < Shortest || AbandonTime > Longest)
        {
            throw new ArgumentOutOfRangeException(
                nameof(AbandonTime), AbandonTime, $"{nameof(AbandonTime)} has to be from 2 seconds to 30 days: a holder extends its lock after a third of it.");
        }
    }
}
