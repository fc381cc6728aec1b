using System.Text.Json;
using Spectre.Console;
using TypedCache.Hashing;
using TypedCache.Tool;
using TypedCache.Tool.Output;

namespace TypedCache.Interop.Tests.Tool;

/// <summary><c>typedcache plan</c>, which needs no servers.</summary>
public sealed class PlanTests(ITestOutputHelper output)
{
    private const string Two = "cache-1, cache-2";
    private const string Three = "cache-1, cache-2, cache-3";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task It_shows_what_moves_from_where_to_where_and_what_each_server_holds()
    {
        var (code, shown) = await RunAsync("--from", Two, "--to", Three, "--hash", "rendezvous");
        var plan = await JsonAsync("--from", Two, "--to", Three, "--hash", "rendezvous");

        Assert.Equal(0, code);
        Assert.Contains($"{Percent(plan.GetProperty("movedShare"))} of the keys move (rendezvous). By the weights, 33.3 % have to.", shown, StringComparison.Ordinal);
        Assert.DoesNotContain("Nearly all", shown, StringComparison.Ordinal);
        Assert.DoesNotContain("Most keys", shown, StringComparison.Ordinal);
        foreach (var move in plan.GetProperty("moves").EnumerateArray())
        {
            Assert.Equal("cache-3:11211", move.GetProperty("to").GetString());
            Assert.Matches($"{move.GetProperty("from")} │ cache-3:11211 +│ +{Percent(move.GetProperty("share"))} ", shown);
        }

        foreach (var server in plan.GetProperty("servers").EnumerateArray())
        {
            Assert.Matches($"{server.GetProperty("name")} │ +{Percent(server.GetProperty("before"))} │ +{Percent(server.GetProperty("after"))} │ +33.3 % ", shown);
        }

        Assert.Matches("standard +│ +66.7 % │", shown);
        Assert.Matches("consistent +│ +39.3 % │", shown);
    }

    [Theory]
    [InlineData("--preset", "pecl2")]
    [InlineData("--preset", "php-memcached")]
    [InlineData("--hash", "standard")]
    public async Task It_says_plainly_that_nearly_all_keys_move(string option, string value)
    {
        var (code, shown) = await RunAsync("--from", "a,b,c,d", "--to", "a,b,c,d,e", option, value);

        Assert.Equal(0, code);
        Assert.Matches("^(79|80)\\.. % of the keys move", shown);
        Assert.Contains("Nearly all keys move, because ", shown, StringComparison.Ordinal);
        Assert.Contains("goes by the number and the order of the servers", shown.ReplaceLineEndings("").Replace("  ", " ", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_same_list_moves_nothing_and_its_order_matters_to_standard_alone()
    {
        var plan = await JsonAsync("--from", "a,b", "--to", "b,a");

        Assert.Equal(0, plan.GetProperty("movedShare").GetDouble());
        Assert.Equal(0, plan.GetProperty("leastShare").GetDouble());
        Assert.Empty(plan.GetProperty("moves").EnumerateArray());
        Assert.Equal([1.0, 0.0], plan.GetProperty("alternatives").EnumerateArray().Select(static other => other.GetProperty("movedShare").GetDouble()));
        var (code, shown) = await RunAsync("--from", "a,b", "--to", "a,b");
        Assert.Equal(0, code);
        Assert.StartsWith("0.0 % of the keys move (consistent). By the weights, 0.0 % have to.", shown, StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_is_the_share_that_a_pool_tells_of_its_change()
    {
        var told = new TaskCompletionSource<ServersChangedEventArgs>();
        await using var pool = MemcachedPool.InMemory(new MemcachedPoolOptions { KeyPrefix = "shop:", HashStrategy = HashStrategies.Rendezvous }.AddServers(Two));
        pool.ServersChanged += (_, change) => told.SetResult(change);
        await pool.UpdateServersAsync("cache-3 weight=2, cache-1", Cancel);

        var plan = await JsonAsync("--from", Two, "--to", "cache-3 weight=2, cache-1", "--hash", "rendezvous", "--prefix", "shop:");

        Assert.Equal((await told.Task).MovedShare, plan.GetProperty("movedShare").GetDouble());
        Assert.Equal(2.0 / 3, plan.GetProperty("leastShare").GetDouble(), precision: 9);
        var servers = plan.GetProperty("servers").EnumerateArray().ToDictionary(static server => server.GetProperty("name").GetString()!);
        Assert.Equal(JsonValueKind.Null, servers["cache-2:11211"].GetProperty("after").ValueKind);
        Assert.Equal(JsonValueKind.Null, servers["cache-3:11211"].GetProperty("before").ValueKind);
        Assert.Equal(["standard", "consistent"], plan.GetProperty("alternatives").EnumerateArray().Select(static other => other.GetProperty("strategy").GetString()));
    }

    [Fact]
    public async Task Large_clusters_and_long_names_fit_80_columns()
    {
        var many = $"{string.Join(',', Enumerable.Range(0, 60).Select(static i => $"10.0.0.{i}"))}, [fe80:1234:5678:9abc:def0:1234:5678:9abc]:65535, {new string('x', 60)}.invalid";

        var (code, shown) = await RunAsync("--from", many, "--to", $"new, {many}", "--preset", "php-memcached-consistent");

        Assert.Equal(0, code);
        Assert.All(shown.Split('\n'), static line => Assert.InRange(line.TrimEnd('\r').Length, 0, 80));
        Assert.DoesNotContain('…', shown);
        Assert.Matches("and [0-9]+ smaller moves, [0-9.]+ % together. --json shows all.", shown);
    }

    [Theory]
    [InlineData("--to: The server list 'a b c' is malformed", "--from", "a", "--to", "a b c")]
    [InlineData("--from: ", "--from", "", "--to", "a")]
    [InlineData("'--to' is required", "--from", "a")]
    [InlineData("--hash is 'nothing'. It can be: standard, consistent, rendezvous.", "--from", "a", "--to", "b", "--hash", "nothing")]
    [InlineData("The weights add up to 70000", "--from", "a", "--to", "a weight=70000")]
    public async Task What_is_not_valid_is_named_with_code_2(string expected, params string[] arguments)
    {
        using var errors = new StringWriter();
        var (code, shown) = await RunAsync(new ErrorStream(errors, IsTerminal: false), arguments);

        Assert.Equal((2, ""), (code, shown));
        Assert.Contains(expected, errors.ToString(), StringComparison.Ordinal);
        Assert.Contains("--help", errors.ToString(), StringComparison.Ordinal);
    }

    private static string Percent(JsonElement share) => share.ValueKind == JsonValueKind.Null ? "-" : FormattableString.Invariant($"{100 * share.GetDouble():0.0} %");

    private async Task<JsonElement> JsonAsync(params string[] arguments)
    {
        var (code, shown) = await RunAsync([.. arguments, "--json"]);
        Assert.Equal(0, code);
        using var json = JsonDocument.Parse(shown);
        return json.RootElement.Clone();
    }

    private Task<(int Code, string Shown)> RunAsync(params string[] arguments) => RunAsync(errors: null, arguments);

    private async Task<(int Code, string Shown)> RunAsync(ErrorStream? errors, string[] arguments)
    {
        using var text = new StringWriter();
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = AnsiSupport.No,
            ColorSystem = ColorSystemSupport.NoColors,
            Out = new AnsiConsoleOutput(text),
        });
        console.Profile.Width = 80;
        console.Profile.Capabilities.Unicode = true;
        var code = await new ToolCommand(console, errors).RunAsync(["plan", .. arguments]);
        output.WriteLine(text.ToString());
        return (code, text.ToString());
    }
}
