using System.Numerics;

namespace TypedCache.AspNetCore.Dashboard;

/// <summary>
/// How often which durations were measured: from 64 nanoseconds to 4 minutes in eight steps for each doubling, so that a quantile is right to
/// 6 %. What is shorter or longer counts with the first or the last.
/// </summary>
internal sealed class DurationHistogram
{
    private const int StepBits = 3;
    private const int LowestPower = 6;
    private const int Powers = 32;

    /// <summary>How many buckets there are.</summary>
    public const int Length = Powers << StepBits;

    private readonly long[] _counts = new long[Length];

    /// <summary>Counts one.</summary>
    public void Add(double seconds) => Interlocked.Increment(ref _counts[IndexOf(seconds)]);

    /// <summary>What has been counted so far.</summary>
    public void CopyTo(Span<long> counts)
    {
        for (var i = 0; i < Length; i++)
        {
            counts[i] = Volatile.Read(ref _counts[i]);
        }
    }

    /// <summary>The bucket of a duration.</summary>
    public static int IndexOf(double seconds)
    {
        // The conversion gives 0 for what is negative or no number, and the highest number for what is too large.
        var nanoseconds = (ulong)(seconds * 1e9);
        var power = BitOperations.Log2(nanoseconds);
        if (power < LowestPower)
        {
            return 0;
        }

        var step = (int)(nanoseconds >> (power - StepBits)) & ((1 << StepBits) - 1);
        return Math.Min(((power - LowestPower) << StepBits) + step, Length - 1);
    }

    /// <summary>The middle of a bucket, in seconds.</summary>
    public static double MiddleOf(int index)
    {
        var width = 1UL << ((index >> StepBits) + LowestPower - StepBits);
        var lowest = (ulong)((1 << StepBits) + (index & ((1 << StepBits) - 1))) * width;
        return (lowest + (width / 2)) * 1e-9;
    }
}
