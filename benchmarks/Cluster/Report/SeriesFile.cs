using System.Globalization;
using TypedCache.Benchmarks.Cluster.Scenarios;

namespace TypedCache.Benchmarks.Cluster.Report;

/// <summary>A scenario second by second, for other programs: comma-separated values.</summary>
internal static class SeriesFile
{
    private const string Header = "clients,second,reads,hits,old_reads,creations,time_outs,copied_bytes,filled_bytes,busiest,fullest";

    public static IEnumerable<string> Lines(Scenario scenario, IReadOnlyList<Series> runs) =>
        runs.SelectMany((series, i) => Enumerable.Range(0, series.Seconds).Select(second => Line(scenario.Variants[i].Name, series, second))).Prepend(Header);

    private static string Line(string name, Series series, int second) => string.Create(
        CultureInfo.InvariantCulture,
        $"\"{name}\",{second - Scenario.Start},{series.Reads[second]},{series.Hits[second]},{series.OldReads[second]},{series.Creations[second]},{series.TimeOuts[second]},{series.CopiedBytes[second]},{series.FilledBytes[second]},{series.Busiest[second]:0.####},{series.Fullest[second]:0.####}");
}
