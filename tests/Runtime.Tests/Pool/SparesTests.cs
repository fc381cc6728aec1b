using Microsoft.Extensions.Time.Testing;
using TypedCache.Keys;
using TypedCache.Tests.Creation;
using TypedCache.Values;

namespace TypedCache.Tests.Pool;

/// <summary>Spares take the keys of failed servers, for a short time each.</summary>
public sealed class SparesTests : IAsyncDisposable
{
    private const int Keys = 300;
    private static readonly ICacheCodec<string> Text = CacheCodecs.String;
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    private readonly FakeTimeProvider _clock = new();
    private readonly SpareServers _servers;

    public SparesTests() => _servers = new SpareServers(servers: 3, spares: 2, _clock);

    public static TheoryData<string, MemcachedProtocol> Writes
    {
        get
        {
            var writes = new TheoryData<string, MemcachedProtocol>();
            foreach (var write in SpareWrite.Names)
            {
                writes.Add(write, MemcachedProtocol.Meta);
                writes.Add(write, MemcachedProtocol.Classic);
            }

            return writes;
        }
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _servers.DisposeAsync();

    [Fact]
    public async Task Keys_of_a_failed_server_go_to_spares_and_not_to_its_neighbours()
    {
        var pool = _servers.Connect();
        await SetAllAsync(pool);
        var before = Commands();
        Assert.Equal((0, 0), (before[3], before[4]));
        var own = KeysOf(pool, pool.Servers[0]);

        pool.Servers[0].Disable();
        await SetAllAsync(pool);
        Assert.Equal(Keys, (await pool.GetManyAsync(AllKeys, Text, Token)).Count);

        var after = Commands();
        Assert.Equal(before[0], after[0]);
        Assert.Equal(Keys - own.Length, after[1] - before[1] - Reads(after, 1) + (after[2] - before[2] - Reads(after, 2)));
        Assert.True(after[3] > own.Length / 4 && after[4] > own.Length / 4, $"{after[3]} and {after[4]} commands on the spares, for {own.Length} keys");
        Assert.All(own, key => Assert.True(pool.Locate(key).Servers[1].IsSpare));

        // A multi-get is one command for many keys.
        int Reads(int[] counts, int server) => counts[server] - before[server] - KeysOf(pool, pool.Servers[server]).Length;
    }

    [Fact]
    public async Task A_spare_is_chosen_as_a_pool_of_the_spares_alone_would_and_the_next_one_where_it_has_failed()
    {
        var pool = _servers.Connect();
        await using var spares = MemcachedPool.Connect(new MemcachedPoolOptions { Servers = [.. _servers.Spares] });
        foreach (var key in AllKeys)
        {
            Assert.Equal(
                [pool.FindServer(key).Name, .. spares.Locate(key).Servers.Select(static server => server.Name)],
                pool.Locate(key).Servers.Select(static server => server.Name));
        }

        pool.Servers[0].Disable();
        pool.Spares[0].Disable();
        await SetAllAsync(pool);
        var moved = KeysOf(pool, pool.Servers[0]);
        var second = _servers.ConnectTo(_servers.Spares[1]);
        Assert.Equal(moved.Length, (await second.GetManyAsync(AllKeys, Text, Token)).Count);
    }

    [Theory]
    [InlineData(ServerFailurePolicy.Throw)]
    [InlineData(ServerFailurePolicy.Miss)]
    public async Task Without_a_usable_spare_a_key_has_no_server(ServerFailurePolicy policy)
    {
        var pool = _servers.Connect(new MemcachedPoolOptions { OnServerFailure = policy });
        Fail(pool.Servers[0], pool.Spares[0], pool.Spares[1]);
        var key = KeysOf(pool, pool.Servers[0])[0];
        var before = Commands();

        await Assert.ThrowsAsync<MemcachedConnectionException>(async () => await pool.SetAsync(key, "v", Text, cancellationToken: Token));
        if (policy == ServerFailurePolicy.Miss)
        {
            Assert.Null(await pool.GetAsync(key, Text, Token));
            Assert.Empty(await pool.GetManyAsync([key], Text, Token));
        }
        else
        {
            await Assert.ThrowsAsync<MemcachedConnectionException>(async () => await pool.GetAsync(key, Text, Token));
        }

        Assert.Equal(before, Commands());
    }

    [Fact]
    public async Task A_server_that_is_back_takes_its_keys_again()
    {
        var pool = _servers.Connect();
        await SetAllAsync(pool);
        var key = KeysOf(pool, pool.Servers[0])[0];
        pool.Servers[0].Disable();
        Assert.Null(await pool.GetAsync(key, Text, Token));
        await pool.SetAsync(key, "short-lived", Text, cancellationToken: Token);
        var onSpare = await pool.GetValueAsync(key, Text, Token);
        Assert.Equal("short-lived", onSpare.Value);

        pool.Servers[0].Enable();
        await Fleet.UntilAsync(() => pool.Servers[0].State == ServerState.Connected);

        // What it had is older than what was written meanwhile, and is removed.
        Assert.Null(await pool.GetAsync(key, Text, Token));
        await pool.SetAsync(key, "v", Text, cancellationToken: Token);
        Assert.Equal(CasResult.Changed, await pool.CompareAndSetAsync(key, "w", onSpare.Cas, Text, cancellationToken: Token));
    }

    [Theory]
    [MemberData(nameof(Writes))]
    public async Task Nothing_that_is_written_to_a_spare_lives_longer_than_it_may(string write, MemcachedProtocol protocol)
    {
        var pool = _servers.Connect(new MemcachedPoolOptions { Protocol = protocol, TimeProvider = _clock });
        Fail(pool.Servers[0], pool.Servers[1], pool.Servers[2], pool.Spares[1]);

        await SpareWrite.RunAsync(write, pool, "k1", Token);

        var item = await _servers.ConnectTo(_servers.Spares[0]).GetItemInfoAsync("k1", Token);
        Assert.NotNull(item);
        Assert.InRange(item.Value.TimeLeft!.Value, TimeSpan.FromSeconds(1), Limit);
    }

    [Theory]
    [InlineData(3, 3)]
    [InlineData(3600, 10)]
    [InlineData(40 * 86_400, 10)]
    public async Task Points_in_time_and_short_expiries_are_kept(int seconds, int expected)
    {
        var pool = _servers.Connect(new MemcachedPoolOptions { TimeProvider = _clock });
        Fail(pool.Servers[0], pool.Servers[1], pool.Servers[2], pool.Spares[1]);
        var spare = _servers.ConnectTo(_servers.Spares[0]);

        await pool.SetAsync("k1", "v", Text, CacheExpiry.At(_clock.GetUtcNow().AddSeconds(seconds)), Token);
        await pool.SetAsync("k2", "v", Text, CacheExpiry.FromSeconds(seconds), Token);
        await pool.SetAsync("k3", "v", Text, CacheExpiry.At(_clock.GetUtcNow().AddSeconds(-seconds)), Token);

        Assert.Equal(expected, (await spare.GetItemInfoAsync("k1", Token))!.Value.TimeLeft!.Value.TotalSeconds);
        Assert.Equal(expected, (await spare.GetItemInfoAsync("k2", Token))!.Value.TimeLeft!.Value.TotalSeconds);
        Assert.Null(await spare.GetItemInfoAsync("k3", Token));
    }

    [Fact]
    public async Task A_created_value_is_fresh_on_a_spare_until_it_is_gone()
    {
        var pool = _servers.Connect(new MemcachedPoolOptions { TimeProvider = _clock });
        Fail([.. pool.Servers]);
        var options = new GetOrCreateOptions { Expires = Hour, Stale = Hour, LeaseTime = TimeSpan.FromMinutes(1) };
        var created = 0;
        for (var second = 0; second < 10; second++)
        {
            await GetAsync();
            await pool.GetOrCreateManyAsync(["k2", "k3"], 0, SpareWrite.WholeKey, KeyPolicy.Reject, CreateManyAsync, Text, options, cancellationToken: Token);
            Assert.Equal(3, created);
            _clock.Advance(TimeSpan.FromSeconds(1));
        }

        await GetAsync();
        Assert.Equal(4, created);

        ValueTask<string> GetAsync() => pool.GetOrCreateAsync("k1", _ => ValueTask.FromResult($"{++created}"), Text, options, cancellationToken: Token);

        ValueTask<IReadOnlyDictionary<string, string>> CreateManyAsync(IReadOnlyList<string> keys, CancellationToken token)
        {
            created += keys.Count;
            return ValueTask.FromResult<IReadOnlyDictionary<string, string>>(keys.ToDictionary(static key => key));
        }
    }

    [Fact]
    public async Task Servers_with_copies_come_before_spares_which_have_none()
    {
        var pool = _servers.Connect(new MemcachedPoolOptions { Redundancy = 2, MaxFailoverAttempts = 200 });
        await SetAllAsync(pool);
        Assert.Equal((0, 0), (_servers.CommandsOf(3), _servers.CommandsOf(4)));
        pool.Servers[0].Disable();

        Assert.Equal(Keys, (await pool.GetManyAsync(AllKeys, Text, Token)).Count);
        Assert.Equal((0, 0), (_servers.CommandsOf(3), _servers.CommandsOf(4)));

        pool.Servers[1].Disable();
        string[] lost = [.. AllKeys.Where(key => !pool.Locate(key).Servers.Contains(pool.Servers[2]))];
        Assert.NotEmpty(lost);
        Assert.Equal(Keys - lost.Length, (await pool.GetManyAsync(AllKeys, Text, Token)).Count);
        Array.ForEach(await Task.WhenAll(lost.Select(async key => await pool.AddAsync(key, "short-lived", Text, cancellationToken: Token))), Assert.True);
        Assert.All(await pool.GetManyAsync(lost, Text, Token), static pair => Assert.Equal("short-lived", pair.Value));
        Assert.True(await pool.DeleteAsync(lost[0], Token));
        Assert.Null(await pool.GetAsync(lost[0], Text, Token));
    }

    [Fact]
    public async Task Spares_stay_or_change_with_the_servers()
    {
        var pool = _servers.Connect();
        var (first, second) = (pool.Spares[0], pool.Spares[1]);
        var told = new TaskCompletionSource<ServersChangedEventArgs>();
        await pool.UpdateServersAsync([_servers.Places[0]], Token);
        Assert.Equal([first, second], pool.Spares);
        pool.ServersChanged += (_, change) => told.TrySetResult(change);

        await pool.UpdateServersAsync([_servers.Places[0]], [_servers.Spares[1], _servers.Places[1]], Token);

        Assert.Equal([second, pool.Spares[1]], pool.Spares);
        Assert.Equal((3, ServerState.Removed), (pool.TopologyVersion, first.State));
        var change = await told.Task.WaitAsync(TimeSpan.FromSeconds(30), Token);
        Assert.Equal([pool.Spares[1]], change.Added);
        Assert.Equal([first], change.Removed);
        await pool.UpdateServersAsync([_servers.Places[0]], [_servers.Spares[1], _servers.Places[1]], Token);
        Assert.Equal(3, pool.TopologyVersion);

        pool.Servers[0].Disable();
        await SetAllAsync(pool);
        await pool.UpdateServersAsync([_servers.Places[0]], [], Token);
        Assert.Empty(pool.Spares);
        await Assert.ThrowsAsync<MemcachedConnectionException>(async () => await pool.GetAsync("k1", Text, Token));
    }

    [Fact]
    public async Task A_spare_becomes_a_server_with_both_lists_only()
    {
        var pool = _servers.Connect();
        var refused = await Assert.ThrowsAsync<ArgumentException>(async () => await pool.UpdateServersAsync([_servers.Spares[0]], Token));
        Assert.Contains($"{_servers.Spares[0].Name} is one of the pool's spares.", refused.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<ArgumentException>(async () => await pool.UpdateServersAsync([_servers.Spares[0]], [_servers.Spares[0]], Token));
        Assert.Equal(1, pool.TopologyVersion);

        await pool.UpdateServersAsync([_servers.Spares[0]], [_servers.Spares[1]], Token);

        await pool.SetAsync("k1", "v", Text, CacheExpiry.After(Hour), Token);
        Assert.False(pool.Servers[0].IsSpare);
        Assert.Equal(Hour, (await pool.GetItemInfoAsync("k1", Token))!.Value.TimeLeft);
    }

    [Fact]
    public async Task Spares_are_asked_and_emptied_with_the_servers()
    {
        var pool = _servers.Connect();
        Assert.All(pool.Spares, static spare => Assert.Equal((true, ServerState.Disconnected), (spare.IsSpare, spare.State)));
        MemcachedServer[] all = [.. pool.Servers, .. pool.Spares];
        Assert.Equal(all, (await pool.PingAsync(Token)).Select(static reply => reply.Server));
        Assert.Equal(all, (await pool.GetVersionsAsync(Token)).Select(static reply => reply.Server));
        Assert.Equal(all, (await pool.GetStatsAsync("", Token)).Select(static reply => reply.Server));
        Assert.All(all, static server => Assert.Equal(ServerState.Connected, server.State));
        Fail([.. pool.Servers]);
        await pool.SetAsync("k1", "v", Text, cancellationToken: Token);
        foreach (var server in pool.Servers)
        {
            server.Enable();
        }

        await pool.FlushAsync(cancellationToken: Token);
        Fail([.. pool.Servers]);
        Assert.Null(await pool.GetAsync("k1", Text, Token));
    }

    // Random writes of random expiries, while servers and spares fail and come back.
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task No_item_of_any_sequence_lives_longer_on_a_spare_than_it_may(int seed)
    {
        var random = new Random(seed);
        var protocol = seed % 2 == 0 ? MemcachedProtocol.Classic : MemcachedProtocol.Meta;
        var pool = _servers.Connect(new MemcachedPoolOptions { Protocol = protocol, TimeProvider = _clock, Redundancy = seed });
        var spares = _servers.Spares.Select(_servers.ConnectTo).ToArray();
        var seen = 0;
        for (var step = 0; step < 1500; step++)
        {
            var key = $"k{random.Next(12)}";
            Toggle(pool, random);
            try
            {
                await SpareWrite.RunAsync(SpareWrite.Names[random.Next(SpareWrite.Names.Length)], pool, key, Token);
            }
            catch (MemcachedConnectionException)
            {
                // No server or spare is usable.
            }

            foreach (var spare in spares)
            {
                if (await spare.GetItemInfoAsync(key, Token) is { } item)
                {
                    seen++;
                    Assert.True(item.TimeLeft > TimeSpan.Zero && item.TimeLeft <= Limit, $"step {step}: {item.TimeLeft} left of {key}");
                }
            }

            _clock.Advance(TimeSpan.FromMilliseconds(random.Next(1500)));
        }

        Assert.True(seen > 300, $"only {seen} items on spares");
    }

    [Fact]
    public async Task Spares_that_could_not_be_used_are_refused()
    {
        await using var pool = MemcachedPool.Connect(new MemcachedPoolOptions { AllowFailover = false }.AddServers("a"));
        Assert.Contains(
            "AllowFailover is false", (await Assert.ThrowsAsync<ArgumentException>(async () => await pool.UpdateServersAsync([new("a")], [new("b")], Token))).Message, StringComparison.Ordinal);
        AssertRefused(new MemcachedPoolOptions { AllowFailover = false }.AddServers("a").AddSpares("b"), "AllowFailover is false");
        AssertRefused(MemcachedPoolOptions.ForPhpMemcached().AddServers("a").AddSpares("b"), "AllowFailover is false");
        AssertRefused(new MemcachedPoolOptions().AddServers("a, b").AddSpares("c, a:11211"), "a:11211 is one of the servers and one of the spares.");
        AssertRefused(new MemcachedPoolOptions { SpareExpiry = TimeSpan.Zero }.AddServers("a"), "SpareExpiry");
        AssertRefused(new MemcachedPoolOptions { SpareExpiry = TimeSpan.FromDays(31) }.AddServers("a"), "SpareExpiry");

        static void AssertRefused(MemcachedPoolOptions options, string reason) =>
            Assert.Contains(reason, Assert.ThrowsAny<ArgumentException>(options.Validate).Message, StringComparison.Ordinal);
    }

    private static string[] AllKeys { get; } = [.. Enumerable.Range(0, Keys).Select(static i => $"k{i}")];

    private static string[] KeysOf(MemcachedPool pool, MemcachedServer server) => [.. AllKeys.Where(key => pool.FindServer(key) == server)];

    private static void Fail(params MemcachedServer[] servers) => Array.ForEach(servers, static server => server.Disable());

    private static void Toggle(MemcachedPool pool, Random random)
    {
        foreach (var server in (MemcachedServer[])[.. pool.Servers, .. pool.Spares])
        {
            var isSpare = server.IsSpare;
            if (random.Next(4) == 0)
            {
                if (random.Next(10) < (isSpare ? 2 : 7))
                {
                    server.Disable();
                }
                else
                {
                    server.Enable();
                }
            }
        }
    }

    private static async Task SetAllAsync(MemcachedPool pool)
    {
        foreach (var key in AllKeys)
        {
            await pool.SetAsync(key, "v", Text, cancellationToken: Token);
        }
    }

    private int[] Commands() => [.. Enumerable.Range(0, 5).Select(_servers.CommandsOf)];
}
