using System.CommandLine;
using Spectre.Console;
using TypedCache.Tool.Contracts;
using TypedCache.Tool.Output;

namespace TypedCache.Tool.Live;

/// <summary><c>typedcache top</c>: what a cluster does, now.</summary>
/// <param name="console">Where it is shown.</param>
internal sealed class TopCommand(IAnsiConsole console)
{
    private const int HotCount = 5;
    private static readonly TimeSpan ShortestInterval = TimeSpan.FromMilliseconds(100);

    private readonly ClusterOptions _cluster = new();
    private readonly ContractOption _contract = new();
    private readonly Option<bool> _json = JsonOption.Create("write a JSON object on a line of its own for each interval");
    private readonly DurationOption _interval = new("--interval", "how often it looks, such as 500ms or 2s", "2s", ShortestInterval);
    private readonly Option<int> _iterations = new("--iterations", "-n") { Description = "after how many intervals it ends; 0: at Ctrl+C", HelpName = "number" };
    private readonly Option<int> _hot = new("--hot")
    {
        Description = "how many hot patterns are shown; 0: none, and nothing is watched",
        HelpName = "number",
        DefaultValueFactory = _ => HotCount,
    };

    public Command Create()
    {
        var command = new Command("top", "Shows what the servers do: rates, hits, evictions, memory, latency, hot patterns.")
        {
            _interval.Option, _iterations, _hot, _contract.Option, _json,
        };
        _iterations.RequireAtLeast(0);
        _hot.RequireAtLeast(0);
        _cluster.AddTo(command);
        command.SetAction(RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var count = parsed.GetValue(_hot);
        var patterns = _contract.CreateTable<ReadCount>(parsed, _cluster.Client(parsed).KeyPrefix);
        await using var pool = _cluster.Connect(parsed);
        using var watch = new ClusterWatch(pool, count == 0 ? null : new HotPatterns(patterns, count));
        var interval = _interval.Value(parsed);
        var iterations = parsed.GetValue(_iterations) is > 0 and var limit ? limit : int.MaxValue;
        try
        {
            var isAnswered = (await watch.BeginAsync(cancellationToken)).Servers.Any(server => server.Error is null);
            if (parsed.GetValue(_json))
            {
                isAnswered |= await RepeatAsync(watch, interval, iterations, view => JsonText.WriteLine(console, json => TopJson.Write(json, view)), cancellationToken);
            }
            else if (console.Profile.Capabilities.Interactive && console.Profile.Out.IsTerminal)
            {
                isAnswered |= await console.Live(new Text("")).StartAsync(live => RepeatAsync(watch, interval, iterations, view => live.UpdateTarget(TopReport.Of(view)), cancellationToken));
            }
            else
            {
                isAnswered |= await RepeatAsync(watch, interval, iterations, view => console.Write(TopReport.Of(view)), cancellationToken);
            }

            return isAnswered ? 0 : ToolCommand.Failed;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return 0;
        }
    }

    // True: a server answered.
    private static async Task<bool> RepeatAsync(ClusterWatch watch, TimeSpan interval, int iterations, Action<ClusterView> show, CancellationToken cancellationToken)
    {
        var isAnswered = false;
        for (var i = 0; i < iterations; i++)
        {
            var view = await watch.NextAsync(interval, cancellationToken);
            isAnswered |= view.Servers.Any(server => server.Error is null);
            show(view);
        }

        return isAnswered;
    }
}
