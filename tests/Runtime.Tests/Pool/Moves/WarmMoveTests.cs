using System.Buffers;
using System.Net;
using Microsoft.Extensions.Time.Testing;
using TypedCache.Embedded;
using TypedCache.Keys;
using TypedCache.Tests.Creation;
using TypedCache.Values;

namespace TypedCache.Tests.Pool.Moves;

/// <summary>Keys whose values move from their former server to their new one.</summary>
public sealed class WarmMoveTests : IAsyncDisposable
{
    private static readonly ICacheCodec<string> Text = CacheCodecs.Uncompressed(CacheCodecs.String);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly ServerChangeOptions Warm = new() { Prepare = TimeSpan.FromMinutes(1), WarmUp = TimeSpan.FromMinutes(10), CleanUp = TimeSpan.FromHours(1) };

    private readonly FakeTimeProvider _time = new(DateTimeOffset.UnixEpoch.AddYears(56));
    private readonly List<EmbeddedServer> _servers = [];
    private readonly List<MemcachedServerOptions> _places = [];
    private readonly List<MemcachedPool> _pools = [];

    public WarmMoveTests()
    {
        for (var i = 0; i < 3; i++)
        {
            var server = new EmbeddedServer();
            _servers.Add(server);
            _places.Add(new MemcachedServerOptions("127.0.0.1", server.Listen(new IPEndPoint(IPAddress.Loopback, 0)).Port));
        }
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask DisposeAsync()
    {
        foreach (var pool in _pools)
        {
            await pool.DisposeAsync();
        }

        _servers.ForEach(static server => server.Dispose());
    }

    [Fact]
    public async Task A_move_goes_through_its_phases()
    {
        var pool = Connect(0);
        var former = pool.Servers[0];

        var move = pool.UpdateServersAsync([_places[1]], Warm, Token).AsTask();

        Assert.Equal(ServerMovePhase.Prepare, pool.MovePhase);
        Assert.Equal((_places[1].Name, 2L), (pool.Servers[0].Name, pool.TopologyVersion));
        Assert.Equal(_places[0].Name, pool.Locate("k").Servers[0].Name);
        await AdvanceAsync(pool, TimeSpan.FromMinutes(1), ServerMovePhase.WarmUp);
        Assert.Equal(_places[1].Name, pool.Locate("k").Servers[0].Name);
        await AdvanceAsync(pool, TimeSpan.FromMinutes(10), ServerMovePhase.Closing);
        Assert.Equal((false, false), (move.IsCompleted, former.State == ServerState.Removed));
        await AdvanceAsync(pool, TimeSpan.FromMinutes(1), ServerMovePhase.CleanUp);
        await move.WaitAsync(Patience, Token);
        Assert.Equal(ServerState.Removed, former.State);
        await AdvanceAsync(pool, TimeSpan.FromHours(1), ServerMovePhase.None);
    }

    [Fact]
    public async Task Until_all_have_heard_of_the_move_keys_stay_where_they_are_and_are_removed_where_they_will_be()
    {
        var (pool, before, after) = await BeginAsync(ServerMovePhase.Prepare);
        await before.SetAsync("read", "old", Text, cancellationToken: Token);
        await after.SetAsync("read", "nobody reads it", Text, cancellationToken: Token);
        foreach (var key in new[] { "set", "deleted", "created" })
        {
            await after.SetAsync(key, "left over", Text, cancellationToken: Token);
        }

        await before.SetAsync("deleted", "v", Text, cancellationToken: Token);

        Assert.Equal("old", await pool.GetAsync("read", Text, Token));
        await pool.SetAsync("set", "new", Text, cancellationToken: Token);
        Assert.True(await pool.DeleteAsync("deleted", Token));
        Assert.Equal("c", await pool.GetOrCreateAsync("created", _ => ValueTask.FromResult("c"), Text, GetOrCreateOptions.Default, cancellationToken: Token));

        Assert.Equal("new", await before.GetAsync("set", Text, Token));
        Assert.Equal("c", await before.GetAsync("created", Text, Token));
        Assert.Null(await before.GetAsync("deleted", Text, Token));
        Assert.Null(await after.GetAsync("set", Text, Token));
        Assert.Null(await after.GetAsync("deleted", Text, Token));
    }

    public static TheoryData<string> Reads => [.. ReadCalls.Keys];

    private static Dictionary<string, Func<MemcachedPool, Task<bool>>> ReadCalls { get; } = new()
    {
        ["Get"] = static async pool => await pool.GetAsync("k", Text, Token) == "old",
        ["GetValue"] = static async pool => (await pool.GetValueAsync("k", Text, Token)).Value == "old",
        ["GetMany"] = static async pool => (await pool.GetManyAsync(["k", "none"], Text, Token)) is { Count: 1 } found && found["k"] == "old",
        ["GetManyValues"] = static async pool => (await pool.GetManyValuesAsync(["k", "none"], Text, Token))["k"].Value == "old",
        ["GetAndTouch"] = static async pool => await pool.GetAndTouchAsync("k", Text, TimeSpan.FromHours(2), Token) == "old",
        ["GetItem"] = static async pool => (await pool.GetItemAsync("k", 0, static (in item, _) => item.Payload.Length, Token)).Value == 3,
        ["GetItemInfo"] = static async pool => (await pool.GetItemInfoAsync("k", Token))?.Length == 3,
        ["Exists"] = static async pool => await pool.ExistsAsync("k", Token),
        ["ExistsMany"] = static async pool => (await pool.ExistsManyAsync(["k", "none"], Token)).SetEquals(["k"]),
        ["GetOrCreate"] = static async pool => await pool.GetOrCreateAsync("k", _ => throw new InvalidOperationException("created"), Text, GetOrCreateOptions.Default, cancellationToken: Token) == "old",
        ["GetOrCreateMany"] = static async pool => (await GetOrCreateManyAsync(pool, ["k"]))["k"] == "old",
        ["Add"] = static async pool => !await pool.AddAsync("k", "added", Text, cancellationToken: Token),
        ["Replace"] = static async pool => await pool.ReplaceAsync("k", "replaced", Text, cancellationToken: Token),
        ["Append"] = static async pool => await pool.AppendAsync("k", "er", Text, Token) && await pool.GetAsync("k", Text, Token) == "older",
        ["Prepend"] = static async pool => await pool.PrependAsync("k", "b", Text, Token) && await pool.GetAsync("k", Text, Token) == "bold",
        ["Touch"] = static async pool => await pool.TouchAsync("k", TimeSpan.FromHours(2), Token),
        ["TouchMany"] = static async pool => (await pool.TouchManyAsync(["k", "none"], TimeSpan.FromHours(2), Token)).SetEquals(["k"]),
        ["Delete"] = static async pool => await pool.DeleteAsync("k", Token) && await pool.GetAsync("k", Text, Token) is null,
        ["DeleteMany"] = static async pool => await pool.DeleteManyAsync(["k", "none"], Token) == 1 && await pool.GetAsync("k", Text, Token) is null,
        ["Set"] = static async pool =>
        {
            await pool.SetAsync("k", "set", Text, cancellationToken: Token);
            return await pool.GetAsync("k", Text, Token) == "set";
        },
    };

    [Theory]
    [MemberData(nameof(Reads))]
    public async Task A_call_works_as_if_the_value_had_been_moved(string call)
    {
        var (pool, before, _) = await BeginAsync(ServerMovePhase.WarmUp);
        await before.SetAsync("k", "old", Text, TimeSpan.FromHours(1), Token);

        Assert.True(await ReadCalls[call](pool));
    }

    // In a multi-get it looks like a lease, and is asked for once more.
    [Fact]
    public async Task An_empty_value_is_found_in_a_batch_and_moved()
    {
        var (pool, before, after) = await BeginAsync(ServerMovePhase.WarmUp);
        await before.SetItemAsync("k", 0, static (_, _) => { }, flags: 0, TimeSpan.FromHours(1), Token);

        var found = await pool.GetManyAsync(["k", "none"], Text, Token);

        Assert.Equal(("", 1), (found["k"], found.Count));
        await Fleet.UntilAsync(() => after.GetValueAsync("k", Text, Token).AsTask().GetAwaiter().GetResult() is { Found: true, Value: "" });
    }

    // While a value is moved, or created, its key holds a lease.
    [Theory]
    [InlineData("Get")]
    [InlineData("GetValue")]
    [InlineData("GetMany")]
    [InlineData("GetManyValues")]
    [InlineData("GetItem")]
    [InlineData("GetItemInfo")]
    [InlineData("Exists")]
    [InlineData("ExistsMany")]
    public async Task A_value_that_somebody_is_moving_is_still_found(string call)
    {
        var (pool, before, after) = await BeginAsync(ServerMovePhase.WarmUp);
        await before.SetAsync("k", "old", Text, TimeSpan.FromHours(1), Token);
        var (isHeld, created) = (new TaskCompletionSource(), new TaskCompletionSource<string>());
        var moving = after.GetOrCreateAsync(
            "k",
            async _ =>
            {
                isHeld.SetResult();
                return await created.Task;
            },
            Text, GetOrCreateOptions.Default, cancellationToken: Token).AsTask();
        await isHeld.Task.WaitAsync(Patience, Token);

        Assert.True(await ReadCalls[call](pool));

        created.SetResult("v");
        await moving.WaitAsync(Patience, Token);
    }

    [Theory]
    [InlineData("Get")]
    [InlineData("GetMany")]
    [InlineData("GetAndTouch")]
    [InlineData("GetOrCreate")]
    [InlineData("GetOrCreateMany")]
    [InlineData("Add")]
    [InlineData("Touch")]
    public async Task What_was_found_there_is_moved_with_its_flags_and_its_time(string call)
    {
        var (pool, before, after) = await BeginAsync(ServerMovePhase.WarmUp);
        await before.SetItemAsync("k", 0, static (output, _) => output.Write("old"u8), flags: 0, TimeSpan.FromHours(1), Token);
        var was = await before.GetItemInfoAsync("k", Token);

        await ReadCalls[call](pool);

        ItemInfo? moved = null;
        await Fleet.UntilAsync(() => (moved = after.GetItemInfoAsync("k", Token).AsTask().GetAwaiter().GetResult()) is { Length: 3 });
        Assert.Equal((was!.Value.Flags, was.Value.Length), (moved!.Value.Flags, moved.Value.Length));
        var left = moved.Value.TimeLeft!.Value;
        Assert.InRange(left, TimeSpan.FromMinutes(59), call is "GetAndTouch" or "Touch" ? TimeSpan.FromHours(2) : was.Value.TimeLeft!.Value);
        Assert.Equal(call is "GetAndTouch" or "Touch", left > TimeSpan.FromHours(1));
    }

    [Fact]
    public async Task A_counter_goes_on_from_where_it_was()
    {
        var (pool, before, after) = await BeginAsync(ServerMovePhase.WarmUp);
        await before.IncrementAsync("k", 1, initial: 41, cancellationToken: Token);

        Assert.Equal(42UL, await pool.IncrementAsync("k", 1, initial: 1, cancellationToken: Token));
        Assert.Equal(43UL, await pool.IncrementAsync("k", 1, Token));
        Assert.Equal(43UL, await after.IncrementAsync("k", 0, Token));
        Assert.Equal(41UL, await before.IncrementAsync("k", 0, Token));
    }

    // Whoever has not heard of the move keeps his counter.
    [Fact]
    public async Task Counters_of_the_two_servers_do_not_remove_each_other()
    {
        var (pool, before, after) = await BeginAsync(ServerMovePhase.Prepare);
        await after.IncrementAsync("k", 1, initial: 7, cancellationToken: Token);
        await pool.IncrementAsync("k", 1, initial: 3, cancellationToken: Token);

        Assert.Equal(7UL, await after.IncrementAsync("k", 0, Token));
        Assert.Equal(3UL, await before.IncrementAsync("k", 0, Token));
    }

    [Fact]
    public async Task Counters_that_are_moved_by_several_at_once_lose_nothing()
    {
        var (pool, before, _) = await BeginAsync(ServerMovePhase.WarmUp);
        await before.IncrementAsync("k", 1, initial: 100, cancellationToken: Token);

        await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => pool.IncrementAsync("k", 1, initial: 1, cancellationToken: Token).AsTask())).WaitAsync(Patience, Token);

