using System.Numerics;

namespace Storefront.Load;

/// <summary>How long answers took, in buckets that are at most 3 % wide. Several threads record at once.</summary>
internal sealed class Latencies
{
    // Each power of two of microseconds has so many buckets.
    private const int Bits = 5;
    private const int Steps = 1 << Bits;

    private readonly long[] _counts = new long[40 * Steps];

    /// <summary>How many there are.</summary>
    public long Count => _counts.Sum();

    /// <summary>Records one.</summary>
    public void Record(TimeSpan latency) => Interlocked.Increment(ref _counts[BucketOf((long)latency.TotalMicroseconds)]);

    /// <summary>What they are now.</summary>
    public long[] Snapshot() => [.. _counts];

    /// <summary>The latency which a part of those between two snapshots does not exceed; null if there are none.</summary>
    public static TimeSpan? At(double part, long[] before, long[] after)
    {
        var total = after.Sum() - before.Sum();
        var rank = Math.Max(1, (long)Math.Ceiling(part * total));
        for (var bucket = 0; bucket < after.Length && total > 0; bucket++)
        {
            rank -= after[bucket] - before[bucket];
            if (rank <= 0)
            {
                return TimeSpan.FromMicroseconds(UpperEnd(bucket));
            }
        }

        return null;
    }

    private static int BucketOf(long microseconds)
    {
        var value = (ulong)Math.Clamp(microseconds, 0, 1L << 38);
        if (value < Steps)
        {
            return (int)value;
        }

        var shift = BitOperations.Log2(value) - Bits;
        return ((shift + 1) << Bits) + (int)((value >> shift) - Steps);
    }

    private static double UpperEnd(int bucket)
    {
        var shift = (bucket >> Bits) - 1;
        return shift < 0 ? bucket : (double)((ulong)(Steps + (bucket & (Steps - 1)) + 1) << shift) - 1;
    }
}
