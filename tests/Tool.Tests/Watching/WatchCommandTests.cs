using System.Text.Json;
using TypedCache.Tool.Tests.Contracts;
using TypedCache.Tool.Tests.Servers;
using TypedCache.Values;

namespace TypedCache.Tool.Tests.Watching;

/// <summary><c>typedcache watch</c> on real servers, and on some that do not let themselves be watched.</summary>
[Collection(OnThreeServers.Name)]
public sealed class WatchCommandTests(ThreeServers servers)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Each_event_of_the_wanted_keys_is_a_line()
    {
        await using var pool = servers.ConnectEmpty();
        var watching = ToolRun.OfAsync("watch", "shop:*", "--servers", servers.List, "--count", "5", "--for", "60s");
        await servers.UntilWatchedAsync(Cancel);
        await UseAsync(pool);

        var run = await watching;

        Assert.Equal((0, ""), (run.Code, run.Errors));
        Assert.Equal(5, run.Lines.Length);
        Assert.Contains(run.Lines, line => line.EndsWith($"get     miss                 shop:a:1  @{pool.FindServer("shop:a:1").Name}", StringComparison.Ordinal));
        Assert.Contains(run.Lines, line => line.EndsWith($"set     stored           3 B shop:a:1  @{pool.FindServer("shop:a:1").Name}", StringComparison.Ordinal));
        Assert.Contains(run.Lines, line => line.EndsWith($"get     hit              3 B shop:a:1  @{pool.FindServer("shop:a:1").Name}", StringComparison.Ordinal));
        Assert.Contains(run.Lines, line => line.Contains(" shop:v2:product:1  @", StringComparison.Ordinal));
        Assert.All(run.Lines, line => Assert.Matches("^\\d\\d:\\d\\d:\\d\\d\\.\\d{3} ", line));
    }

    [Fact]
    public async Task Events_are_objects_with_json_and_have_the_pattern_of_the_contract()
    {
        await using var pool = servers.ConnectEmpty();
        using var contract = ContractOnDisk.Shop();
        var watching = ToolRun.OfAsync("watch", "shop:v2:product:{id}", "--servers", servers.List, "--count", "3", "--for", "60s", "--contract", contract.Path, "--json");
        await servers.UntilWatchedAsync(Cancel);
        await UseAsync(pool);

        var events = (await watching).Lines.Select(line => JsonDocument.Parse(line).RootElement).ToList();

        Assert.Equal(["miss", "miss", "stored"], events.Select(found => found.GetProperty("result").GetString()).Order(StringComparer.Ordinal));
        Assert.All(events, found => Assert.Equal(
            ("shop:v2:product:1", "shop:v2:product:{id}"), (found.GetProperty("key").GetString(), found.GetProperty("pattern").GetString())));
        Assert.All(events, found => Assert.InRange(found.GetProperty("time").GetDateTimeOffset(), DateTimeOffset.UtcNow.AddHours(-1), DateTimeOffset.UtcNow.AddHours(1)));
    }

    [Fact]
    public async Task A_summary_counts_by_pattern()
    {
        await using var pool = servers.ConnectEmpty();
        var watching = ToolRun.OfAsync("watch", "--summary", "--servers", servers.List, "--count", "8", "--for", "60s", "--json");
        await servers.UntilWatchedAsync(Cancel);
        await UseAsync(pool);

        var counts = (await watching).Lines.Select(line => JsonDocument.Parse(line).RootElement)
            .SelectMany(second => second.GetProperty("patterns").EnumerateArray().Select(pattern =>
                (Pattern: pattern.GetProperty("pattern").GetString(), Gets: Count(second, pattern, "gets"), Hits: Count(second, pattern, "hits"), Writes: Count(second, pattern, "writes"))))
            .GroupBy(count => count.Pattern)
            .ToDictionary(group => group.Key!, group => (group.Sum(count => count.Gets), group.Sum(count => count.Hits), group.Sum(count => count.Writes)));

        Assert.Equal(["other", "shop:a:*", "shop:v2:product:*"], counts.Keys.Order(StringComparer.Ordinal));
        Assert.Equal((3, 1, 1), counts["shop:a:*"]);
        Assert.Equal((2, 0, 1), counts["shop:v2:product:*"]);
    }

    [Fact]
    public async Task In_a_terminal_lines_fit_and_a_summary_is_drawn_anew()
    {
        await using var pool = servers.ConnectEmpty();
        var watching = ToolRun.InTerminalAsync("watch", "--servers", servers.List, "--count", "1", "--for", "60s");
        await servers.UntilWatchedAsync(Cancel);
        await pool.GetAsync(new string('k', 200), CacheCodecs.String, Cancel);
        var line = Assert.Single((await watching).Lines);
        Assert.Equal(80, line.Length);
        Assert.EndsWith("kkk…", line, StringComparison.Ordinal);

        watching = ToolRun.InTerminalAsync("watch", "--summary", "--servers", servers.List, "--count", "8", "--for", "60s");
        await servers.UntilWatchedAsync(Cancel);
        await UseAsync(pool);
        Assert.Contains("shop:a:*", (await watching).Shown, StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_ends_after_its_time()
    {
        servers.ConnectEmpty().Dispose();

        var run = await ToolRun.OfAsync("watch", "--servers", servers.List, "--for", "200ms");

        Assert.Equal((0, "", ""), (run.Code, run.Shown, run.Errors));
    }

    [Theory]
    [InlineData("WATCHER_TOO_MANY log watcher limit reached\r\n", "has 20 watchers already")]
    [InlineData("ERROR\r\n", "cannot be watched: it is older")]
    [InlineData("\u001b[2J\r\n", "it answered \\x1b[2J")]
    [InlineData("OK\r\n", "")]
    [InlineData("", "has closed the connection")]
    public async Task A_server_that_cannot_be_watched_is_told_with_the_reason(string answer, string reason)
    {
        using var server = new FakeServer(command => command.StartsWith("watch", StringComparison.Ordinal) ? answer : null);

        var run = await ToolRun.OfAsync("watch", "--servers", server.Address, "--for", reason.Length == 0 ? "200ms" : "60s");

        Assert.Equal(reason.Length == 0 ? 0 : 1, run.Code);
        Assert.Contains(reason, run.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_the_server_left_out_is_told_and_lines_without_sense_are_passed_over()
    {
        using var server = new FakeServer(command => command.StartsWith("watch", StringComparison.Ordinal)
            ? "OK\r\nskipped=40\r\nERROR [skipped: 2]\n\nts=\nts=x gid= type=item_get key=\nnonsense\n\u0000\u0001\nts=1.5 gid=1 type=item_get key=a%20b%zz status=found clsid=1 cfd=1 size=9\n"
            : null);

        var run = await ToolRun.OfAsync("watch", "a*", "--servers", server.Address, "--count", "1", "--for", "60s");

        Assert.Equal(0, run.Code);
        Assert.EndsWith($"get     hit              9 B a\\x20b%zz  @{server.Address}", Assert.Single(run.Lines), StringComparison.Ordinal);
        Assert.Contains("The servers left out 42 events", run.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_a_server_tells_cannot_control_the_terminal()
    {
        using var server = new FakeServer(command => command.StartsWith("watch", StringComparison.Ordinal)
            ? "OK\r\nts=1.5 gid=1 type=item_store key=a%1b status=\u001b[2J cmd=\u001b]0;x\u0007 size=9\n"
            : null);

        var run = await ToolRun.OfAsync("watch", "--servers", server.Address, "--count", "1", "--for", "60s");

        Assert.EndsWith($" \\u001b]0;x\\u0007 \\u001b[2J        9 B a\\x1b  @{server.Address}", Assert.Single(run.Lines), StringComparison.Ordinal);
    }

    // A server reads an item before it writes it, and tells its watchers of that read as well.
    private static async Task UseAsync(MemcachedPool pool)
    {
        await pool.GetAsync("shop:a:1", CacheCodecs.String, Cancel);
        await pool.SetAsync("shop:a:1", "abc", CacheCodecs.String, cancellationToken: Cancel);
        await pool.GetAsync("shop:a:1", CacheCodecs.String, Cancel);
        await pool.GetAsync("other", CacheCodecs.String, Cancel);
        await pool.GetAsync("shop:v2:product:1", CacheCodecs.String, Cancel);
        await pool.SetAsync("shop:v2:product:1", "abc", CacheCodecs.String, cancellationToken: Cancel);
    }

    private static int Count(JsonElement second, JsonElement pattern, string name) =>
        (int)Math.Round(pattern.GetProperty(name).GetDouble() * second.GetProperty("seconds").GetDouble());
}
