using System.Text.Json;
using System.Text.RegularExpressions;
using TypedCache.Tool.Tests.Contracts;
using TypedCache.Tool.Tests.Servers;
using TypedCache.Tool.Values;
using TypedCache.Values;

namespace TypedCache.Tool.Tests.Values;

/// <summary><c>typedcache get</c> on values that generated codecs have stored on real servers.</summary>
[Collection(OnThreeServers.Name)]
public sealed class GetCommandTests(ThreeServers servers)
{
    private static readonly Thing Example = new()
    {
        Id = 7,
        Color = Color.Blue,
        Sides = Sides.Left | Sides.Top,
        Day = new DateOnly(2026, 1, 31),
        At = new DateTime(2026, 1, 31, 10, 20, 30, DateTimeKind.Utc),
        Offset = new DateTimeOffset(2026, 1, 31, 10, 20, 30, TimeSpan.FromHours(2)),
        For = TimeSpan.FromMinutes(90),
        Owner = Guid.Parse("7cb3e7a0-5b61-4b4b-8a4b-3a7d37d9a0de"),
        Price = 12.50m,
        Hash = [1, 0xAB],
        Parts = [new Part("leg", 3), new Part("\u001b[2J", null)],
        Stock = new Dictionary<string, int> { ["Ulm"] = 4 },
        Pair = (1, "one"),
        Shape = new Square(1.5),
        Weight = 0.1f,
        Ready = true,
        Grid = new[,] { { 1, 2 }, { 3, 4 } },
        Large = ulong.MaxValue,
    };

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Each_kind_of_member_is_shown_by_name()
    {
        await using var pool = servers.ConnectEmpty();
        await pool.CreateClient<IThingCache>().SetThingAsync(7, Example, Cancel);

        var run = await GetAsync("things:thing:7");

        Assert.Equal((0, ""), (run.Code, run.Errors));
        run.AssertFits();
        Assert.Contains("│ things:thing:{id} ", run.Shown, StringComparison.Ordinal);
        Assert.Contains("(MessagePack)", run.Shown, StringComparison.Ordinal);
        Assert.Matches("time to live │ 1h(9m|10m), the last 10m of it as a stale value ", run.Shown);
        Assert.Matches("last access +│ \\d+s ago, not read since it was written ", run.Shown);
        Assert.Matches("lease +│ free ", run.Shown);
        Assert.Equal(
            """
            Thing
            ├── Id: 7
            ├── Color: Blue  (2)
            ├── Sides: Left, Top  (5)
            ├── Day: 2026-01-31
            ├── At: 2026-01-31T10:20:30.0000000Z
            ├── Offset: 2026-01-31T10:20:30.0000000+02:00
            ├── For: 01:30:00
            ├── Owner: 7cb3e7a0-5b61-4b4b-8a4b-3a7d37d9a0de
            ├── Price: 12.50
            ├── Hash: 0x01AB
            ├── Parts: 2 items
            │   ├── [0]: Part
            │   │   ├── Name: "leg"
            │   │   └── Size: 3
            │   └── [1]: Part
            │       ├── Name: "\u001b[2J"
            │       └── Size: null
            ├── Stock: 1 entries
            │   └── Ulm: 4
            ├── Pair: 2 items
            │   ├── [0]: 1
            │   └── [1]: "one"
            ├── Shape: Square
            │   └── Side: 1.5
            ├── Missing: null
            ├── Weight: 0.1
            ├── Ready: true
            ├── Grid: 4 items  (2 x 2)
            │   ├── [0]: 1
            │   ├── [1]: 2
            │   ├── [2]: 3
            │   └── [3]: 4
            └── Large: 18446744073709551615
            """.ReplaceLineEndings("\n"),
            run.Shown.ReplaceLineEndings("\n")[run.Shown.IndexOf("Thing\n", StringComparison.Ordinal)..].TrimEnd());
    }

    [Fact]
    public async Task Json_has_the_names_too()
    {
        await using var pool = servers.ConnectEmpty();
        await pool.CreateClient<IThingCache>().SetThingAsync(7, Example, Cancel);

        var json = (await GetAsync("things:thing:7", "--json")).Json;

        var value = json.GetProperty("value");
        Assert.Equal("Left, Top", value.GetProperty("Sides").GetString());
        Assert.Equal(12.50m, value.GetProperty("Price").GetDecimal());
        Assert.Equal(ulong.MaxValue, value.GetProperty("Large").GetUInt64());
        Assert.Equal("\u001b[2J", value.GetProperty("Parts")[1].GetProperty("Name").GetString());
        Assert.Equal(JsonValueKind.Null, value.GetProperty("Missing").ValueKind);
        Assert.InRange(json.GetProperty("timeToLive").GetInt32(), 4000, 4200);
        Assert.Equal(("none", "MessagePack"), (json.GetProperty("lease").GetString(), json.GetProperty("kind").GetString()));
        Assert.Empty(json.GetProperty("misfits").EnumerateArray());
    }

