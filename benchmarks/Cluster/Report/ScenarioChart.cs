using TypedCache.Benchmarks.Cluster.Scenarios;

namespace TypedCache.Benchmarks.Cluster.Report;

/// <summary>The chart of a scenario: hit rate, creates per second, and what is special about it.</summary>
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
            Special(scenario.Special, series),
        ]);
    }

    private static Panel Special(Measure measure, IReadOnlyList<Series> series) => measure switch
    {
        Measure.Fullest => new Panel("Bytes on the fullest server, times the mean", [.. series.Select(each => each.Fullest)]),
        Measure.OldReads => new Panel("Old values read, per second", [.. series.Select(each => Array.ConvertAll(each.OldReads, count => (double)count))]),
        _ => new Panel("Time within which 99.9 % of reads end, ms", [.. series.Select(SlowestReads)], IsLogarithmic: true),
    };

    // Of five seconds each: one has too few reads.
    private static double[] SlowestReads(Series series) =>
        [.. Enumerable.Range(0, series.Seconds).Select(second => series.Latency(second / 5 * 5, Math.Min((second / 5 * 5) + 5, series.Seconds), 0.999))];

    private static double[] HitRates(Series series) =>
        [.. series.Reads.Select((reads, second) => reads == 0 ? 100 : 100.0 * series.Hits[second] / reads)];

    private static double[] CreationsPerSecond(Series series) => [.. series.Creations.Select(count => (double)count)];
}
