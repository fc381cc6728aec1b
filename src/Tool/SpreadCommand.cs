using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Spectre.Console;
using TypedCache.Tool.Output;

namespace TypedCache.Tool;

/// <summary><c>typedcache spread</c>: how keys spread over the servers. No server is asked.</summary>
/// <param name="console">Where everything is shown.</param>
internal sealed class SpreadCommand(IAnsiConsole console)
{
    private const int Seed = 1;
    private const int ShortestName = 20;
    private const int ShortestBar = 10;
    private const int LongestBar = 60;

    // What is neither the name nor the number of keys nor the bar: " 100.0 % (due 100.0 %) ", a blank before the keys, and one that
    // keeps the last column free.
    private const int Shares = 25;

    private readonly ClusterOptions _cluster = new();
    private readonly Option<FileInfo?> _keys = new("--keys") { Description = "a file with a key in each line", HelpName = "file" };
    private readonly Option<int> _random = new("--random")
    {
        Description = "how many random keys to use where no file is given",
        HelpName = "number",
        DefaultValueFactory = _ => 10_000,
    };

    private readonly Option<bool> _json = JsonOption.Create();

    public Command Create()
    {
        var command = new Command("spread", "Shows how keys spread over the servers.") { _keys, _random, _json };
        _random.RequireAtLeast(1);
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

        if (parsed.GetValue(_json))
        {
            JsonText.Write(console, json => Write(json, pool.Servers, counts, total));
        }
        else
        {
            Show(pool.Servers, counts, total);
        }

        return 0;
    }

    private static void Write(Utf8JsonWriter json, IReadOnlyList<MemcachedServer> servers, Dictionary<MemcachedServer, int> counts, int total)
    {
        json.WriteStartObject();
        json.WriteNumber("keys", total);
        json.WriteStartArray("servers");
        foreach (var server in servers)
        {
            json.WriteStartObject();
            json.WriteString("name", server.Name);
            json.WriteNumber("keys", counts[server]);
            json.WriteNumber("share", (double)counts[server] / Math.Max(1, total));
            json.WriteNumber("due", (double)server.Weight / servers.Sum(other => other.Weight));
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private void Show(IReadOnlyList<MemcachedServer> servers, Dictionary<MemcachedServer, int> counts, int total)
    {
        console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{total} keys"));
        var weights = servers.Sum(server => server.Weight);
        var most = Math.Max(1, counts.Values.Max());
        var keys = $"{most}".Length;
        var names = Math.Min(servers.Max(server => server.Name.Length), Math.Max(ShortestName, console.Profile.Width - keys - Shares - ShortestBar));
        var longest = Math.Clamp(console.Profile.Width - names - keys - Shares, ShortestBar, LongestBar);
        foreach (var server in servers)
        {
            var count = counts[server];
            var (share, due) = (100.0 * count / Math.Max(1, total), 100.0 * server.Weight / weights);
            var bar = new string('█', (int)Math.Round((double)longest * count / most));

            // A name that is too long for its column has a line of its own.
            var name = server.Name.Length <= names ? server.Name.PadRight(names) : $"{server.Name}\n{new string(' ', names)}";
            console.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"{name} {count.ToString(CultureInfo.InvariantCulture).PadLeft(keys)} {share,5:0.0} % (due {due,5:0.0} %) {bar}"));
        }
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