    [Fact]
    public async Task Without_a_contract_the_structure_is_shown()
    {
        await using var pool = servers.ConnectEmpty();
        await pool.CreateClient<IThingCache>().SetThingAsync(7, Example, Cancel);

        var run = await ToolRun.OfAsync("get", "things:thing:7", "--servers", servers.List);

        Assert.Equal(0, run.Code);
        Assert.StartsWith("20 items\n├── [0]: 7\n├── [1]: 2\n├── [2]: 5\n├── [3]: null\n├── [4]: ", run.Shown.ReplaceLineEndings("\n")[run.Shown.IndexOf("20 items", StringComparison.Ordinal)..], StringComparison.Ordinal);
        Assert.Contains("├── [5]: 2026-01-31T10:20:30.0000000Z", run.Shown, StringComparison.Ordinal);
        Assert.Contains("│       ├── Name: \"\\u001b[2J\"", run.Shown, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_does_not_fit_is_named_and_the_rest_is_shown()
    {
        await using var pool = servers.ConnectEmpty();
        await pool.CreateClient<IThingCache>().SetThingAsync(7, Example, Cancel);
        using var contract = new ContractOnDisk(ThingContract.With(
            ("\"name\": \"Price\", \"type\": \"decimal\"", "\"name\": \"Price\", \"type\": \"int\""),
            ("\"key\": \"Size\", \"name\": \"Size\", \"type\": \"int?\"", "\"key\": \"Size\", \"name\": \"Size\", \"type\": \"int\""),
            ("\"key\": 17, \"name\": \"Ready\", \"type\": \"bool\"", "\"key\": 21, \"name\": \"New\", \"type\": \"bool\", \"required\": true"),
            ("\"key\": 1, \"type\": \"TypedCache.Tool.Tests.Values.Square\"", "\"key\": 2, \"type\": \"TypedCache.Tool.Tests.Values.Square\"")));

        var run = await ToolRun.OfAsync("get", "things:thing:7", "--servers", servers.List, "--contract", contract.Path);

        Assert.Equal(0, run.Code);
        run.AssertFits();
        Assert.Contains("├── Price: \"12.50\"  (no int)", run.Shown, StringComparison.Ordinal);
        Assert.Contains("[17]: true  (not in the contract)", run.Shown, StringComparison.Ordinal);
        Assert.Contains("New: -  (not stored)", run.Shown, StringComparison.Ordinal);
        Assert.Contains("├── Owner: 7cb3e7a0", run.Shown, StringComparison.Ordinal);
        var told = run.Shown[run.Shown.IndexOf("In 4 places", StringComparison.Ordinal)..];
        Assert.Contains("  Thing.Price: int is expected, and \"12.50\" is stored", told, StringComparison.Ordinal);
        Assert.Contains("  Thing.Parts[1].Size: int is expected, and null is stored", told, StringComparison.Ordinal);
        Assert.Contains("  Thing.Shape: IShape has no case 1", told, StringComparison.Ordinal);
        Assert.Contains("  Thing.New: bool is expected, and nothing is stored", told, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Tags_are_told_and_the_value_in_front_of_them_is_decoded()
    {
        await using var pool = servers.ConnectEmpty();
        await pool.CreateClient<IThingCache>().SetTaggedAsync(3, new Part("acme", 5), Cancel);

        var run = await GetAsync("things:tagged:3");
        var json = (await GetAsync("things:tagged:3", "--json")).Json;

        Assert.Matches("tags +│ things:~t:maker:acme at version \\d+ ", run.Shown);
        Assert.Matches("│ all:{id} at version \\d+ ", run.Shown);
        Assert.Contains("Part\n├── Name: \"acme\"\n└── Size: 5", run.Shown.ReplaceLineEndings("\n"), StringComparison.Ordinal);
        Assert.Equal("acme", json.GetProperty("value").GetProperty("Name").GetString());
        Assert.Equal("things:~t:maker:acme", json.GetProperty("tags")[0].GetProperty("key").GetString());
        Assert.Equal("all:{id}", json.GetProperty("tags")[1].GetProperty("template").GetString());
    }

    [Fact]
    public async Task Counters_and_compressed_text_are_read()
    {
        await using var pool = servers.ConnectEmpty();
        var cache = pool.CreateClient<IThingCache>();
        var id = Guid.NewGuid();
        await cache.IncrementCountAsync(1, Cancel);
        await cache.SetTextAsync(id, string.Concat(Enumerable.Repeat("long text ", 10_000)), Cancel);

        Assert.Equal(1, (await GetAsync("things:count:1", "--json")).Json.GetProperty("value").GetInt32());
        var text = await GetAsync($"things:text:{id}", "--json");
        Assert.Equal(100_000, text.Json.GetProperty("value").GetString()!.Length);
        Assert.InRange(text.Json.GetProperty("bytesOnServer").GetInt32(), 1, 20_000);
        var shown = await GetAsync($"things:text:{id}");
        Assert.Contains("size         │ 100,000 bytes, ", shown.Shown, StringComparison.Ordinal);
        Assert.InRange(shown.Shown.Length, 1000, 4000);
        shown.AssertFits();
    }

    [Fact]
    public async Task What_a_server_counts_and_what_is_added_to_are_read()
    {
        await using var pool = servers.ConnectEmpty();
        var cache = pool.CreateClient<IThingCache>();
        await cache.IncrementCountAsync(2, Cancel);
        await cache.SetLogAsync(2, "a", Cancel);
        await cache.AppendLogAsync(2, "b", Cancel);

        var count = await GetAsync("things:count:2", "--json");
        var log = await GetAsync("things:log:2", "--json");
        var keys = await ToolRun.OfAsync("keys", "--servers", servers.List, "--contract", ThingContract.Assembly);
        var map = (await ToolRun.OfAsync("map", ThingContract.Assembly, "--json")).Json.GetProperty("keys").EnumerateArray().ToList();

        Assert.Equal((1, "ab"), (count.Json.GetProperty("value").GetInt32(), log.Json.GetProperty("value").GetString()));
        Assert.Empty(count.Json.GetProperty("misfits").EnumerateArray());
        Assert.Empty(log.Json.GetProperty("misfits").EnumerateArray());
        Assert.Matches("things:count:{id} +│ +1 │", keys.Shown);
        Assert.Matches("things:log:{id} +│ +1 │", keys.Shown);
        Assert.Equal("counter", map.Single(key => key.GetProperty("pattern").GetString() == "things:count:{id}").GetProperty("codec").GetString());
        Assert.True(map.Single(key => key.GetProperty("pattern").GetString() == "things:log:{id}").GetProperty("appended").GetBoolean());
    }

    [Fact]
    public async Task What_is_stored_cannot_control_the_terminal()
    {
        await using var pool = servers.ConnectEmpty();
        await pool.CreateClient<IThingCache>().SetThingAsync(7, Example with { Stock = new Dictionary<string, int> { ["\u001b]0;key\u0007"] = 4 } }, Cancel);
        using var contract = new ContractOnDisk(ThingContract.With(
            ("\"key\": \"Name\", \"name\": \"Name\", \"type\": \"string", "\"key\": \"Name\", \"name\": \"Name\", \"type\": \"int"),
            ("{ \"map\": [\"string\", \"int\"] }", "{ \"map\": [\"string\", \"DateTime\"] }")));

        var run = await ToolRun.OfAsync(200, ["get", "things:thing:7", "--servers", servers.List, "--contract", contract.Path]);
        var raw = await ToolRun.OfAsync("get", "things:thing:7", "--servers", servers.List);
        var located = await ToolRun.OfAsync("locate", "things:thing:7", "--get", "--servers", servers.List);

        Assert.Contains("  Thing.Parts[1].Name: int is expected, and \"\\u001b[2J\" is stored", run.Shown, StringComparison.Ordinal);
        Assert.Contains("  Thing.Stock[\\u001b]0;key\\u0007]: DateTime is expected, and 4 is stored", run.Shown, StringComparison.Ordinal);
        Assert.Contains("\\u001b]0;key\\u0007: 4", raw.Shown, StringComparison.Ordinal);
        Assert.All([run, raw, located], shown => Assert.DoesNotContain(shown.Shown + shown.Errors, letter => char.IsControl(letter) && letter is not ('\n' or '\r')));
    }

    [Fact]
    public async Task What_a_server_says_cannot_control_the_terminal()
    {
        using var server = new FakeServer(command => command.Split(' ')[0] switch
        {
            "stats" => "STAT version \u001b[2J\u009b2J\r\nEND\r\n",
            "mn" or "version" => null,
            _ => "SERVER_ERROR \u001b[2J\u009b2J\r\n",
        });

        ToolRun[] runs =
        [
            await ToolRun.OfAsync("get", "k", "--servers", server.Address),
            await ToolRun.OfAsync("locate", "k", "--get", "--servers", server.Address),
            await ToolRun.OfAsync("stats", "--servers", server.Address),
            await ToolRun.OfAsync("stats", "--servers", server.Address, "--json"),
            await ToolRun.OfAsync("keys", "--servers", server.Address),
        ];

        Assert.All(runs, run => Assert.DoesNotContain(run.Shown + run.Errors, letter => char.IsControl(letter) && letter is not ('\n' or '\r')));
        Assert.Contains("\\u001b[2J", runs[2].Shown, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_lease_is_handed_back_although_it_is_cancelled()
    {
        using var end = new CancellationTokenSource();
        var back = new TaskCompletionSource<string>();
        using var server = new FakeServer(command =>
        {
            if (command.StartsWith("mg ", StringComparison.Ordinal))
            {
                end.Cancel();
                return "HD t100 s3 f0 c5 W X\r\n";
            }

            return command.StartsWith("md ", StringComparison.Ordinal) && back.TrySetResult(command) ? "HD\r\n" : null;
        });
        await using var pool = MemcachedPool.Connect(server.Address);

        var state = await ItemStateReader.WithLeaseAsync(new ItemState(pool.Servers[0]), "k"u8.ToArray(), end.Token);

        Assert.Equal("md k I C5", await back.Task.WaitAsync(TimeSpan.FromSeconds(30), Cancel));
        Assert.Equal(LeaseState.Stale, state.Lease);
    }

    [Fact]
    public async Task The_state_of_the_lease_is_shown_and_left_as_it_is()
    {
        await using var pool = servers.ConnectEmpty();
        var cache = pool.CreateClient<IThingCache>();
        await cache.GetOrCreateLazyAsync(1, _ => ValueTask.FromResult("old"), Cancel);
        await cache.InvalidateLazyAsync(1, Cancel);
        var server = pool.FindServer("things:lazy:1").Name;

        // Asking changes nothing: whoever comes first gets the lease, and the second one does not.
        Assert.Equal("stale", await LeaseAsync("things:lazy:1"));
        Assert.Equal("stale", await LeaseAsync("things:lazy:1"));
        Assert.Matches("^VA 3 W X\r\n|^VA 3 X W\r\n", Regex.Replace(servers.Ask(server, "mg things:lazy:1 v\r\n"), " [a-z]\\d+", ""));
        Assert.Equal("staleAndTaken", await LeaseAsync("things:lazy:1"));

        servers.Ask(server, "mg things:lazy:2 v N30\r\n");
        servers.Ask(pool.FindServer("things:lazy:2").Name, "mg things:lazy:2 v N30\r\n");
        var placeholder = await GetAsync("things:lazy:2");
        Assert.Equal(1, placeholder.Code);
        Assert.Contains("there is no value yet, somebody is creating it", placeholder.Shown, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_last_access_is_that_before_the_tools_own()
    {
        await using var pool = servers.ConnectEmpty();
        await pool.SetAsync("k", "v", CacheCodecs.String, cancellationToken: Cancel);

        Assert.False((await ToolRun.OfAsync("get", "k", "--servers", servers.List, "--json")).Json.GetProperty("wasRead").GetBoolean());
        Assert.True((await ToolRun.OfAsync("get", "k", "--servers", servers.List, "--json")).Json.GetProperty("wasRead").GetBoolean());
    }

    [Fact]
    public async Task A_miss_has_code_1_and_so_has_a_cluster_that_is_gone()
    {
        await using var pool = servers.ConnectEmpty();

        var miss = await GetAsync("things:thing:8");
        var gone = await ToolRun.OfAsync("get", "k", "--servers", "127.0.0.1:1");
        var foreign = await GetAsync("other:1");

        Assert.Equal((1, ""), (miss.Code, miss.Shown));
        Assert.Contains("things:thing:8 is not stored on 127.0.0.1:", miss.Errors, StringComparison.Ordinal);
        Assert.Equal(1, gone.Code);
        Assert.Contains("127.0.0.1:1 cannot be reached", gone.Errors, StringComparison.Ordinal);
        Assert.Contains("other:1 has no pattern of TypedCache.Tool.Tests", foreign.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/no/such/file.json", "There is no file /no/such/file.json")]
    [InlineData("{ \"format\": 1, \"assembly\": \"x\", \"keys\": [], \"types\": {},\n \"kys\": [] }", "(2,2): \"kys\"")]
    [InlineData("{", "(1,2): ")]
    public async Task A_contract_that_cannot_be_read_is_told_with_its_place(string text, string message)
    {
        using var contract = new ContractOnDisk(text);

        var run = await ToolRun.OfAsync(200, ["get", "k", "--servers", "127.0.0.1:1", "--contract", text.StartsWith('/') ? text : contract.Path]);

        Assert.Equal(2, run.Code);
        Assert.Equal("", run.Shown);
        Assert.Contains(message, run.Errors, StringComparison.Ordinal);
    }

    private Task<ToolRun> GetAsync(params string[] arguments) => ToolRun.OfAsync(["get", .. arguments, "--servers", servers.List, "--contract", ThingContract.Assembly]);

    private async Task<string?> LeaseAsync(string key) => (await GetAsync(key, "--json")).Json.GetProperty("lease").GetString();
}
