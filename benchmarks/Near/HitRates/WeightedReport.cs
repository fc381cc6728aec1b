using System.Globalization;

namespace TypedCache.Benchmarks.Near.HitRates;

/// <summary>
/// Values of log-normal sizes: the table, bounded by bytes, beside a cache with room for as many values as have those bytes on average,
/// which is what can be said to a cache that does not weigh.
/// </summary>
internal static class WeightedReport
{
    private const int Values = 100_000;
    private const double Median = 1_000;
    private const double Spread = 1.3;

    private static readonly long[] Limits = [4 << 20, 32 << 20];

    public static void Print(TextWriter output)
    {
        var weights = Weights();
        var average = weights.Average();
        output.WriteLine("| requests, values of log-normal sizes | limit | near cache | most bytes in use | ConcurrentLfu, as many average values |");
        output.WriteLine("|---|--:|--:|--:|--:|");
        foreach (var exponent in (double[])[0.7, 0.99])
        {
            foreach (var limit in Limits)
            {
                Print(output, exponent, limit, weights, (int)(limit / average));
            }
        }
    }

    private static void Print(TextWriter output, double exponent, long limit, long[] weights, int values)
    {
        var table = new SimulatedTable(limit, key => weights[key]);
        var near = HitRateReport.HitRate(table, Workload.Zipf(exponent));
        var lfu = HitRateReport.HitRate(new SimulatedLfu(values), Workload.Zipf(exponent));
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"| Zipf {exponent} | {limit >> 20} MiB | {near:0.0} % | {100.0 * table.MostBytes / limit:0.00} % | {lfu:0.0} % ({values:#,0} values) |"));
    }

    private static long[] Weights()
    {
        var random = new Random(2);
        var weights = new long[Values];
        for (var i = 0; i < Values; i++)
        {
            var normal = Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
            weights[i] = (long)(Median * Math.Exp(Spread * normal)) + 1;
        }

        return weights;
    }
}
