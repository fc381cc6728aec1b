using System.Diagnostics;
using System.Text.Json;
using TypedCache.Tool.Tests.Contracts;
using TypedCache.Tool.Tests.Servers;
using TypedCache.Values;

namespace TypedCache.Tool.Tests.Live;

/// <summary><c>typedcache top</c> on real servers.</summary>
[Collection(OnThreeServers.Name)]
public sealed class TopCommandTests(ThreeServers servers)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Each_interval_is_a_table_where_it_is_no_terminal()
    {
        servers.ConnectEmpty().Dispose();

        var run = await ToolRun.OfAsync("top", "--servers", servers.List, "--interval", "100ms", "-n", "2");

        Assert.Equal(0, run.Code);
        run.AssertFits();
        Assert.Equal(2, run.Lines.Count(line => line.StartsWith("total ", StringComparison.Ordinal)));
        Assert.All(servers.Addresses, address => Assert.Equal(2, run.Lines.Count(line => line.StartsWith($"{address} ", StringComparison.Ordinal))));
        Assert.DoesNotContain('\u001b', run.Shown);
        Assert.Matches("127.0.0.1:\\d+ +0 +- +0 +0 +\\d+ B +0 % +\\d+ +\\d+\\.\\d\\d ms", run.Shown);
    }

    [Fact]
    public async Task Rates_and_hot_patterns_are_those_of_the_load()
    {
        await using var pool = servers.ConnectEmpty();
        using var contract = ContractOnDisk.Shop();
        using var end = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        await pool.SetAsync("shop:views:1", "x", CacheCodecs.String, cancellationToken: Cancel);
        var load = Task.Run(() => ReadAsync(pool, end.Token), Cancel);

        // On a busy machine an interval can pass without a read.
        var waited = Stopwatch.StartNew();
        JsonElement view;
        do
        {
            Assert.True(waited.Elapsed < TimeSpan.FromSeconds(60), "The reads are seen.");
            var run = await ToolRun.OfAsync("top", "--servers", servers.List, "--interval", "400ms", "-n", "1", "--json", "--contract", contract.Path);
            Assert.Equal(0, run.Code);
            view = JsonDocument.Parse(Assert.Single(run.Lines)).RootElement;
        }
        while (view.GetProperty("hot").GetArrayLength() < 2 || view.GetProperty("total").GetProperty("gets").GetDouble() == 0);

        await end.CancelAsync();
        await load;
        Assert.Equal(
            ["(no pattern)", "shop:views:{id}"],
            view.GetProperty("hot").EnumerateArray().Select(pattern => pattern.GetProperty("pattern").GetString()).Order(StringComparer.Ordinal));
        var views = view.GetProperty("hot").EnumerateArray().Single(pattern => pattern.GetProperty("pattern").GetString() == "shop:views:{id}");
        Assert.Equal(1, views.GetProperty("hitRate").GetDouble());
        Assert.InRange(views.GetProperty("share").GetDouble(), 0.01, 0.99);
        Assert.Equal(
            view.GetProperty("total").GetProperty("gets").GetDouble(),
            view.GetProperty("servers").EnumerateArray().Sum(server => server.GetProperty("gets").GetDouble()),
            tolerance: 1);
        Assert.InRange(view.GetProperty("total").GetProperty("hitRate").GetDouble(), 0.01, 0.99);
        Assert.Equal(3, view.GetProperty("servers").GetArrayLength());
    }

    [Fact]
    public async Task In_a_terminal_it_is_drawn_in_place()
    {
        servers.ConnectEmpty().Dispose();

        var run = await ToolRun.InTerminalAsync("top", "--servers", servers.List, "--interval", "100ms", "-n", "2", "--hot", "0");

        Assert.Equal(0, run.Code);
        Assert.Contains("\u001b[", run.Shown, StringComparison.Ordinal);
        Assert.All(servers.Addresses, address => Assert.Contains(address, run.Shown, StringComparison.Ordinal));
        Assert.DoesNotContain("hot patterns", run.Shown, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_silent_server_is_told_and_a_silent_cluster_has_code_1()
    {
        servers.ConnectEmpty().Dispose();

        var some = await ToolRun.OfAsync("top", "--servers", $"{servers.Addresses[0]},127.0.0.1:1", "--interval", "100ms", "-n", "1");
        var none = await ToolRun.OfAsync("top", "--servers", "127.0.0.1:1", "--interval", "100ms", "-n", "1", "--json");

        Assert.Equal(0, some.Code);
        some.AssertFits();
        Assert.Matches("127.0.0.1:1 +silent", some.Shown);
        Assert.Contains("127.0.0.1:1 cannot be reached", some.Shown, StringComparison.Ordinal);
        Assert.Equal(1, none.Code);
        Assert.Contains("cannot be reached", none.Json.GetProperty("servers")[0].GetProperty("error").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--interval", "1ms")]
    [InlineData("--interval", "soon")]
    [InlineData("--hot", "-1")]
    [InlineData("--iterations", "-1")]
    public async Task Arguments_that_are_not_valid_have_code_2(params string[] arguments)
    {
        var run = await ToolRun.OfAsync(["top", "--servers", "127.0.0.1:1", .. arguments]);

        Assert.Equal(2, run.Code);
        Assert.Equal("", run.Shown);
        Assert.Contains(arguments[0], run.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("top", "--interval", "2147483647d")]
    [InlineData("top", "--interval", "50d")]
    [InlineData("watch", "--for", "60d")]
    [InlineData("watch", "--for", "2147483647d2147483647d")]
    public async Task Times_that_are_too_long_are_refused_with_the_limit(string command, string option, string time)
    {
        var run = await ToolRun.OfAsync(command, "--servers", "127.0.0.1:1", option, time);

        Assert.Equal((2, ""), (run.Code, run.Shown));
        Assert.StartsWith($"{option} has to be a time from 100ms to 49d, such as ", run.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_longest_time_is_taken() =>
        Assert.Equal(1, (await ToolRun.OfAsync("watch", "--servers", "127.0.0.1:1", "--for", "49d")).Code);

    private static async Task ReadAsync(MemcachedPool pool, CancellationToken end)
    {
        while (!end.IsCancellationRequested)
        {
            await pool.GetAsync("shop:views:1", CacheCodecs.String, CancellationToken.None);
            await pool.GetAsync("nothing", CacheCodecs.String, CancellationToken.None);
        }
    }
}
