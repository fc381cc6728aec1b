namespace TypedCache.Benchmarks.Throughput;

/// <summary>What a table shows of several rounds.</summary>
internal static class Medians
{
    public static double Median<T>(this IEnumerable<T> samples, Func<T, double> select)
    {
        var sorted = samples.Select(select).Order().ToArray();
        return sorted[sorted.Length / 2];
    }

    /// <summary>
    /// The median of the rounds' ratios. Rounds are compared with themselves: the machine may be twice as fast in one as in the next.
    /// </summary>
    public static double MedianRatio<T>(this IEnumerable<T> samples, IEnumerable<T> others, Func<T, double> select) =>
        samples.Zip(others).Median(pair => select(pair.First) / select(pair.Second));
}
