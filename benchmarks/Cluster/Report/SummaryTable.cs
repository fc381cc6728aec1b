using System.Globalization;

namespace TypedCache.Benchmarks.Cluster.Report;

/// <summary>The figures of a scenario as a table in Markdown.</summary>
internal static class SummaryTable
{
    private static readonly string[] Header =
    [
        "Clients", "Hit rate before", "lowest", "mean", "Back after", "Creates/s before", "peak", "extra", "Busiest server", "Fullest server",
        "Copied", "Created again", "Old values read", "Time-outs", "99.9 % of reads",
    ];

    public static IReadOnlyList<string> Lines(IReadOnlyList<Summary> summaries)
    {
        var lines = new List<string>
        {
            $"| {string.Join(" | ", Header)} |",
            $"|---|{string.Concat(Enumerable.Repeat("--:|", Header.Length - 1))}",
        };
        lines.AddRange(summaries.Select(summary => $"| {string.Join(" | ", Cells(summary))} |"));
        return lines;
    }

    private static string[] Cells(Summary summary) =>
    [
        summary.Name,
        Text($"{100 * summary.SteadyHitRate:0.0} %"),
        Text($"{100 * summary.LowestHitRate:0.0} %"),
        Text($"{100 * summary.MeanHitRate:0.0} %"),
        summary.RecoverySeconds is { } seconds ? Text($"{seconds} s") : "not yet",
        Text($"{summary.SteadyCreations:#,0}"),
        Text($"{summary.PeakCreations:#,0}"),
        Text($"{summary.ExtraCreations:+#,0;-#,0;0}"),
        Text($"{summary.Busiest:0.0} x"),
        Text($"{summary.Fullest:0.00} x"),
        Text($"{summary.CopiedBytes / 1e6:#,0.0} MB"),
        Text($"{summary.ExtraFilledBytes / 1e6:+#,0.0;-#,0.0;0.0} MB"),
        Text($"{summary.OldReads:#,0}"),
        Text($"{summary.TimeOuts:#,0}"),
        Text($"{summary.SlowestReads:0.0} ms"),
    ];

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
