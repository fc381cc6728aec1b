namespace TypedCache.AspNetCore.Dashboard;

/// <summary>How long most of some calls took, in microseconds.</summary>
/// <param name="Count">How many they are.</param>
/// <param name="P50">Half of them took no longer; null: there are none.</param>
/// <param name="P99">99 % of them took no longer.</param>
internal sealed record Quantiles(long Count, double? P50, double? P99)
{
    /// <summary>Those of the buckets of a histogram.</summary>
    public static Quantiles Of(ReadOnlySpan<long> counts)
    {
        var total = 0L;
        foreach (var count in counts)
        {
            total += count;
        }

        return total == 0 ? new Quantiles(0, null, null) : new Quantiles(total, Find(counts, total, 0.50), Find(counts, total, 0.99));
    }

    private static double Find(ReadOnlySpan<long> counts, long total, double share)
    {
        var wanted = (long)Math.Ceiling(total * share);
        var seen = 0L;
        for (var i = 0; i < counts.Length; i++)
        {
            seen += counts[i];
            if (seen >= wanted)
            {
                return Math.Round(DurationHistogram.MiddleOf(i) * 1e6, 3);
            }
        }

        return 0;
    }
}
