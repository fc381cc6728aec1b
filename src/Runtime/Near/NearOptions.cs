namespace TypedCache;

/// <summary>
/// How reads of one kind of value use the near cache, the part of a pool that keeps values in this process. Make one object per kind of
/// value and share it; it never changes.
/// </summary>
/// <remarks>
/// A read gives a value that was current on its server within the last <see cref="Duration"/> plus one round trip. What this pool
/// itself has written, deleted or invalidated, its reads see at once. Counters and values with CAS numbers are always read from their servers.
/// </remarks>
public sealed class NearOptions
{
    private static readonly TimeSpan Longest = TimeSpan.FromDays(1);

    /// <summary>For how long a value that was read is given out without asking its server again: 100 milliseconds to one day.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The time is less than 100 milliseconds, or more than a day.</exception>
    public required TimeSpan Duration
    {
        get;
        init => field = value >= TimeSpan.FromMilliseconds(100) && value <= Longest
            ? value
            : throw new ArgumentOutOfRangeException(nameof(Duration), value, $"{nameof(Duration)} has to be from 100 milliseconds to one day.");
    }

    /// <summary>
    /// For how long a value is kept after it was read in full. Each time that <see cref="Duration"/> has passed, one caller asks the
    /// server whether it has changed, which costs a few bytes. 0 (default) to one day; what is not longer than <see cref="Duration"/> keeps nothing.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The time is negative, or more than a day.</exception>
    public TimeSpan Revalidate
    {
        get;
        init => field = value >= TimeSpan.Zero && value <= Longest
            ? value
            : throw new ArgumentOutOfRangeException(nameof(Revalidate), value, $"{nameof(Revalidate)} has to be from 0 to one day.");
    }

    /// <summary>
    /// For how long before it is removed a value counts as stale (<see cref="GetOrCreateOptions.Stale"/>): the near cache does not give
    /// it out then. 0 (default) to 30 days.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The time is negative, or more than 30 days.</exception>
    public TimeSpan Stale
    {
        get;
        init => field = value >= TimeSpan.Zero && value <= TimeSpan.FromDays(30)
            ? value
            : throw new ArgumentOutOfRangeException(nameof(Stale), value, $"{nameof(Stale)} has to be from 0 to 30 days.");
    }

    /// <summary>
    /// Whether all callers get the same object. Only right where nothing in it can change. Default: false; the value's bytes are kept,
    /// and each caller gets an object of its own.
    /// </summary>
    public bool SharesValues { get; init; }

    /// <summary><see cref="Duration"/>, in ticks of 100 nanoseconds.</summary>
    internal long DurationTicks => Duration.Ticks;

    /// <summary><see cref="Stale"/>, in ticks of 100 nanoseconds.</summary>
    internal long StaleTicks => Stale.Ticks;

    /// <summary>The same options for values that are stale at the end of their lives.</summary>
    internal NearOptions WithStale(TimeSpan stale) =>
        stale == Stale ? this : new NearOptions { Duration = Duration, Revalidate = Revalidate, Stale = stale, SharesValues = SharesValues };
}
