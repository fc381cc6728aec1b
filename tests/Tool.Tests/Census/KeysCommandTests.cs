using System.Globalization;
using System.Text;
using TypedCache.Tool.Output;
using TypedCache.Tool.Tests.Contracts;
using TypedCache.Tool.Tests.Servers;
using TypedCache.Values;

namespace TypedCache.Tool.Tests.Census;

/// <summary><c>typedcache keys</c> on real servers, and on some that do not do what it wants.</summary>
[Collection(OnThreeServers.Name)]
public sealed class KeysCommandTests(ThreeServers servers)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Items_and_bytes_are_counted_by_learned_patterns()
    {
        await using var pool = servers.ConnectEmpty();
        for (var i = 0; i < 60; i++)
        {
            await pool.SetAsync($"shop:product:{i}", new string('x', 100), CacheCodecs.String, TimeSpan.FromMinutes(5), Cancel);
        }

        await pool.SetAsync("shop:about", "text", CacheCodecs.String, cancellationToken: Cancel);
        await pool.GetAsync("shop:about", CacheCodecs.String, Cancel);

        var run = await ToolRun.OfAsync("keys", "--servers", servers.List);
        var json = (await ToolRun.OfAsync("keys", "--servers", servers.List, "--json")).Json;

        Assert.Equal(0, run.Code);
        run.AssertFits();
        Assert.Matches("^61 items, .* on 3 servers", run.Shown);
        Assert.Matches("shop:product:\\* +│ +60 │ 98.4 % │", run.Shown);
        Assert.Matches("shop:about +│ +1 │ +1.6 % │", run.Shown);
        Assert.Matches("<= 10m +│ +60 │ ██", run.Shown);
        Assert.Matches("no limit +│ +1 │", run.Shown);
        Assert.Equal("", run.Errors);
        var all = json.GetProperty("all");
        Assert.Equal((61, 60), (all.GetProperty("items").GetInt32(), all.GetProperty("neverRead").GetInt32()));
        Assert.Equal(60, all.GetProperty("timeToLive").GetProperty("<= 10m").GetInt32());
        var product = json.GetProperty("patterns")[0];
        Assert.Equal(("shop:product:*", 60), (product.GetProperty("pattern").GetString(), product.GetProperty("items").GetInt32()));
        Assert.InRange(product.GetProperty("bytes").GetInt64(), 60 * 150, 60 * 200);
    }

    [Fact]
    public async Task Keys_are_told_apart_by_a_contract_and_the_others_are_sampled()
    {
        await using var pool = servers.ConnectEmpty(new MemcachedPoolOptions { KeyPrefix = "app/" });
        for (var i = 0; i < 30; i++)
        {
            await pool.SetAsync($"shop:v2:product:{i}", "x", CacheCodecs.String, cancellationToken: Cancel);
            await pool.SetAsync($"old:thing:{i}", "x", CacheCodecs.String, cancellationToken: Cancel);
        }

        await pool.SetAsync("shop:v2:product:x", "x", CacheCodecs.String, cancellationToken: Cancel);
        servers.Ask(servers.Addresses[0], "set shop:v2:product:1 0 0 1\r\nx\r\n");
        using var contract = ContractOnDisk.Shop();

        var run = await ToolRun.OfAsync("keys", "--servers", servers.List, "--contract", contract.Path, "--prefix", "app/");
        var json = (await ToolRun.OfAsync("keys", "--servers", servers.List, "--contract", contract.Path, "--prefix", "app/", "--json")).Json;

        Assert.Equal(0, run.Code);
        run.AssertFits();
        Assert.Matches("shop:v2:product:{id} +│ +30 │", run.Shown);
        Assert.Matches("\\(no pattern\\) +│ +32 │", run.Shown);
        Assert.Equal(20, run.Lines.Count(line => line.StartsWith("  app/old:thing:", StringComparison.Ordinal) || line.StartsWith("  app/shop:v2:product:x", StringComparison.Ordinal) || line == "  shop:v2:product:1"));
        var unmatched = json.GetProperty("unmatched");
        Assert.Equal(32, unmatched.GetProperty("items").GetInt32());
        Assert.Equal(20, unmatched.GetProperty("sample").GetArrayLength());
        Assert.Equal(
            ["app/old: 30", "app/shop: 1", "shop: 1"],
            unmatched.GetProperty("prefixes").EnumerateArray().Select(prefix => $"{prefix.GetProperty("prefix").GetString()} {prefix.GetProperty("items").GetInt32()}").Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task The_largest_items_are_named_with_their_server_and_binary_keys_are_shown()
    {
        await using var pool = servers.ConnectEmpty();
        await pool.SetAsync("large", new byte[5000], CacheCodecs.Bytes, cancellationToken: Cancel);
        await pool.SetAsync("small", new byte[50], CacheCodecs.Bytes, cancellationToken: Cancel);
        servers.Ask(servers.Addresses[1], "ms AAECAyA= 4000 b\r\n" + new string('x', 4000) + "\r\n");

        var run = await ToolRun.OfAsync("keys", "--servers", servers.List, "--largest", "2");

        Assert.Matches($"large +│ 4.9 KiB │ {pool.FindServer("large").Name} ", run.Shown);
        Assert.Matches($"\\\\x00\\\\x01\\\\x02\\\\x03\\\\x20 +│ [34]\\.\\d KiB │ {servers.Addresses[1]}", run.Shown);
        Assert.DoesNotMatch("small +│ [\\d]+ B │ 127", run.Shown);
    }

    [Theory]
    [InlineData("BUSY currently processing crawler request\r\n", "is listing its keys for someone else")]
    [InlineData("CLIENT_ERROR lru crawler disabled\r\n", "runs without its LRU crawler")]
    [InlineData("ERROR\r\n", "does not list its keys")]
    [InlineData("key=a exp=-1 la=999990 cas=1 fetch=no cls=1 size=60\nEN\u001b[2J\r\n", "answered something that memcached does not: EN\\x1b[2J")]
    [InlineData("", "has closed the connection")]
    public async Task A_server_that_refuses_is_told_with_the_reason(string answer, string reason)
    {
        using var server = new FakeServer(command => command.StartsWith("lru_crawler", StringComparison.Ordinal) ? answer : null);

        var run = await ToolRun.OfAsync("keys", "--servers", server.Address);

        Assert.Equal(answer.StartsWith("key=", StringComparison.Ordinal) ? 0 : 1, run.Code);
        Assert.Contains(reason, run.Errors, StringComparison.Ordinal);
        Assert.Contains(server.Address, run.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_others_are_counted_where_one_server_is_missing()
    {
        await using var pool = servers.ConnectEmpty();
        using var list = new FakeServer(command => command.StartsWith("lru_crawler", StringComparison.Ordinal) ? "ERROR\r\n" : null);
        servers.Ask(servers.Addresses[0], "set a 0 0 1\r\nx\r\n");

        var run = await ToolRun.OfAsync("keys", "--servers", $"{servers.Addresses[0]},{list.Address}", "--json");

        Assert.Equal(0, run.Code);
        Assert.False(run.Json.GetProperty("complete").GetBoolean());
        Assert.Equal(1, run.Json.GetProperty("all").GetProperty("items").GetInt32());
        Assert.Contains(list.Address, run.Json.GetProperty("errors")[0].GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Keys_without_a_pattern_are_counted_by_what_they_begin_with()
    {
        using var contract = ContractOnDisk.Shop();
        var list = new StringBuilder();
        foreach (var key in Enumerable.Range(0, 999).Select(i => $"p{i}%3Ax").Concat(["a%20b%3A1", "one", "two", "late%3A1", "a%20b%3A2"]))
        {
            list.Append(CultureInfo.InvariantCulture, $"key={key} exp=-1 la=999999 cas=1 fetch=yes cls=1 size=100\n");
        }

        using var server = new FakeServer(command => command.StartsWith("lru_crawler", StringComparison.Ordinal) ? $"{list}END\r\n" : null);

        var run = await ToolRun.OfAsync("keys", "--servers", server.Address, "--contract", contract.Path, "--json");

        var prefixes = run.Json.GetProperty("unmatched").GetProperty("prefixes").EnumerateArray()
            .ToDictionary(prefix => prefix.GetProperty("prefix").GetString()!, prefix => prefix.GetProperty("items").GetInt32());
        Assert.Equal(1002, prefixes.Count);
        Assert.Equal((2, 2, 1), (prefixes["(no colon)"], prefixes["a\\x20b:"], prefixes["(others)"]));
    }

    [Fact]
    public async Task Many_keys_take_no_more_room_than_few()
    {
        const int Count = 200_000;
        var list = new StringBuilder();
        for (var i = 0; i < Count; i++)
        {
            list.Append(CultureInfo.InvariantCulture, $"key=user%3A{Name(i)}%3Aorder%3A{i} exp=1000100 la=999999 cas=1 fetch=yes cls=1 size=100\n");
        }

        using var server = new FakeServer(command => command.StartsWith("lru_crawler", StringComparison.Ordinal) ? $"{list}END\r\n" : null);

        var run = await ToolRun.OfAsync("keys", "--servers", server.Address, "--json");

        var pattern = Assert.Single(run.Json.GetProperty("patterns").EnumerateArray());
        Assert.Equal("user:*:order:*", pattern.GetProperty("pattern").GetString());
        Assert.Equal(Count, pattern.GetProperty("items").GetInt32());
        Assert.Equal(Count, pattern.GetProperty("timeToLive").GetProperty("<= 10m").GetInt32());
        Assert.True(run.Shown.Length < 5000);
    }

    [Fact]
    public async Task A_census_that_is_ended_has_code_130()
    {
        using var end = new CancellationTokenSource();
        using var server = new FakeServer(command =>
        {
            if (command.StartsWith("lru_crawler", StringComparison.Ordinal))
            {
                end.Cancel();
                return "key=a exp=-1 la=999990 cas=1 fetch=no cls=1 size=60\n";
            }

            return null;
        });
        using var text = new StringWriter();

        var code = await new ToolCommand(ToolRun.CreateConsole(text, 80), new ErrorStream(text, IsTerminal: false)).RunAsync(["keys", "--servers", server.Address], end.Token);

        Assert.Equal((130, ""), (code, text.ToString()));
    }

    // A name without digits.
    private static string Name(int number) => string.Concat(number.ToString(CultureInfo.InvariantCulture).Select(digit => (char)('a' + digit - '0')));
}
