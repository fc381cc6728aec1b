using System.CommandLine;
using System.Globalization;
using Spectre.Console;

namespace TypedCache.Tool;

/// <summary><c>typedcache stats</c>: the statistics of all servers side by side.</summary>
/// <param name="console">Where everything is shown.</param>
internal sealed class StatsCommand(IAnsiConsole console)
{
    private static readonly string[] Usual =
    [
        "version", "uptime", "curr_connections", "curr_items", "total_items", "bytes", "limit_maxbytes", "cmd_get", "get_hits",
        "get_misses", "cmd_set", "evictions",
    ];

    private readonly ClusterOptions _cluster = new();
    private readonly Option<bool> _all = new("--all") { Description = "show every statistic, not only the usual ones" };

    public Command Create()
    {
        var command = new Command("stats", "Shows the statistics of all servers side by side.") { _all };
        _cluster.AddTo(command);
        command.SetAction(RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        await using var pool = _cluster.Connect(parsed);
        var replies = await pool.GetStatsAsync(cancellationToken: cancellationToken);
        var table = new Table().AddColumn("");
        foreach (var reply in replies)
        {
            table.AddColumn(new TableColumn(Markup.Escape(reply.Server.Name)).RightAligned());
        }

        AddRow(table, "state", replies, reply => reply.Answered ? "answers" : "does not answer");
        AddRow(table, "hit rate", replies, HitRate);
        var names = parsed.GetValue(_all) ? replies.SelectMany(reply => reply.Value?.Keys ?? []).Distinct().Order() : Usual.AsEnumerable();
        foreach (var name in names)
        {
            AddRow(table, name, replies, reply => reply.Value?.GetValueOrDefault(name, "") ?? "");
        }

        console.Write(table);
        foreach (var reply in replies.Where(reply => !reply.Answered))
        {
            console.WriteLine(reply.Error!.Message);
        }

        return replies.Any(reply => reply.Answered) ? 0 : ToolCommand.Failed;
    }

    private static void AddRow(
        Table table,
        string name,
        IReadOnlyList<ServerReply<IReadOnlyDictionary<string, string>>> replies,
        Func<ServerReply<IReadOnlyDictionary<string, string>>, string> cell) =>
        table.AddRow([name, .. replies.Select(reply => Markup.Escape(cell(reply)))]);

    private static string HitRate(ServerReply<IReadOnlyDictionary<string, string>> reply)
    {
        if (reply.Value is not { } statistics
            || !long.TryParse(statistics.GetValueOrDefault("get_hits"), CultureInfo.InvariantCulture, out var hits)
            || !long.TryParse(statistics.GetValueOrDefault("cmd_get"), CultureInfo.InvariantCulture, out var gets)
            || gets == 0)
        {
            return "";
        }

        return string.Create(CultureInfo.InvariantCulture, $"{100.0 * hits / gets:0.0} %");
    }
}
