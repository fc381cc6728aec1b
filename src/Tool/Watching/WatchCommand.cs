using System.CommandLine;
using Spectre.Console;
using TypedCache.Tool.Contracts;
using TypedCache.Tool.Keys;
using TypedCache.Tool.Output;

namespace TypedCache.Tool.Watching;

/// <summary><c>typedcache watch</c>: what happens to keys, as it happens.</summary>
/// <param name="console">Where it is shown.</param>
/// <param name="errors">Where it is told which servers cannot be watched, and what they have left out.</param>
internal sealed class WatchCommand(IAnsiConsole console, ErrorStream errors)
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private readonly ClusterOptions _cluster = new();
    private readonly ContractOption _contract = new();
    private readonly Argument<string> _keys = new("keys")
    {
        Description = "which keys: a text with * for anything and ? for any byte, or a pattern of the contract as it is written there",
        DefaultValueFactory = _ => "*",
    };

    private readonly Option<bool> _summary = new("--summary") { Description = "show how many events each pattern has in a second, not each event" };
    private readonly DurationOption _for = new("--for", "how long to watch, such as 10s; without it until Ctrl+C", standard: null, TimeSpan.FromMilliseconds(100));
    private readonly Option<int> _count = new("--count", "-n") { Description = "after how many events to end; 0: at Ctrl+C", HelpName = "number" };
    private readonly Option<bool> _json = JsonOption.Create("write a JSON object on a line of its own for each event, or each second");

    public Command Create()
    {
        var command = new Command("watch", "Shows reads, writes and evictions of keys as they happen.") { _keys, _summary, _for.Option, _count, _contract.Option, _json };
        _count.RequireAtLeast(0);
        _cluster.AddTo(command);
        command.SetAction(RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var prefix = _cluster.Client(parsed).KeyPrefix;
        var filter = new KeyFilter(parsed.GetValue(_keys)!, _contract.Read(parsed), prefix);
        await using var pool = _cluster.Connect(parsed);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        if (_for.ValueOrNone(parsed) is { } duration)
        {
            end.CancelAfter(duration);
        }

        return parsed.GetValue(_summary)
            ? await SummarizeAsync(pool, filter, new EventSummary(_contract.CreateTable<EventCount>(parsed, prefix)), parsed, end)
            : await ListAsync(pool, filter, parsed, end.Token);
    }

    private async Task<int> ListAsync(MemcachedPool pool, KeyFilter filter, ParseResult parsed, CancellationToken end)
    {
        var lines = new EventLines(console, parsed.GetValue(_json));
        var left = Limit(parsed);
        using var watcher = new ClusterWatcher(filter, (server, in found, key, pattern) =>
        {
            lines.Write(ShownEvent.Of(server, found, ShownKey.Of(key), pattern));
            return --left > 0;
        });
        return Result(await watcher.RunAsync(pool.Servers, errors.WriteLine, end), watcher);
    }

    private async Task<int> SummarizeAsync(MemcachedPool pool, KeyFilter filter, EventSummary summary, ParseResult parsed, CancellationTokenSource end)
    {
        var left = Limit(parsed);
        using var watcher = new ClusterWatcher(filter, (_, in found, key, _) =>
        {
            summary.Add(found, key);
            return --left > 0;
        });
        var watching = watcher.RunAsync(pool.Servers, errors.WriteLine, end.Token);
        if (parsed.GetValue(_json))
        {
            await RepeatAsync(watching, () => JsonText.WriteLine(console, json => EventSummary.Write(json, summary.Take())));
        }
        else if (console.Profile.Capabilities.Interactive && console.Profile.Out.IsTerminal)
        {
            await console.Live(new Text("")).StartAsync(live => RepeatAsync(watching, () => live.UpdateTarget(EventSummary.Report(summary.Take()))));
        }
        else
        {
            await RepeatAsync(watching, () => console.Write(EventSummary.Report(summary.Take())));
        }

        return Result(await watching, watcher);
    }

    // Once a second, and for the last time when the watching has ended.
    private static async Task RepeatAsync(Task<bool> watching, Action show)
    {
        while (!watching.IsCompleted)
        {
            await Task.WhenAny(watching, Task.Delay(Second));
            if (!watching.IsCompleted || await watching)
            {
                show();
            }
        }
    }

    private long Limit(ParseResult parsed) => parsed.GetValue(_count) is > 0 and var count ? count : long.MaxValue;

    private int Result(bool isWatched, ClusterWatcher watcher)
    {
        if (watcher.Skipped > 0)
        {
            errors.WriteLine($"The servers left out {Shown.Count(watcher.Skipped)} events, because more happened than could be read here.");
        }

        return isWatched ? 0 : ToolCommand.Failed;
    }
}
