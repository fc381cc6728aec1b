using System.Globalization;

namespace TypedCache.Benchmarks.Near.HitRates;

/// <summary>Hit rates of the near cache's table, of BitFaster's ConcurrentLfu and of LRU with room for as many values.</summary>
internal static class HitRateReport
{
    private static readonly int[] Capacities = [1_000, 10_000];

    public static void Print(TextWriter output)
    {
        output.WriteLine("| requests | values | near cache | ConcurrentLfu | LRU | points beside ConcurrentLfu |");
        output.WriteLine("|---|--:|--:|--:|--:|--:|");
        foreach (var workload in Workload.All)
        {
            foreach (var capacity in Capacities)
            {
                Print(output, workload, capacity);
            }
        }

        output.WriteLine();
        WeightedReport.Print(output);
    }

    public static double HitRate(ISimulatedCache cache, IEnumerable<int> keys)
    {
        var hits = 0;
        var requests = 0;
        foreach (var key in keys)
        {
            requests++;
            hits += cache.Read(key) ? 1 : 0;
        }

        return 100.0 * hits / requests;
    }

    private static void Print(TextWriter output, Workload workload, int capacity)
    {
        var near = HitRate(new SimulatedTable(capacity, static _ => 1), workload.Keys(capacity));
        var lfu = HitRate(new SimulatedLfu(capacity), workload.Keys(capacity));
        var lru = HitRate(new SimulatedLru(capacity), workload.Keys(capacity));
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"| {workload.Name} | {capacity:#,0} | {near:0.0} % | {lfu:0.0} % | {lru:0.0} % | {near - lfu:+0.0;-0.0;0.0} |"));
    }
}
