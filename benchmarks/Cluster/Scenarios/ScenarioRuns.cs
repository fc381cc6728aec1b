using System.Diagnostics;
using System.Globalization;
using TypedCache.Benchmarks.Cluster.Load;
using TypedCache.Benchmarks.Cluster.Report;
using TypedCache.Benchmarks.Cluster.Topologies;

namespace TypedCache.Benchmarks.Cluster.Scenarios;

/// <summary>All variants of a scenario. They share nothing that changes, so that some may run at the same time with the same results.</summary>
internal static class ScenarioRuns
{
    /// <summary>Simulates them.</summary>
    /// <param name="scenario">What happens.</param>
    /// <param name="scale">How large the cluster is.</param>
    /// <param name="placements">The placements that scenarios have in common.</param>
    /// <param name="keys">The keys.</param>
    /// <param name="parallel">How many variants at the same time.</param>
    /// <param name="progress">Hears of each variant that has ended.</param>
    public static IReadOnlyList<Series> Run(
        Scenario scenario, ClusterScale scale, Placements placements, KeySpace keys, int parallel, Action<string>? progress = null)
    {
        var results = new Series[scenario.Variants.Count];
        var options = new ParallelOptions { MaxDegreeOfParallelism = parallel };
        Parallel.For(0, results.Length, options, i =>
        {
            var started = Stopwatch.GetTimestamp();
            results[i] = scenario.Run(scale, scenario.Variants[i], placements, keys);
            progress?.Invoke(string.Create(
                CultureInfo.InvariantCulture, $"{scenario.Name}, {scenario.Variants[i].Name}: {Stopwatch.GetElapsedTime(started).TotalSeconds:0.0} s"));
        });
        return results;
    }
}
