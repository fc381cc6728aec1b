using System.Globalization;
using Spectre.Console;
using Spectre.Console.Rendering;
using TypedCache.Tool.Output;

namespace TypedCache.Tool.Live;

/// <summary>What a cluster did, for people, in 80 columns.</summary>
internal static class TopReport
{
    private const double Good = 0.9;
    private const double Bad = 0.5;

    /// <summary>Makes it.</summary>
    public static IRenderable Of(ClusterView view)
    {
        var parts = new List<IRenderable>
        {
            new Text(string.Create(CultureInfo.InvariantCulture, $"{view.Time:HH:mm:ss}  {Shown.Count(view.Total.Items)} items in {Shown.Bytes(view.Total.Bytes)} of {Shown.Bytes(view.Total.Limit)}")),
            Servers(view),
        };
        if (view.Hot.Count > 0)
        {
            parts.Add(Hot(view));
        }

        parts.AddRange(view.Servers.Where(server => server.Error is not null).Select(server => new Text(Shown.Printable(server.Error!), new Style(Color.Red))));
        return new Rows(parts);
    }

    private static Table Servers(ClusterView view)
    {
        var table = Plain(1, "server", "get/s", "hits", "set/s", "evict/s", "bytes", "used", "conn", "latency");
        foreach (var server in view.Servers)
        {
            AddRow(table, server, "");
        }

        if (view.Servers.Count > 1)
        {
            AddRow(table, view.Total, "bold");
        }

        return table;
    }

    private static void AddRow(Table table, ServerRates server, string style)
    {
        string[] cells = server.Error is null
            ?
            [
                Shown.Rate(server.Gets), Hits(server.HitRate), Shown.Rate(server.Sets), server.Evictions > 0 ? $"[yellow]{Shown.Rate(server.Evictions)}[/]" : "0",
                Shown.Bytes(server.Bytes), server.Limit == 0 ? "-" : string.Create(CultureInfo.InvariantCulture, $"{100.0 * server.Bytes / server.Limit:0} %"),
                Shown.Count(server.Connections), server.Latency is { } latency ? string.Create(CultureInfo.InvariantCulture, $"{latency:0.00} ms") : "-",
            ]
            : ["[red]silent[/]", "", "", "", "", "", "", ""];
        table.AddRow([.. cells.Prepend(Markup.Escape(server.Name)).Select(cell => style.Length == 0 ? cell : $"[{style}]{cell}[/]")]);
    }

    private static string Hits(double rate) => double.IsNaN(rate) ? "-" : $"[{(rate >= Good ? "green" : rate < Bad ? "red" : "default")}]{Shown.Share(rate)}[/]";

    private static Table Hot(ClusterView view)
    {
        var table = Plain(3, "hot patterns", "of reads", "about get/s", "hits");
        foreach (var pattern in view.Hot)
        {
            table.AddRow(Markup.Escape(pattern.Pattern), Shown.Share(pattern.Share), Shown.Rate(pattern.Share * view.Total.Gets), Hits(pattern.HitRate));
        }

        return table;
    }

    // Without lines between columns, which take room.
    private static Table Plain(int gap, string first, params string[] numbers)
    {
        var table = new Table().Border(TableBorder.None).AddColumn(new TableColumn($"[underline]{first}[/]").Padding(0, 0, gap, 0));
        foreach (var number in numbers)
        {
            table.AddColumn(new TableColumn($"[underline]{number}[/]").RightAligned().NoWrap().Padding(0, 0, gap, 0));
        }

        return table;
    }
}
