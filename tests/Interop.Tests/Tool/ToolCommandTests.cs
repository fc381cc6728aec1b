using System.Globalization;
using System.Text.Json;
using Spectre.Console;
using TypedCache.Integration.Tests.External;
using TypedCache.Tool;
using TypedCache.Tool.Output;
using TypedCache.Values;

namespace TypedCache.Interop.Tests.Tool;

/// <summary>The command-line tool on three real servers.</summary>
public sealed class ToolCommandTests : IDisposable
{
    private readonly MemcachedProcess[] _servers = [.. Enumerable.Range(0, 3).Select(_ => MemcachedProcess.Start("-m", "16"))];
    private readonly ITestOutputHelper _output;

    public ToolCommandTests(ITestOutputHelper output) => _output = output;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private string Servers => string.Join(',', _servers.Select(server => server.Address));

    public void Dispose()
    {
        foreach (var server in _servers)
        {
            server.Dispose();
        }
    }

    [Theory]
    [InlineData("pecl", "a key", "a_key")]
    [InlineData("php-memcached", "user:7", "user:7")]
    [InlineData("pecl2", "é", "\\xc3\\xa9")]
    public async Task Locate_shows_server_bytes_and_failover_order(string preset, string key, string onWire)
    {
        var options = preset switch
        {
            "pecl" => MemcachedPoolOptions.ForPeclMemcache(),
            "pecl2" => MemcachedPoolOptions.ForPeclMemcache2(),
            _ => MemcachedPoolOptions.ForPhpMemcached(),
        };
        using var pool = MemcachedPool.Connect(options.AddServers(Servers));

        var (code, shown) = await RunAsync("locate", key, "--servers", Servers, "--preset", preset);

        Assert.Equal(0, code);
        Assert.Matches($"server +│ {pool.FindServer(key).Name} ", shown);
        Assert.Contains($" {onWire} ", shown, StringComparison.Ordinal);
        Assert.Contains(string.Join(", ", pool.Locate(key).Servers.Skip(1).Select(server => server.Name)), shown, StringComparison.Ordinal);
        Assert.Equal(preset == "php-memcached", shown.Contains(" none ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Locate_gets_flags_size_time_to_live_and_value()
    {
        using var pool = MemcachedPool.Connect(MemcachedPoolOptions.ForPeclMemcache().AddServers(Servers));
        await pool.SetAsync("answer", 42, CacheCodecs.Int32, TimeSpan.FromMinutes(10), Cancel);

        var (code, shown) = await RunAsync("locate", "answer", "--get", "--servers", Servers, "--preset", "pecl");

        Assert.Equal(0, code);
        Assert.Contains("0x300 (Integer)", shown, StringComparison.Ordinal);
        Assert.Contains("2 bytes", shown, StringComparison.Ordinal);
        Assert.Matches("time to live +│ (10m|9m5\\ds) ", shown);
        Assert.Matches("value +│ 42 ", shown);
    }

    [Fact]
    public async Task Json_has_what_the_tables_have()
    {
        using var pool = MemcachedPool.Connect(Servers);
        await pool.SetAsync("answer", 42, CacheCodecs.Int32, TimeSpan.FromMinutes(10), Cancel);

        var located = JsonDocument.Parse((await RunAsync("locate", "answer", "--get", "--servers", Servers, "--json")).Shown).RootElement;
        var (missed, nothing) = await RunAsync("locate", "nothing", "--get", "--servers", Servers, "--json");
        var missing = JsonDocument.Parse(nothing).RootElement;
        var stats = JsonDocument.Parse((await RunAsync("stats", "--servers", $"{Servers},127.0.0.1:1", "--json")).Shown).RootElement;
        var spread = JsonDocument.Parse((await RunAsync("spread", "--servers", Servers, "--json")).Shown).RootElement;

        Assert.Equal(pool.FindServer("answer").Name, located.GetProperty("server").GetString());
        Assert.Equal(pool.Locate("answer").Servers.Skip(1).Select(server => server.Name), located.GetProperty("failover").EnumerateArray().Select(server => server.GetString()));
        Assert.Equal(42, located.GetProperty("item").GetProperty("value").GetInt32());
        Assert.InRange(located.GetProperty("item").GetProperty("timeToLive").GetInt32(), 500, 600);
        Assert.Equal((1, JsonValueKind.Null, "no server has one"), (missed, missing.GetProperty("item").ValueKind, missing.GetProperty("error").GetString()));
        Assert.Equal(4, stats.GetArrayLength());
        Assert.Equal(1, stats.EnumerateArray().Take(3).Sum(server => int.Parse(server.GetProperty("statistics").GetProperty("curr_items").GetString()!, CultureInfo.InvariantCulture)));
        Assert.Contains("cannot be reached", stats[3].GetProperty("error").GetString(), StringComparison.Ordinal);
        Assert.Equal(10_000, spread.GetProperty("keys").GetInt32());
        Assert.Equal(1.0, spread.GetProperty("servers").EnumerateArray().Sum(server => server.GetProperty("share").GetDouble()), 6);
    }

    [Fact]
    public async Task A_missing_server_is_reported_and_the_others_are_shown()
    {
        _servers[1].Kill();

        var (code, shown) = await RunAsync("stats", "--servers", Servers);

        Assert.Equal(0, code);
        Assert.Contains(" silent ", shown, StringComparison.Ordinal);
        Assert.Contains($"{_servers[1].Address} cannot be reached", shown, StringComparison.Ordinal);
        Assert.Matches("curr_items +│ +0 │ +│ +0", shown);
    }

    [Fact]
    public async Task Locate_reports_a_key_whose_servers_are_all_gone()
    {
        foreach (var server in _servers)
        {
            server.Kill();
        }

        var (code, shown) = await RunAsync("locate", "k", "--get", "--servers", Servers);

        Assert.Equal(1, code);
        Assert.Contains("No server can take the key", shown, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Spread_shows_each_server_with_its_share()
    {
        var file = Path.GetTempFileName();
        try
        {
            await File.WriteAllLinesAsync(file, Enumerable.Range(0, 300).Select(i => $"user:{i}"), Cancel);
            using var pool = MemcachedPool.Connect(Servers);
            var expected = Enumerable.Range(0, 300).Count(i => pool.FindServer($"user:{i}").Name == _servers[0].Address);

            var (code, shown) = await RunAsync("spread", "--keys", file, "--servers", Servers);

            Assert.Equal(0, code);
            Assert.Contains("300 keys", shown, StringComparison.Ordinal);
            Assert.Matches($"{_servers[0].Address} +{expected} .*█", shown);
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Theory]
    [InlineData("consistent")]
    [InlineData("standard")]
    [InlineData("rendezvous")]
    public async Task Another_hash_strategy_can_be_asked_for(string hash)
    {
        using var pool = MemcachedPool.Connect($"{Servers}; hash={hash}");
        for (var i = 0; i < 20; i++)
        {
            var (code, shown) = await RunAsync("locate", $"user:{i}", "--servers", Servers, "--preset", "php-memcached", "--hash", hash);

            Assert.Equal(0, code);
            Assert.Matches($"server +│ {pool.FindServer($"user:{i}").Name} ", shown);
        }
    }

    // Long names, IPv6, and more servers than fit beside each other.
    [Theory]
    [InlineData("stats")]
    [InlineData("stats", "--all")]
    [InlineData("spread")]
    [InlineData("locate", "user:7")]
    [InlineData("locate", "user:7", "--get")]
    public async Task Everything_fits_80_columns(params string[] arguments)
    {
        string[] more =
        [
            .. Enumerable.Range(0, 97).Select(i => $"127.0.0.1:{i + 1}"), "[::1]:1", "[fe80:1234:5678:9abc:def0:1234:5678:9abc]:65535",
            $"cache-7.{new string('x', 60)}.invalid:11211 weight=3",
        ];
        var servers = $"{Servers},{string.Join(',', more)}";

        var (code, shown, _) = await RunAsync(80, [.. arguments, "--servers", servers]);

        // There is no such key.
        Assert.Equal(arguments.Contains("--get") ? 1 : 0, code);
        AssertFits(shown);
        Assert.DoesNotContain('…', shown);
        if (arguments[0] != "locate")
        {
            var unbroken = shown.ReplaceLineEndings("");
            Assert.All([.. _servers.Select(server => server.Address), .. more[..98]], name => Assert.Contains(name, unbroken, StringComparison.Ordinal));
        }
    }

    [Theory]
    [InlineData("--help")]
    [InlineData("locate", "--help")]
    [InlineData("stats", "--help")]
    [InlineData("spread", "--help")]
    [InlineData("plan", "--help")]
    [InlineData("keys", "--help")]
    [InlineData("get", "--help")]
    [InlineData("map", "--help")]
    [InlineData("top", "--help")]
    [InlineData("watch", "--help")]
    [InlineData("serve", "--help")]
    public async Task Help_fits_80_columns(params string[] arguments)
    {
        var (_, shown, _) = await RunAsync(80, arguments);

        Assert.NotEmpty(shown);
        AssertFits(shown);
    }

    [Theory]
    [InlineData("spread", "--servers", "a b c")]
    [InlineData("spread", "--servers", "a", "--preset", "nobody")]
    [InlineData("spread", "--servers", "a", "--keys", "/no/such/file")]
    [InlineData("locate", "", "--servers", "a")]
    [InlineData("stats")]
    [InlineData("plan", "--from", "a")]
    [InlineData("watch", "--servers", "a", "--for", "soon")]
    [InlineData("map", "/no/such/file")]
    [InlineData("serve", "--listen", "nowhere")]
    [InlineData("locate")]
    [InlineData("spread", "--servers", "a", "--random", "0")]
    public async Task Arguments_which_are_not_valid_give_a_message_and_code_2(params string[] arguments)
    {
        var (code, shown, errors) = await RunAsync(160, arguments);

        Assert.Equal((2, ""), (code, shown));
        Assert.EndsWith("Use --help to see commands and options.", errors.TrimEnd(), StringComparison.Ordinal);
    }

    private static void AssertFits(string shown) => Assert.All(shown.Split('\n'), line => Assert.InRange(line.TrimEnd('\r').Length, 0, 80));

    private async Task<(int Code, string Shown)> RunAsync(params string[] arguments)
    {
        var (code, shown, _) = await RunAsync(160, arguments);
        return (code, shown);
    }

    private async Task<(int Code, string Shown, string Errors)> RunAsync(int width, string[] arguments)
    {
        using var text = new StringWriter();
        using var errors = new StringWriter();
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = AnsiSupport.No,
            ColorSystem = ColorSystemSupport.NoColors,
            Out = new AnsiConsoleOutput(text),
        });
        console.Profile.Width = width;
        console.Profile.Capabilities.Unicode = true;
        var code = await new ToolCommand(console, new ErrorStream(errors, IsTerminal: false)).RunAsync(arguments);
        _output.WriteLine(text.ToString());
        _output.WriteLine(errors.ToString());
        return (code, text.ToString(), errors.ToString());
    }
}
