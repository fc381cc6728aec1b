namespace TypedCache.Near;

/// <summary>
/// The clock of the near cache, in ticks of 100 nanoseconds. Where the pool has no clock of its own, it is one that costs a few
/// nanoseconds and stands still for some milliseconds at a time, which are taken off the life of what is kept.
/// </summary>
/// <param name="time">The pool's clock.</param>
internal sealed class NearClock(TimeProvider time)
{
    // The longest time for which Environment.TickCount64 stands still: 15.6 ms on Windows, up to 10 ms on Linux.
    private const long Granularity = 16 * TimeSpan.TicksPerMillisecond;

    private readonly TimeProvider? _time = time == TimeProvider.System ? null : time;

    /// <summary>The time now.</summary>
    public long Now => _time is null ? Environment.TickCount64 * TimeSpan.TicksPerMillisecond : _time.GetElapsedTime(0, _time.GetTimestamp()).Ticks;

    /// <summary>A time that is not later than now, by any clock: what is read after it was current then, or later.</summary>
    public long Start => _time is null ? Now - Granularity : Now;
}
