using TypedCache.Benchmarks.Cluster.Load;
using TypedCache.Benchmarks.Cluster.Report;
using TypedCache.Benchmarks.Cluster.Scenarios;
using TypedCache.Benchmarks.Cluster.Topologies;

namespace TypedCache.Cluster.Tests;

/// <summary>Leaves the figures of all scenarios at a small scale where <c>.ci/run</c> prints them.</summary>
public sealed class FiguresTests
{
    [Fact]
    public void Writes_the_figures_of_all_scenarios()
    {
        var scale = ClusterScale.Of(0.005, seed: 1);
        var keys = new KeySpace(scale);
        var placements = new Placements(keys);
        var folder = Directory.CreateDirectory(Path.Combine(AppContext.BaseDirectory, "figures"));
        var lines = new List<string> { $"simulated cluster: {scale.Servers} servers, {scale.Keys} keys, {scale.Clients} clients, {scale.CallsPerSecond:0} calls per second" };
        foreach (var scenario in Scenario.All)
        {
            var runs = ScenarioRuns.Run(scenario, scale, placements, keys, parallel: 2);
            lines.Add($"{scenario.Name}: {scenario.Title}");
            lines.AddRange(SummaryTable.Lines([.. runs.Select((series, i) => new Summary(scenario.Variants[i].Name, series))]));
        }

        File.WriteAllLines(Path.Combine(folder.FullName, "cluster.txt"), lines);

        var rows = lines.Count(line => Scenario.All.Any(scenario => scenario.Variants.Any(variant => line.StartsWith($"| {variant.Name} |", StringComparison.Ordinal))));
        Assert.Equal(Scenario.All.Sum(scenario => scenario.Variants.Count), rows);
    }
}
