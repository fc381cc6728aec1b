using System.CommandLine;
using System.Globalization;
using Spectre.Console;

namespace TypedCache.Tool;

/// <summary><c>typedcache spread</c>: how keys spread over the servers. No server is asked.</summary>
/// <param name="console">Where everything is shown.</param>
internal sealed class SpreadCommand(IAnsiConsole console)
{
    private const int Seed = 1;
    private const int ChartWidth = 110;

    private readonly ClusterOptions _cluster = new();
    private readonly Option<FileInfo?> _keys = new("--keys") { Description = "a file with a key in each line", HelpName = "file" };
    private readonly Option<int> _random = new("--random")
    {
        Description = "how many random keys to use where no file is given",
        HelpName = "number",
        DefaultValueFactory = _ => 10_000,
    };

    public Command Create()
    {
        var command = new Command("spread", "Shows how keys spread over the servers.") { _keys, _random };
        _random.Validators.Add(static result =>
        {
            if (result.GetValueOrDefault<int>() < 1)
            {
                result.AddError("--random has to be at least 1.");
            }
        });
        _cluster.AddTo(command);
        command.SetAction(RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        await using var pool = _cluster.Connect(parsed);
        var keys = parsed.GetValue(_keys) is { } file
            ? File.ReadLines(file.FullName).Where(line => line.Length > 0)
            : RandomKeys(parsed.GetValue(_random));
        var counts = pool.Servers.ToDictionary(server => server, _ => 0);
        var total = 0;
        foreach (var key in keys)
        {
            cancellationToken.ThrowIfCancellationRequested();
            counts[pool.FindServer(key)]++;
            total++;
        }

        Show(pool.Servers, counts, total);
        return 0;
    }

    private void Show(IReadOnlyList<MemcachedServer> servers, Dictionary<MemcachedServer, int> counts, int total)
    {
        var weights = servers.Sum(server => server.Weight);
        var chart = new BarChart().Width(ChartWidth).Label($"{total} keys");
        foreach (var server in servers)
        {
            var share = 100.0 * counts[server] / Math.Max(1, total);
            var label = string.Create(
                CultureInfo.InvariantCulture, $"{server.Name} {share:0.0} % (by weight {100.0 * server.Weight / weights:0.0} %)");
            chart.AddItem(Markup.Escape(label), counts[server], Color.Blue);
        }

        console.Write(chart);
        console.WriteLine();
    }

    // The same keys in each run, so that two lists of servers can be compared.
    private static IEnumerable<string> RandomKeys(int count)
    {
        var random = new Random(Seed);
        for (var i = 0; i < count; i++)
        {
            yield return $"key:{random.NextInt64():x}";
        }
    }
}