        Assert.Equal(150UL, await pool.IncrementAsync("k", 0, Token));
    }

    [Fact]
    public async Task An_invalidated_value_is_not_moved()
    {
        var (pool, before, after) = await BeginAsync(ServerMovePhase.WarmUp);
        await before.SetAsync("k", "old", Text, TimeSpan.FromHours(1), Token);
        await before.InvalidateAsync("k", TimeSpan.FromMinutes(1), Token);

        Assert.Equal("new", await pool.GetOrCreateAsync("k", _ => ValueTask.FromResult("new"), Text, GetOrCreateOptions.Default, cancellationToken: Token));
        Assert.Equal("new", await after.GetAsync("k", Text, Token));
    }

    [Fact]
    public async Task An_invalidation_holds_for_what_has_not_been_moved()
    {
        var (pool, before, _) = await BeginAsync(ServerMovePhase.WarmUp);
        await before.SetAsync("k", "old", Text, TimeSpan.FromHours(1), Token);

        Assert.True(await pool.InvalidateAsync("k", TimeSpan.FromMinutes(1), Token));

        Assert.Equal("new", await pool.GetOrCreateAsync("k", _ => ValueTask.FromResult("new"), Text, GetOrCreateOptions.Default, cancellationToken: Token));
    }

    // The versions of two servers cannot be compared.
    [Fact]
    public async Task The_version_of_a_value_on_its_former_server_is_none_on_its_new_one()
    {
        var (pool, before, _) = await BeginAsync(ServerMovePhase.WarmUp);
        await before.SetAsync("k", "old", Text, cancellationToken: Token);
        var read = await pool.GetValueAsync("k", Text, Token);

        Assert.Equal(CasResult.Changed, await pool.CompareAndSetAsync("k", "new", read.Cas, Text, cancellationToken: Token));
        await Fleet.UntilAsync(() => pool.GetValueAsync("k", Text, Token).AsTask().GetAwaiter().GetResult() is var again
            && pool.CompareAndSetAsync("k", "new", again.Cas, Text, cancellationToken: Token).AsTask().GetAwaiter().GetResult() == CasResult.Stored);
        Assert.Equal("new", await pool.GetAsync("k", Text, Token));
    }

    [Fact]
    public async Task Values_of_all_keys_are_moved_and_none_is_created_anew()
    {
        var pool = Connect(0, 1);
        var keys = Enumerable.Range(0, 2000).Select(i => $"key-{i}").ToArray();
        await pool.SetManyAsync(keys.Select(key => KeyValuePair.Create(key, key)), Text, TimeSpan.FromHours(1), Token);
        _ = pool.UpdateServersAsync([_places[0], _places[1], _places[2]], Warm, Token).AsTask();
        await AdvanceAsync(pool, Warm.Prepare, ServerMovePhase.WarmUp);

        var found = await GetOrCreateManyAsync(pool, keys);

        Assert.All(keys, key => Assert.Equal(key, found[key]));
        var fresh = Connect(0, 1, 2);
        Assert.Equal(keys.Length, (await fresh.GetManyAsync(keys, Text, Token)).Count);
    }

    [Fact]
    public async Task What_was_deleted_after_the_move_is_not_there_when_its_former_server_gets_the_key_back()
    {
        var pool = Connect(0);
        await pool.SetAsync("k", "old", Text, cancellationToken: Token);
        var key = await MovedKeyAsync();
        await pool.SetAsync(key, "old", Text, cancellationToken: Token);
        var move = pool.UpdateServersAsync([_places[0], _places[1]], Warm, Token).AsTask();
        await AdvanceAsync(pool, Warm.Prepare, ServerMovePhase.WarmUp);
        await AdvanceAsync(pool, Warm.WarmUp, ServerMovePhase.Closing);
        await AdvanceAsync(pool, Warm.Prepare, ServerMovePhase.CleanUp);
        await move.WaitAsync(Patience, Token);

        Assert.True(await pool.DeleteAsync(key, Token));
        await pool.UpdateServersAsync([_places[0]], Token);

        Assert.Null(await pool.GetAsync(key, Text, Token));
        Assert.Equal("old", await pool.GetAsync("k", Text, Token));
    }

    [Fact]
    public async Task A_change_during_a_move_has_deletes_go_to_all_servers_that_anybody_may_read()
    {
        var pool = Connect(0);
        _ = pool.UpdateServersAsync([_places[1]], Warm, Token).AsTask();
        await AdvanceAsync(pool, Warm.Prepare, ServerMovePhase.WarmUp);
        _ = pool.UpdateServersAsync([_places[2]], Warm, Token).AsTask();
        var each = Enumerable.Range(0, 3).Select(server => Connect(server)).ToArray();
        foreach (var one in each)
        {
            await one.SetAsync("k", "old", Text, cancellationToken: Token);
        }

        Assert.True(await pool.DeleteAsync("k", Token));

        foreach (var one in each)
        {
            Assert.Null(await one.GetAsync("k", Text, Token));
        }

        await each[1].SetAsync("k", "of the second", Text, cancellationToken: Token);
        Assert.Equal("of the second", await pool.GetAsync("k", Text, Token));
        await AdvanceAsync(pool, Warm.Prepare, ServerMovePhase.WarmUp);
        await AdvanceUntilAsync(() => pool.Locate("k").Servers[0].Name == _places[2].Name);
        Assert.Equal("of the second", await pool.GetAsync("k", Text, Token));
    }

    [Fact]
    public async Task The_warm_up_ends_when_nothing_is_found_any_more()
    {
        var (pool, _, _) = await BeginAsync(ServerMovePhase.WarmUp);
        await AdvanceAsync(pool, Warm.Prepare, ServerMovePhase.WarmUp);

        for (var i = 0; i < 200; i++)
        {
            Assert.Null(await pool.GetAsync($"none-{i}", Text, Token));
        }

        await AdvanceAsync(pool, TimeSpan.FromSeconds(30), ServerMovePhase.Closing);
    }

    [Fact]
    public async Task Servers_without_leases_are_read_and_get_no_copies()
    {
        var (pool, before, after) = await BeginAsync(ServerMovePhase.WarmUp, MemcachedProtocol.Classic);
        await before.SetAsync("k", "old", Text, cancellationToken: Token);

        Assert.Equal("old", await pool.GetAsync("k", Text, Token));
        Assert.Equal("old", await pool.GetOrCreateAsync("k", _ => throw new InvalidOperationException("created"), Text, GetOrCreateOptions.Default, cancellationToken: Token));
        Assert.Equal("old", (await GetOrCreateManyAsync(pool, ["k"]))["k"]);
        Assert.Null(await after.GetAsync("k", Text, Token));
        Assert.True(await pool.DeleteAsync("k", Token));
        Assert.Null(await pool.GetAsync("k", Text, Token));
    }

    // Where keys of failed servers go elsewhere, the pool does without it at once; else it says for a while that others may still read there.
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_former_server_that_has_ended_has_nothing(bool failsOver)
    {
        var pool = Connect(MemcachedProtocol.Auto, failsOver, 0);
        _ = pool.UpdateServersAsync([_places[1]], Warm, Token).AsTask();
        await AdvanceAsync(pool, Warm.Prepare, ServerMovePhase.WarmUp);
        _servers[0].Dispose();

        Assert.Null(await pool.GetAsync("k", Text, Token));
        if (failsOver)
        {
            await pool.SetAsync("k", "new", Text, cancellationToken: Token);
            Assert.Equal("new", await Connect(1).GetAsync("k", Text, Token));
        }
        else
        {
            var failure = await Assert.ThrowsAsync<MemcachedConnectionException>(async () => await pool.SetAsync("k", "new", Text, cancellationToken: Token));
            Assert.Equal(_places[0].Name, failure.Server);
        }
    }

    [Fact]
    public async Task A_flush_reaches_the_former_servers()
    {
        var (pool, before, _) = await BeginAsync(ServerMovePhase.WarmUp);
        await before.SetAsync("k", "old", Text, cancellationToken: Token);

        await pool.FlushAsync(cancellationToken: Token);

        Assert.Null(await pool.GetAsync("k", Text, Token));
    }

    [Fact]
    public async Task A_pool_that_is_disposed_ends_its_move()
    {
        var pool = Connect(0);
        var move = pool.UpdateServersAsync([_places[1]], Warm, Token).AsTask();

        await pool.DisposeAsync();

        await move.WaitAsync(Patience, Token);
        _time.Advance(TimeSpan.FromDays(2));
    }

    [Fact]
    public async Task Times_that_make_no_sense_are_refused()
    {
        var pool = Connect(0);
        foreach (var options in new[] { Warm with { WarmUp = TimeSpan.FromTicks(-1) }, Warm with { Prepare = TimeSpan.FromDays(2) }, Warm with { CleanUp = TimeSpan.FromDays(2) } })
        {
            await Assert.ThrowsAsync<ArgumentOutOfRangeException>(async () => await pool.UpdateServersAsync([_places[1]], options, Token));
            Assert.Throws<ArgumentOutOfRangeException>(() => new MemcachedPoolOptions { Servers = { _places[0] }, ServerChanges = options }.Validate());
        }

        Assert.Equal((1L, ServerMovePhase.None), (pool.TopologyVersion, pool.MovePhase));
    }

    [Fact]
    public async Task Values_of_zones_do_not_move()
    {
        var options = new MemcachedPoolOptions { Servers = { _places[0] with { Zone = "a" } }, Zone = "a" };
        await using (var pool = MemcachedPool.Connect(options))
        {
            var refused = await Assert.ThrowsAsync<ArgumentException>(async () => await pool.UpdateServersAsync([_places[1] with { Zone = "a" }], Warm, Token));
            Assert.Equal("ServerChangeOptions.WarmUp is 00:10:00, and the pool's servers are in zones, whose values do not move. Leave it out, or the zones.", refused.Message);
        }

        options.ServerChanges = Warm;
        Assert.Throws<ArgumentException>(options.Validate);
    }

    private static ValueTask<Dictionary<string, string>> GetOrCreateManyAsync(MemcachedPool pool, string[] keys) => pool.GetOrCreateManyAsync(
        keys, 0, static (ref writer, _, key) => writer.AppendWhole(key), KeyPolicy.Reject, (_, _) => throw new InvalidOperationException("created"), Text, GetOrCreateOptions.Default, cancellationToken: Token);

    // From the first server to the second: every key moves.
    private async Task<(MemcachedPool Pool, MemcachedPool Before, MemcachedPool After)> BeginAsync(ServerMovePhase phase, MemcachedProtocol protocol = MemcachedProtocol.Auto)
    {
        var pool = Connect(protocol, failsOver: false, 0);
        _ = pool.UpdateServersAsync([_places[1]], Warm, Token).AsTask();
        if (phase == ServerMovePhase.WarmUp)
        {
            await AdvanceAsync(pool, Warm.Prepare, phase);
        }

        return (pool, Connect(0), Connect(1));
    }

    private async Task<string> MovedKeyAsync()
    {
        var both = Connect(0, 1);
        await Task.CompletedTask;
        return Enumerable.Range(0, 1000).Select(i => $"moved-{i}").First(key => both.Locate(key).Servers[0].Name == _places[1].Name);
    }

    private async Task AdvanceAsync(MemcachedPool pool, TimeSpan time, ServerMovePhase phase)
    {
        _time.Advance(time);
        await Fleet.UntilAsync(() => pool.MovePhase == phase);
    }

    private async Task AdvanceUntilAsync(Func<bool> reached)
    {
        _time.Advance(TimeSpan.FromMilliseconds(1));
        await Fleet.UntilAsync(reached);
    }

    private MemcachedPool Connect(params int[] servers) => Connect(MemcachedProtocol.Auto, failsOver: false, servers);

    private MemcachedPool Connect(MemcachedProtocol protocol, bool failsOver, params int[] servers)
    {
        var options = new MemcachedPoolOptions { OperationTimeout = Patience, ConnectTimeout = Patience, TimeProvider = _time, Protocol = protocol, AllowFailover = failsOver };
        foreach (var server in servers)
        {
            options.Servers.Add(_places[server]);
        }

        var pool = MemcachedPool.Connect(options);
        _pools.Add(pool);
        return pool;
    }
}
