using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Spectre.Console;
using TypedCache.Tool.Output;

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
    private readonly Option<bool> _json = JsonOption.Create("write JSON, with every statistic");
    private readonly Option<bool> _all = new("--all") { Description = "show every statistic, not only the usual ones" };

    public Command Create()
    {
        var command = new Command("stats", "Shows the statistics of all servers side by side.") { _all, _json };
        _cluster.AddTo(command);
        command.SetAction(RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        await using var pool = _cluster.Connect(parsed);
        var replies = await pool.GetStatsAsync(cancellationToken: cancellationToken);
        if (parsed.GetValue(_json))
        {
            JsonText.Write(console, json => Write(json, replies));
        }
        else
        {
            Show(replies, parsed.GetValue(_all));
        }

        return replies.Any(reply => reply.Answered) ? 0 : ToolCommand.Failed;
    }

    private static void Write(Utf8JsonWriter json, IReadOnlyList<ServerReply<IReadOnlyDictionary<string, string>>> replies)
    {
        json.WriteStartArray();
        foreach (var reply in replies)
        {
            json.WriteStartObject();
            json.WriteString("server", reply.Server.Name);
            if (reply.Error is { } error)
            {
                json.WriteString("error", error.Message);
            }

            json.WriteStartObject("statistics");
            foreach (var (name, value) in reply.Value ?? new Dictionary<string, string>())
            {
                json.WriteString(name, value);
            }

            json.WriteEndObject();
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private void Show(IReadOnlyList<ServerReply<IReadOnlyDictionary<string, string>>> replies, bool all)
    {
        var names = all ? [.. replies.SelectMany(reply => reply.Value?.Keys ?? []).Distinct().Order()] : Usual;
        var statistics = new ServerTable("");
        foreach (var reply in replies)
        {
            statistics.AddServer(reply.Server.Name);
        }

        statistics.AddRow("state", replies.Select(reply => reply.Answered ? "answers" : "silent"));
        statistics.AddRow("hit rate", replies.Select(HitRate));
        foreach (var name in names)
        {
            statistics.AddRow(Shown.Printable(name), replies.Select(reply => Shown.Printable(reply.Value?.GetValueOrDefault(name, "") ?? "")));
        }

        statistics.Write(console);
        foreach (var reply in replies.Where(reply => !reply.Answered))
        {
            console.WriteLine(Shown.Printable(reply.Error!.Message));
        }
    }

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
