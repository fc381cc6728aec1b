using TypedCache.Benchmarks.Near.HitRates;

namespace TypedCache.Tests.Near;

/// <summary>The benchmark's simulation, half as long.</summary>
public class NearHitRateTests
{
    private const int Capacity = 1_000;
    private const int Requests = 1_000_000;

    public static TheoryData<string> Workloads => [.. Workload.All.Select(static workload => workload.Name)];

    [Theory]
    [MemberData(nameof(Workloads))]
    public void Hit_rates_are_within_a_point_of_those_of_ConcurrentLfu(string workload)
    {
        var keys = Workload.All.Single(each => each.Name == workload).Keys(Capacity).Take(Requests).ToArray();
        var near = HitRate(new SimulatedTable(Capacity, static _ => 1), keys);
        var lfu = HitRate(new SimulatedLfu(Capacity), keys);

        Assert.True(near >= lfu - 1, $"{near:0.00} % instead of {lfu:0.00} %");
    }

    [Fact]
    public void A_loop_that_does_not_fit_keeps_what_does()
    {
        var keys = Enumerable.Range(0, Requests).Select(static i => i % (Capacity * 5)).ToArray();

        Assert.InRange(HitRate(new SimulatedTable(Capacity, static _ => 1), keys), 18, 20);
    }

    // The lightest values are the ones to keep where all are asked for alike.
    [Fact]
    public void Light_values_win_over_heavy_ones_that_are_used_alike()
    {
        var random = new Random(1);
        var keys = Enumerable.Range(0, Requests).Select(_ => random.Next(4_000)).ToArray();
        var table = new SimulatedTable(4_000, static key => key % 4 == 0 ? 20 : 1);

        // 75 % if all 3,000 light values are kept; 57 % if only counts are compared.
        Assert.InRange(HitRate(table, keys), 65, 80);
        Assert.InRange(table.MostBytes, 3_900, 4_000);
    }

    private static double HitRate(ISimulatedCache cache, int[] keys) => 100.0 * keys.Count(cache.Read) / keys.Length;
}
