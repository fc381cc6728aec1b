using TypedCache.Benchmarks.Cluster.Load;
using TypedCache.Benchmarks.Cluster.Report;
using TypedCache.Benchmarks.Cluster.Scenarios;
using TypedCache.Benchmarks.Cluster.Topologies;

namespace TypedCache.Cluster.Tests;

/// <summary>The scenarios at a small scale: the same seed gives the same files, and what is compared differs as it must.</summary>
public sealed class ScenarioTests
{
    private const int MaxChartBytes = 60 * 1024;

    public static TheoryData<string> Names => [.. Scenario.All.Select(scenario => scenario.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void The_same_seed_gives_the_same_chart_and_table_byte_for_byte(string name)
    {
        var one = Run(name, seed: 1, parallel: 1);
        var same = Run(name, seed: 1, parallel: 3);
        var other = Run(name, seed: 2, parallel: 1);

        Assert.Equal(one, same);
        Assert.NotEqual(one.Chart, other.Chart);
        Assert.NotEqual(one.Table, other.Table);
        Assert.InRange(one.Chart.Length, 1, MaxChartBytes);
    }

    [Fact]
    public void Modulo_loses_most_keys_a_ring_few_and_warm_moves_nearly_none()
    {
        var summaries = Summarize("add");

        var modulo = summaries["modulo, restart"];
        var live = summaries["rendezvous, live"];
        var warm = summaries["rendezvous, warm"];
        Assert.True(modulo.ExtraCreations > 4 * live.ExtraCreations, $"{modulo.ExtraCreations} and {live.ExtraCreations}");
        Assert.True(live.ExtraCreations > warm.ExtraCreations, $"{live.ExtraCreations} and {warm.ExtraCreations}");
        Assert.True(warm.CopiedBytes > 0);
        Assert.Equal(0, live.CopiedBytes);
        Assert.Equal(0, warm.OldReads);
    }

    [Fact]
    public void A_zone_that_is_cut_off_costs_time_outs_and_brings_old_values_back_unless_deletes_are_replayed()
    {
        var summaries = Summarize("zone");

        var without = summaries["rendezvous"];
        var with = summaries["rendezvous, replay"];
        Assert.True(without.LowestHitRate < without.SteadyHitRate - 0.1);
        Assert.True(without.TimeOuts > 0);
        Assert.True(without.OldReads > 4 * with.OldReads, $"{without.OldReads} and {with.OldReads}");
    }

    private static Dictionary<string, Summary> Summarize(string name)
    {
        var (scenario, series) = Simulate(name, seed: 1, parallel: 1);
        return series.Select((each, i) => new Summary(scenario.Variants[i].Name, each)).ToDictionary(summary => summary.Name);
    }

    private static (string Chart, string Table) Run(string name, ulong seed, int parallel)
    {
        var (scenario, series) = Simulate(name, seed, parallel);
        var summaries = series.Select((each, i) => new Summary(scenario.Variants[i].Name, each)).ToList();
        return (ScenarioChart.Draw(scenario, series), string.Join('\n', SummaryTable.Lines(summaries)));
    }

    // Nothing is shared between runs.
    private static (Scenario Scenario, IReadOnlyList<Series> Series) Simulate(string name, ulong seed, int parallel)
    {
        var scenario = Scenario.All.Single(each => each.Name == name);
        var scale = ClusterScale.Of(0.002, seed);
        var keys = new KeySpace(scale);
        return (scenario, ScenarioRuns.Run(scenario, scale, new Placements(keys), keys, parallel));
    }
}
