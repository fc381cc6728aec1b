using System.Globalization;
using System.Text;

namespace Aspire.Hosting.Nodes;

/// <summary>The statistics of servers as a table in Markdown, with a column for each server.</summary>
internal static class StatsTable
{
    private static readonly string[] Shown =
    [
        "version", "uptime", "curr_connections", "curr_items", "bytes", "limit_maxbytes", "get_hits", "get_misses", "cmd_set", "evictions",
    ];

    /// <summary>Writes the table.</summary>
    /// <param name="names">The names of the servers.</param>
    /// <param name="statistics">Their statistics in the same order; null for a server that did not answer.</param>
    public static string Write(IReadOnlyList<string> names, IReadOnlyList<IReadOnlyDictionary<string, string>?> statistics)
    {
        var table = new StringBuilder();
        AddRow(table, "", names);
        AddRow(table, "---", names.Select(_ => "---:"));
        AddRow(table, "state", statistics.Select(each => each is null ? "silent" : "answers"));
        AddRow(table, "hit rate", statistics.Select(HitRate));
        foreach (var name in Shown)
        {
            AddRow(table, name, statistics.Select(each => each?.GetValueOrDefault(name) ?? ""));
        }

        return table.ToString();
    }

    private static void AddRow(StringBuilder table, string name, IEnumerable<string> cells) =>
        table.Append("| ").Append(name).Append(" | ").AppendJoin(" | ", cells).Append(" |\n");

    private static string HitRate(IReadOnlyDictionary<string, string>? statistics)
    {
        if (statistics is null
            || !long.TryParse(statistics.GetValueOrDefault("get_hits"), CultureInfo.InvariantCulture, out var hits)
            || !long.TryParse(statistics.GetValueOrDefault("get_misses"), CultureInfo.InvariantCulture, out var misses)
            || hits + misses == 0)
        {
            return "";
        }

        return string.Create(CultureInfo.InvariantCulture, $"{100.0 * hits / (hits + misses):0.0} %");
    }
}
