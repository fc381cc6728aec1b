namespace TypedCache.Tests.Near;

/// <summary>
/// When the reads of one process began that are under way. Who reads may get what another read brings that is under way, and which was
/// carried out after that began.
/// </summary>
/// <param name="time">The clock.</param>
/// <param name="callers">How many callers the process has, each of whom does one thing at a time.</param>
internal sealed class PendingReads(TimeProvider time, int callers)
{
    private readonly long[] _begun = new long[callers];

    /// <summary>Begins to read.</summary>
    /// <param name="caller">Who reads.</param>
    public Moment Begin(int caller)
    {
        var now = time.GetTimestamp();
        var oldest = now;
        for (var other = 0; other < _begun.Length; other++)
        {
            if (Volatile.Read(ref _begun[other]) is not 0 and var begun && begun < oldest)
            {
                oldest = begun;
            }
        }

        Volatile.Write(ref _begun[caller], now);
        return new Moment(now, oldest, time.TimestampFrequency);
    }

    /// <summary>The read has ended.</summary>
    public void End(int caller) => Volatile.Write(ref _begun[caller], 0);

    /// <summary>When a read began.</summary>
    /// <param name="Now">The time: what was complete before it, a read has to see that asks the server.</param>
    /// <param name="Oldest">When the oldest read began that was under way.</param>
    /// <param name="Frequency">How many ticks of the clock a second has.</param>
    internal readonly record struct Moment(long Now, long Oldest, long Frequency)
    {
        /// <summary>What was complete before this time, a read has to see that may get what is near.</summary>
        /// <param name="near">For how long a value that was read is given out.</param>
        public long Before(TimeSpan near) => Math.Min(Oldest, Now - (long)(near.TotalSeconds * Frequency));
    }
}
