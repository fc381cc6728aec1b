using System.CommandLine;
using System.Globalization;
using Spectre.Console;
using TypedCache.Tool.Contracts;
using TypedCache.Tool.Output;
using TypedCache.Tool.Servers;

namespace TypedCache.Tool.Census;

/// <summary><c>typedcache keys</c>: what there is in a cluster, by pattern.</summary>
/// <param name="console">Where it is shown.</param>
/// <param name="errors">Where progress is told, and which servers did not answer.</param>
internal sealed class KeysCommand(IAnsiConsole console, ErrorStream errors)
{
    private const int Largest = 10;

    private readonly ClusterOptions _cluster = new();
    private readonly ContractOption _contract = new();
    private readonly Option<bool> _json = JsonOption.Create();
    private readonly Option<int> _largest = new("--largest")
    {
        Description = "how many of the largest items are shown",
        HelpName = "number",
        DefaultValueFactory = _ => Largest,
    };

    public Command Create()
    {
        var command = new Command("keys", "Shows what there is in a cluster: items and bytes by pattern, times to live, largest items.") { _contract.Option, _largest, _json };
        _largest.RequireAtLeast(0);
        _cluster.AddTo(command);
        command.SetAction(RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var patterns = _contract.CreateTable<ItemGroup>(parsed, _cluster.Client(parsed).KeyPrefix);
        await using var pool = _cluster.Connect(parsed);
        var census = new KeyCensus(patterns, parsed.GetValue(_largest));
        var failures = await TakeAsync(pool, new CensusTaker(census), cancellationToken);
        foreach (var failure in failures)
        {
            errors.WriteLine(failure);
        }

        var isEmpty = failures.Count == pool.Servers.Count && census.All.Items == 0;
        if (parsed.GetValue(_json))
        {
            JsonText.Write(console, json => CensusJson.Write(json, census, pool.Servers.Count, failures));
        }
        else if (!isEmpty)
        {
            new CensusReport(console).Write(census, pool.Servers.Count, failures.Count);
        }

        return isEmpty ? ToolCommand.Failed : 0;
    }

    private async Task<List<string>> TakeAsync(MemcachedPool pool, CensusTaker taker, CancellationToken cancellationToken)
    {
        var statistics = await pool.GetStatsAsync(cancellationToken: cancellationToken);
        var expected = statistics.Sum(reply => Number(reply, "curr_items"));
        using var progress = errors.ShowProgress(() => $"{Shown.Count(taker.Counted)} of about {Shown.Count(expected)} items");
        var failures = await Task.WhenAll(statistics.Select(reply => CountAsync(taker, reply, cancellationToken)));
        return [.. failures.OfType<string>()];
    }

    private static async Task<string?> CountAsync(CensusTaker taker, ServerReply<IReadOnlyDictionary<string, string>> statistics, CancellationToken cancellationToken)
    {
        if (!statistics.Answered)
        {
            return statistics.Error!.Message;
        }

        try
        {
            // The clocks of servers and of this machine need not agree.
            await taker.CountAsync(statistics.Server, Number(statistics, "time"), cancellationToken);
            return null;
        }
        catch (ServerException refused)
        {
            return refused.Message;
        }
    }

    private static long Number(ServerReply<IReadOnlyDictionary<string, string>> reply, string name) =>
        long.TryParse(reply.Value?.GetValueOrDefault(name), CultureInfo.InvariantCulture, out var number) ? number : 0;
}
