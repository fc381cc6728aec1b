using TypedCache.Benchmarks.Cluster.Scenarios;

namespace TypedCache.Benchmarks.Cluster.Report;

/// <summary>The chart of a scenario: hit rate, creates per second, and the busiest server.</summary>
internal static class ScenarioChart
{
    public static string Draw(Scenario scenario, IReadOnlyList<Series> series)
    {
        var chart = new Chart(
            $"{char.ToUpperInvariant(scenario.Title[0])}{scenario.Title[1..]}",
            scenario.Variants,
            scenario.Moments,
            Scenario.SteadyFrom,
            scenario.Seconds);
        return chart.Draw(
        [
            new Panel("Reads that the cache answers, %", [.. series.Select(HitRates)]),
            new Panel("Values created at the origin, per second", [.. series.Select(CreationsPerSecond)], IsLogarithmic: true),
            new Panel("Busiest server, times the mean", [.. series.Select(each => each.Busiest)], IsLogarithmic: true),
        ]);
    }

    private static double[] HitRates(Series series) =>
        [.. series.Reads.Select((reads, second) => reads == 0 ? 100 : 100.0 * series.Hits[second] / reads)];

    private static double[] CreationsPerSecond(Series series) => [.. series.Creations.Select(count => (double)count)];
}
