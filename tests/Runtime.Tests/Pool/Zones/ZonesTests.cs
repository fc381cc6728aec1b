using Microsoft.Extensions.Time.Testing;
using TypedCache.Keys;
using TypedCache.Values;

namespace TypedCache.Tests.Pool.Zones;

/// <summary>Each zone is a cluster of its own: reads stay in one, writes go to all.</summary>
public sealed class ZonesTests : IAsyncDisposable
{
    private static readonly ICacheCodec<string> Text = CacheCodecs.String;
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);
    private static readonly GetOrCreateOptions Stored = new() { Expires = Hour };
    private static readonly string[] Keys = [.. Enumerable.Range(0, 60).Select(static i => $"k{i}")];

    private readonly FakeTimeProvider _clock = new();
    private readonly ZoneServers _servers;
    private readonly MemcachedPool _a;
    private readonly MemcachedPool _b;
    private readonly MemcachedPool _c;

    public ZonesTests()
    {
        _servers = new ZoneServers(zones: 3, serversInEach: 2, _clock);
        (_a, _b, _c) = (_servers.Connect("a"), _servers.Connect("b"), _servers.Connect("c"));
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private MemcachedPool[] Pools => [_a, _b, _c];

    public ValueTask DisposeAsync() => _servers.DisposeAsync();

    [Fact]
    public async Task Writes_reach_all_zones_and_reads_stay_in_their_own()
    {
        await SetAllAsync(_a);
        await _b.SetManyAsync(Keys.Select(static key => KeyValuePair.Create(key, "w")), Text, cancellationToken: Token);
        var before = Commands();

        foreach (var key in Keys)
        {
            Assert.Equal("w", await _b.GetAsync(key, Text, Token));
            Assert.True(await _b.ExistsAsync(key, Token));
            Assert.Equal("w", await _b.GetOrCreateAsync(key, Never, Text, Stored, cancellationToken: Token));
        }

        Assert.Equal(Keys.Length, (await _b.GetManyAsync(Keys, Text, Token)).Count);
        var after = Commands();
        Assert.Equal((before.A, before.C), (after.A, after.C));
        Assert.True(after.B - before.B >= 3 * Keys.Length);
        foreach (var pool in Pools)
        {
            Assert.Equal(Keys.Length, (await pool.GetManyAsync(Keys, Text, Token)).Count(static pair => pair.Value == "w"));
        }
    }

    [Fact]
    public void All_pools_have_the_same_home_zones_and_each_its_own_server_first()
    {
        var homes = new Dictionary<string, int>();
        for (var i = 0; i < 3000; i++)
        {
            var key = $"k{i}";
            var home = ZoneServers.HomeOf(_a, key);
            Assert.All(Pools, pool => Assert.Equal(home.Name, ZoneServers.HomeOf(pool, key).Name));
            Assert.All(Pools, pool => Assert.Equal(pool.Zone, pool.Locate(key).Servers[0].Zone));
            Assert.All(Pools, pool => Assert.Equal(["a", "b", "c"], pool.Locate(key).Servers.Select(static server => server.Zone!).Order()));
            Assert.Same(_b.FindServer(key), _b.Locate(key).Servers[0]);
            homes[home.Name] = homes.GetValueOrDefault(home.Name) + 1;
        }

        // The home zones of one server's keys are spread, too: each server has about its part of all leases.
        Assert.Equal(6, homes.Count);
        Assert.All(homes.Values, static count => Assert.InRange(count, 150, 1200));
    }

    [Fact]
    public async Task Where_the_own_server_has_failed_another_zone_is_read_and_no_neighbour()
    {
        await SetAllAsync(_a);
        ZoneServers.ServersIn(_b, "b")[0].Disable();
        string[] moved = [.. Keys.Where(key => _b.Locate(key).Servers[0].State == ServerState.Failed)];
        Assert.NotEmpty(moved);
        var before = _servers.CommandsIn("b");

        foreach (var key in moved)
        {
            Assert.Equal("v", await _b.GetAsync(key, Text, Token));
        }

        Assert.Equal(moved.Length, (await _b.GetManyAsync(moved, Text, Token)).Count);
        Assert.Equal(before, _servers.CommandsIn("b"));
    }

    [Fact]
    public async Task A_zone_that_is_cut_off_fails_no_write_and_what_it_misses_is_noted()
    {
        var missed = new ZoneNotes(_a);
        await SetAllAsync(_a);
        Assert.Equal(0, missed.Count);
        ZoneServers.Cut(_a, "b");

        foreach (var key in Keys)
        {
            Assert.True(await _a.DeleteAsync(key, Token));
        }

        Assert.Equal(Keys.Select(key => (ZoneServers.ServerOf(_a, key, "b").Name, key)).Order(), missed.All.Order());
        Assert.Equal(0, await _a.DeleteManyAsync(Keys, Token));

        // Where it is the home zone, others still find there what they do not find in their own.
        Assert.Equal(Keys.Where(key => ZoneServers.HomeOf(_c, key).Zone == "b").Order(), (await _c.GetManyAsync(Keys, Text, Token)).Keys.Order());
        Assert.Equal(Keys.Length, (await _b.GetManyAsync(Keys, Text, Token)).Count);

        await missed.MakeUpAsync(_servers.ConnectTo);
        Assert.Empty(await _b.GetManyAsync(Keys, Text, Token));
        await _a.SetAsync("k1", "v", Text, cancellationToken: Token);
        Assert.Equal([(ZoneServers.ServerOf(_a, "k1", "b").Name, "k1")], missed.All);
        Assert.True(await _a.InvalidateAsync("k1", Hour, Token));

        ZoneServers.Cut(_a, "a");
        ZoneServers.Cut(_a, "c");
        await Assert.ThrowsAsync<MemcachedConnectionException>(async () => await _a.SetAsync("k1", "v", Text, cancellationToken: Token));
        await Assert.ThrowsAsync<MemcachedConnectionException>(async () => await _a.DeleteAsync("k1", Token));
        await Assert.ThrowsAsync<MemcachedConnectionException>(async () => await _a.GetAsync("k1", Text, Token));
        await Assert.ThrowsAsync<MemcachedConnectionException>(async () => await _a.IncrementAsync("k1", 1, Token));
    }

    [Fact]
    public async Task The_home_zone_decides_and_the_others_lose_their_copies()
    {
        foreach (var key in Keys)
        {
            await _a.SetAsync(key, "1", Text, cancellationToken: Token);
            Assert.Equal(2u, await _b.IncrementAsync(key, 1, Token));
            Assert.Equal(4u, await _c.IncrementAsync(key, 2, Token));
            Assert.Equal(3u, await _a.DecrementAsync(key, 1, Token));
            await AssertEverywhereAsync(key, "3");

            Assert.True(await _b.AppendAsync(key, "0", Text, Token));
            Assert.True(await _c.PrependAsync(key, "1", Text, Token));
            await AssertEverywhereAsync(key, "130");

            var read = await _c.GetValueAsync(key, Text, Token);
            var outdated = await _a.GetValueAsync(key, Text, Token);
            Assert.Equal(CasResult.Stored, await _c.CompareAndSetAsync(key, "x", read.Cas, Text, cancellationToken: Token));
            Assert.Equal(CasResult.Changed, await _a.CompareAndSetAsync(key, "y", outdated.Cas, Text, cancellationToken: Token));
            await AssertEverywhereAsync(key, "x");

            Assert.False(await _a.AddAsync(key, "z", Text, cancellationToken: Token));
            Assert.True(await _a.ReplaceAsync(key, "z", Text, cancellationToken: Token));
            await AssertEverywhereAsync(key, "z");
            Assert.True(await _b.CompareAndDeleteAsync(key, (await _b.GetValueAsync(key, Text, Token)).Cas, Token));
            Assert.All(await Task.WhenAll(Pools.Select(async pool => await pool.ExistsAsync(key, Token))), Assert.False);
            Assert.False(await _c.ReplaceAsync(key, "z", Text, cancellationToken: Token));
            Assert.True(await _c.AddAsync(key, "added", Text, cancellationToken: Token));
            await AssertEverywhereAsync(key, "added");
        }
    }

    [Fact]
    public async Task Batches_do_the_same()
    {
        await _a.AddManyAsync(Keys.Select(static key => KeyValuePair.Create(key, "v")), Text, cancellationToken: Token);
        var read = await _b.GetManyValuesAsync(Keys, Text, Token);
        Assert.Equal(Keys.Length, read.Count);
        var results = await _b.CompareAndSetManyAsync(read.Select(static pair => KeyValuePair.Create(pair.Key, pair.Value.With("w"))), Text, cancellationToken: Token);
        Assert.All(results.Values, static result => Assert.Equal(CasResult.Stored, result));

        // Only the home zones have them now.
        foreach (var pool in Pools)
        {
            Assert.Equal(Keys.Length, (await pool.GetManyAsync(Keys, Text, Token)).Count(static pair => pair.Value == "w"));
            Assert.Equal(Keys.Order(), (await pool.ExistsManyAsync(Keys, Token)).Order());
        }

        Assert.Equal(Keys.Order(), (await _c.TouchManyAsync(Keys, CacheExpiry.FromSeconds(5), Token)).Order());
        Assert.Equal(Keys.Length, await _c.DeleteManyAsync(Keys, Token));
        foreach (var pool in Pools)
        {
            Assert.Empty(await pool.GetManyAsync(Keys, Text, Token));
        }
    }

    [Fact]
    public async Task A_touch_reaches_all_zones()
    {
        await SetAllAsync(_a);
        foreach (var key in Keys)
        {
            Assert.True(await _b.TouchAsync(key, CacheExpiry.FromSeconds(100), Token));
            Assert.All(await TimesLeftAsync(key), static left => Assert.Equal(100, left));
            Assert.Equal("v", await _c.GetAndTouchAsync(key, Text, CacheExpiry.FromSeconds(200), Token));
            await Patiently(async () => (await TimesLeftAsync(key)).All(static left => left == 200));
        }
    }

    [Fact]
    public async Task One_caller_of_all_zones_creates_and_each_zone_gets_its_copy()
    {
        var created = 0;
        foreach (var key in Keys)
        {
            var gate = new TaskCompletionSource();
            Task<string>[] callers = [.. Pools.Concat(Pools).Select(pool => pool.GetOrCreateAsync(key, CreateAsync, Text, Stored, cancellationToken: Token).AsTask())];
            gate.SetResult();
            Assert.Equal(key, (await WithClockAsync(Task.WhenAll(callers))).Distinct().Single());
            Assert.Equal(Array.IndexOf(Keys, key) + 1, created);

            async ValueTask<string> CreateAsync(CancellationToken token)
            {
                Interlocked.Increment(ref created);
                await gate.Task;
                return key;
            }
        }

        var before = Commands();
        foreach (var key in Keys)
        {
            Assert.Equal(key, await _b.GetOrCreateAsync(key, Never, Text, Stored, cancellationToken: Token));
        }

        Assert.Equal((before.A, before.C), (Commands().A, Commands().C));
    }

    [Fact]
    public async Task A_copy_ends_when_the_value_in_the_home_zone_does()
    {
        var stale = new GetOrCreateOptions { Expires = TimeSpan.FromSeconds(100), Stale = TimeSpan.FromSeconds(50) };
        foreach (var key in Keys)
        {
            var home = Pools.Single(pool => pool.Zone == ZoneServers.HomeOf(_a, key).Zone);
            var other = Pools.First(pool => pool != home);
            await home.GetOrCreateAsync(key, static _ => ValueTask.FromResult("v"), Text, stale, cancellationToken: Token);
            _clock.Advance(TimeSpan.FromSeconds(30));

            Assert.Equal("v", await other.GetOrCreateAsync(key, Never, Text, stale, cancellationToken: Token));

            var copy = await _servers.ConnectTo(ZoneServers.ServerOf(_a, key, other.Zone!)).GetItemInfoAsync(key, Token);
            Assert.Equal(120, copy!.Value.TimeLeft!.Value.TotalSeconds);
        }
    }

    [Fact]
    public async Task Many_values_are_copied_and_only_the_rest_is_created()
    {
        foreach (var key in Keys[..30])
        {
            await _a.GetOrCreateAsync(key, static _ => ValueTask.FromResult("single"), Text, Stored, cancellationToken: Token);
        }

        var asked = new List<string>();
        var values = await WithClockAsync(CreateManyAsync(_b, asked));
        Assert.Equal(30, values.Count(static pair => pair.Value == "single"));
        Assert.Equal(Keys[30..].Order(), asked.Order());
        Assert.Equal(Keys.Length, (await CreateManyAsync(_b, asked)).Count);
        Assert.Equal(Keys.Length, (await WithClockAsync(CreateManyAsync(_c, asked))).Count);
        Assert.Equal(30, asked.Count);

        static async Task<Dictionary<string, string>> CreateManyAsync(MemcachedPool pool, List<string> asked) => await pool.GetOrCreateManyAsync(
            Keys, 0, SpareWrite.WholeKey, KeyPolicy.Reject,
            (keys, _) =>
            {
                asked.AddRange(keys);
                return ValueTask.FromResult<IReadOnlyDictionary<string, string>>(keys.ToDictionary(static key => key, static _ => "together"));
            },
            Text, Stored, cancellationToken: Token);
    }

    [Fact]
    public async Task A_value_that_is_deleted_while_it_is_created_is_stored_in_no_zone()
    {
        foreach (var key in Keys)
        {
            var started = new TaskCompletionSource();
            var gate = new TaskCompletionSource();
            var creating = _a.GetOrCreateAsync(
                key,
                async _ =>
                {
                    started.SetResult();
                    await gate.Task;
                    return "old";
                },
                Text, Stored, cancellationToken: Token).AsTask();
            await started.Task;
            await _b.DeleteAsync(key, Token);
            gate.SetResult();
            Assert.Equal("old", await creating);

            foreach (var server in _a.Locate(key).Servers)
            {
                Assert.Null(await _servers.ConnectTo(server).GetAsync(key, Text, Token));
            }
        }
    }

    [Fact]
    public async Task A_create_function_that_throws_leaves_no_lease_behind()
    {
        foreach (var key in Keys)
        {
            await Assert.ThrowsAsync<InvalidOperationException>(async () => await _a.GetOrCreateAsync<string>(
                key, static _ => throw new InvalidOperationException("no database"), Text, Stored, cancellationToken: Token));
            Assert.Equal("v", await _b.GetOrCreateAsync(key, static _ => ValueTask.FromResult("v"), Text, Stored, cancellationToken: Token));
        }
    }

    [Fact]
    public async Task Without_the_home_zone_each_zone_creates_for_itself()
    {
        var key = Keys.First(key => ZoneServers.HomeOf(_a, key).Zone == "c");
        ZoneServers.Cut(_a, "c");
        ZoneServers.Cut(_b, "c");
        Assert.Equal("a", await _a.GetOrCreateAsync(key, static _ => ValueTask.FromResult("a"), Text, Stored, cancellationToken: Token));
        Assert.Equal("a", await _a.GetOrCreateAsync(key, Never, Text, Stored, cancellationToken: Token));
        Assert.Equal("b", await _b.GetOrCreateAsync(key, static _ => ValueTask.FromResult("b"), Text, Stored, cancellationToken: Token));
        Assert.Null(await _c.GetAsync(key, Text, Token));
    }

    [Fact]
    public async Task Items_are_looked_for_in_the_home_zone_too()
    {
        foreach (var key in Keys)
        {
            await _a.IncrementAsync(key, 1, initial: 7, cancellationToken: Token);
            foreach (var pool in Pools)
            {
                Assert.Equal(1, (await pool.GetItemInfoAsync(key, Token))!.Value.Length);
                Assert.Equal(1, (await pool.GetItemAsync(key, 0, static (in StoredItem item, int _) => item.Payload.Length, Token)).Value);
            }
        }
    }

    [Fact]
    public async Task The_classic_protocol_has_zones_too()
    {
        var classic = _servers.Connect("b", static options => options.Protocol = MemcachedProtocol.Classic);
        foreach (var key in Keys)
        {
            Assert.Equal(7u, await classic.IncrementAsync(key, 1, initial: 7, cancellationToken: Token));
            Assert.Equal("7", await classic.GetAsync(key, Text, Token));
            Assert.Equal("7", await _c.GetAsync(key, Text, Token));
            Assert.True(await classic.DeleteAsync(key, Token));
            Assert.Equal("v", await classic.GetOrCreateAsync(key, static _ => ValueTask.FromResult("v"), Text, Stored, cancellationToken: Token));
            Assert.Equal("v", await classic.GetAsync(key, Text, Token));
        }
    }

    [Fact]
    public async Task Zones_change_with_the_servers()
    {
        await SetAllAsync(_a);
        MemcachedServerOptions[] two = [.. _servers.Places.Where(static place => place.Zone != "c")];
        await _a.UpdateServersAsync(two, Token);
        Assert.Equal(["a", "b"], _a.Locate("k1").Servers.Select(static server => server.Zone!).Order());
        var staying = _a.Servers[0];

        await _a.UpdateServersAsync([.. two[..1], two[1] with { Zone = "b" }, .. two[2..]], Token);
        Assert.Same(staying, _a.Servers[0]);
        Assert.Equal(["a", "b", "b", "b"], _a.Servers.Select(static server => server.Zone!));
        Assert.Equal(3, _a.TopologyVersion);

        await Assert.ThrowsAsync<ArgumentException>(async () => await _a.UpdateServersAsync([two[0] with { Zone = null }, .. two[1..]], Token));
        await Assert.ThrowsAsync<ArgumentException>(async () => await _a.UpdateServersAsync(two[2..], Token));
        await Assert.ThrowsAsync<ArgumentException>(async () => await _a.UpdateServersAsync(two, [new MemcachedServerOptions("spare")], Token));
        Assert.Equal(3, _a.TopologyVersion);
    }

    [Theory]
    [InlineData("a zone=x, b zone=y; zone=x", null)]
    [InlineData("a zone=x, b", "a:11211 is in zone 'x', and the pool has no zone.")]
    [InlineData("a zone=x, b; zone=x", "b:11211 has no zone.")]
    [InlineData("a zone=x; zone=X", "The pool is in zone 'X', in which there is no server.")]
    [InlineData("a zone=x; zone=x; redundancy=2", "each zone has a copy already")]
    [InlineData("a zone=x; zone=x; spares=s", "the other zones take its place")]
    [InlineData("a; spares=s zone=x", "Spares are in no zone")]
    [InlineData("a zone=x; zone=x; failover=false", "AllowFailover is false")]
    [InlineData("a zone=x; zone=x; preset=php-memcached", "AllowFailover is false")]
    [InlineData("a zone=x!", "'x!' is not a zone. Use 1 to 100 letters")]
    [InlineData("a zone=", "'' is not a zone")]
    [InlineData("a zone=x; zone=x y", "The zone 'x y' is not valid")]
    [InlineData("a weight=2 zone=x heavy=1", "The options are weight=N, zone=NAME")]
    public void Zones_are_checked(string text, string? mistake)
    {
        var thrown = Record.Exception(() => MemcachedConnectionString.Parse(text).ToOptions().Validate());
        Assert.True(mistake is null ? thrown is null : thrown is ArgumentException && thrown.Message.Contains(mistake, StringComparison.Ordinal), thrown?.Message);
    }

    private static ValueTask<string> Never(CancellationToken token) => throw new InvalidOperationException("It created.");

    private static async Task SetAllAsync(MemcachedPool pool)
    {
        foreach (var key in Keys)
        {
            await pool.SetAsync(key, "v", Text, cancellationToken: Token);
        }
    }

    private static async Task Patiently(Func<Task<bool>> condition)
    {
        for (var waited = 0; !await condition(); waited++)
        {
            Assert.True(waited < 3000, "what was waited for did not come");
            await Task.Delay(10, Token);
        }
    }

    // Whoever waits for another zone does so by the clock.
    private async Task<T> WithClockAsync<T>(Task<T> task)
    {
        for (var waited = 0; !task.IsCompleted; waited++)
        {
            Assert.True(waited < 30_000, "the calls do not end");
            _clock.Advance(TimeSpan.FromMilliseconds(1));
            await Task.Delay(1, Token);
        }

        return await task;
    }

    private async Task AssertEverywhereAsync(string key, string value)
    {
        foreach (var pool in Pools)
        {
            Assert.Equal(value, await pool.GetAsync(key, Text, Token));
        }
    }

    private async Task<double[]> TimesLeftAsync(string key) => await Task.WhenAll(
        _a.Locate(key).Servers.Select(async server => (await _servers.ConnectTo(server).GetItemInfoAsync(key, Token))!.Value.TimeLeft!.Value.TotalSeconds));

    private (int A, int B, int C) Commands() => (_servers.CommandsIn("a"), _servers.CommandsIn("b"), _servers.CommandsIn("c"));
}
