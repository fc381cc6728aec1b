using TypedCache.Tool.Tests.Servers;

namespace TypedCache.Tool.Tests.Presets;

/// <summary>What the tool says of a cluster that belongs to another client. No server is asked, unless a test says so.</summary>
public sealed class PresetTests
{
    private static readonly string[] Keys =
        ["foo", "bar", "foobar", "user:1", "user:2", "user:1:profile", "session:deadbeef", "42", "-1", "a", "b", "Z"];

    private const string Eight =
        "127.0.2.1:11211, 127.0.2.2:11211, 127.0.2.3:11211, 127.0.2.4:11211, 127.0.2.5:11211, 127.0.2.6:11211, 127.0.2.7:11211, 127.0.2.8:11211";

    private const string Weighted =
        "127.0.8.1 weight=2, 127.0.8.2 weight=2, 127.0.8.3 weight=2, 127.0.8.4 weight=2, 127.0.8.5 weight=2, 127.0.8.6 weight=2, 127.0.8.7 weight=2, 127.0.8.8 weight=2";

    private const string Mixed =
        "localhost:11213 address=127.0.0.1, 127.0.5.2:11211, node-1.cache.test:11211 address=127.0.5.3, node-2.cache.test:12345 address=127.0.5.4, 127.0.5.5:65000";

    /// <summary>The names on the command line, which are those of connection strings but for the default.</summary>
    public static TheoryData<string> Names => [.. ClientPresets.All.Keys];

    // A digit for each of the keys: the index of the server to which the real client has sent it.
    [Theory]
    [InlineData("dalli", Eight, "220231273256")]
    [InlineData("dalli", Weighted, "700414742225")]
    [InlineData("enyim", Mixed, "041444014234")]
    [InlineData("enyim2", Mixed, "043223001000")]
    [InlineData("pymemcache", Eight, "545450150472")]
    [InlineData("spymemcached-ketama", Mixed, "234431013421")]
    [InlineData("node-memcached", Weighted, "057205050661")]
    public async Task Locate_answers_as_the_client_does(string preset, string servers, string recorded)
    {
        var names = new MemcachedPoolOptions().AddServers(servers).Servers.Select(static server => server.Name).ToArray();
        for (var i = 0; i < Keys.Length; i++)
        {
            var run = await ToolRun.OfAsync("locate", "--preset", preset, "--servers", servers, "--json", "--", Keys[i]);

            Assert.Equal((0, names[recorded[i] - '0']), (run.Code, run.Json.GetProperty("server").GetString()));
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Every_preset_is_that_of_connection_strings(string preset)
    {
        var name = preset == ClientPresets.Default ? "default" : preset;
        var known = ClientPresets.All[preset].Create();
        if (preset != "php-memcached-consistent")
        {
            var options = MemcachedConnectionString.Parse($"a; preset={name}").ToOptions();
            Assert.Equal(
                (options.ValueDialect, options.FailoverSequence, options.AllowFailover, options.HashKeyPrefix, options.KeyPolicy),
                (known.ValueDialect, known.FailoverSequence, known.AllowFailover, known.HashKeyPrefix, known.KeyPolicy));
        }

        var spread = await ToolRun.OfAsync("spread", "--preset", preset, "--servers", Eight, "--json");
        var plan = await ToolRun.OfAsync("plan", "--preset", preset, "--from", Eight, "--to", $"{Eight}, 127.0.2.9");

        Assert.Equal((0, 10_000), (spread.Code, spread.Json.GetProperty("keys").GetInt32()));
        Assert.Equal(0, plan.Code);
        Assert.Contains($"({ClientPresets.All[preset].Strategy})", plan.Shown, StringComparison.Ordinal);
        plan.AssertFits();
    }

    [Fact]
    public async Task Names_of_twemproxys_configuration_decide_its_ring_and_no_other()
    {
        const string Named = "10.0.0.7:11211 name=alpha, 10.0.0.8:11211 name=beta, 10.0.0.9:11211 name=gamma";
        await using var pool = MemcachedPool.Connect(MemcachedPoolOptions.ForTwemproxy().AddServers("alpha, beta, gamma"));
        var positions = pool.Servers.Select(static server => server.Name).ToList();
        for (var i = 0; i < Keys.Length; i++)
        {
            var located = await ToolRun.OfAsync("locate", "--preset", "twemproxy", "--servers", Named, "--json", "--", Keys[i]);

            Assert.Equal($"10.0.0.{7 + positions.IndexOf(pool.FindServer(Keys[i]).Name)}:11211", located.Json.GetProperty("server").GetString());
        }

        var plan = await ToolRun.OfAsync("plan", "--preset", "twemproxy", "--from", Named, "--to", $"{Named}, 10.0.0.10 name=delta", "--json");
        var refused = await ToolRun.OfAsync("spread", "--preset", "dalli", "--servers", Named);

        Assert.Equal(0, plan.Code);
        Assert.InRange(plan.Json.GetProperty("movedShare").GetDouble(), 0.15, 0.35);
        Assert.Equal(3, plan.Json.GetProperty("alternatives").GetArrayLength());
        Assert.Equal(ToolCommand.BadArguments, refused.Code);
        Assert.Contains("alpha", refused.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public void No_preset_of_the_product_is_missing() =>
        Assert.Equal(Enum.GetValues<MemcachedPreset>().Length, ClientPresets.All.Count - 1);

    [Fact]
    public async Task A_name_of_which_the_client_hashes_the_address_needs_one()
    {
        var run = await ToolRun.OfAsync("locate", "foo", "--preset", "enyim", "--servers", "cache-1:11211, cache-2:11211 address=10.0.0.8");

        Assert.Equal(ToolCommand.BadArguments, run.Code);
        Assert.Contains("cache-1:11211", run.Errors, StringComparison.Ordinal);
        Assert.Contains("address=", run.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("cache-2", run.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_preset_that_there_is_not_is_refused_with_those_that_there_are()
    {
        var meant = await ToolRun.OfAsync("locate", "foo", "--preset", "dali", "--servers", "a");
        var other = await ToolRun.OfAsync("locate", "foo", "--preset", "redis", "--servers", "a");

        Assert.Equal((ToolCommand.BadArguments, ToolCommand.BadArguments), (meant.Code, other.Code));
        Assert.StartsWith("--preset is 'dali'. Did you mean dalli?", meant.Errors, StringComparison.Ordinal);
        Assert.StartsWith($"--preset is 'redis'. It can be: {string.Join(", ", ClientPresets.All.Keys)}.", other.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_case_of_a_preset_does_not_count() =>
        Assert.Equal(0, (await ToolRun.OfAsync("locate", "foo", "--preset", "Dalli", "--hash", "Rendezvous", "--servers", "a, b")).Code);

    [Theory]
    [InlineData("locate")]
    [InlineData("keys")]
    public async Task Help_names_them_in_80_columns(string command)
    {
        var run = await ToolRun.OfAsync(command, "--help");

        run.AssertFits();
        var text = string.Join(' ', run.Shown.Split(default(char[]), StringSplitOptions.RemoveEmptyEntries));
        Assert.Contains(string.Join(", ", ClientPresets.All.Keys), text, StringComparison.Ordinal);
    }
}
