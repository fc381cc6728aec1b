using System.Globalization;
using System.Runtime.CompilerServices;
using TypedCache.Integration.Tests.External;
using TypedCache.Values;

namespace TypedCache.Integration.Tests.Connecting;

/// <summary>All operations which twemproxy passes on, and the answers to those which it does not.</summary>
public sealed class TwemproxyTests(TwemproxyFixture fixture) : IClassFixture<TwemproxyFixture>, IAsyncDisposable
{
    private static readonly ICacheCodec<string> Text = CacheCodecs.String;

    private readonly MemcachedPool _pool = Connect(fixture, MemcachedProtocol.Auto);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _pool.DisposeAsync();

    [Theory]
    [InlineData(MemcachedProtocol.Auto)]
    [InlineData(MemcachedProtocol.Classic)]
    public async Task The_proxy_is_recognized(MemcachedProtocol protocol)
    {
        await using var pool = Connect(fixture, protocol);
        await pool.SetAsync(Key(), "v", Text, cancellationToken: Token);

        Assert.Equal("v", await pool.GetAsync(Key(), Text, Token));
        Assert.Equal(ServerState.Connected, pool.Servers[0].State);
        Assert.Null(pool.Servers[0].Version);
    }

    [Fact]
    public async Task A_pool_which_insists_on_the_meta_protocol_is_told_how_to_fix_it()
    {
        await using var pool = Connect(fixture, MemcachedProtocol.Meta);

        var failure = await Assert.ThrowsAnyAsync<MemcachedConnectionException>(async () => await pool.GetAsync(Key(), Text, Token));

        Assert.Contains($"127.0.0.1:{fixture.Proxy.Port}", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Stores_and_reads_pass()
    {
        Assert.Null(await _pool.GetAsync(Key(), Text, Token));
        Assert.False(await _pool.ExistsAsync(Key(), Token));
        Assert.False(await _pool.ReplaceAsync(Key(), "r", Text, cancellationToken: Token));
        Assert.True(await _pool.AddAsync(Key(), "b", Text, cancellationToken: Token));
        Assert.False(await _pool.AddAsync(Key(), "x", Text, cancellationToken: Token));
        Assert.True(await _pool.AppendAsync(Key(), "c", Text, Token));
        Assert.True(await _pool.PrependAsync(Key(), "a", Text, Token));
        Assert.Equal("abc", await _pool.GetAsync(Key(), Text, Token));
        Assert.True(await _pool.ExistsAsync(Key(), Token));
        Assert.True(await _pool.ReplaceAsync(Key(), "r", Text, cancellationToken: Token));
        await _pool.SetAsync(Key(), "s", Text, TimeSpan.FromDays(60), Token);
        Assert.Equal("s", await _pool.GetAsync(Key(), Text, Token));
        Assert.True(await _pool.DeleteAsync(Key(), Token));
        Assert.False(await _pool.DeleteAsync(Key(), Token));
    }

    [Fact]
    public async Task Compare_and_set_has_three_answers()
    {
        Assert.Equal(CasResult.NotFound, await _pool.CompareAndSetAsync(Key(), "v", 1, Text, cancellationToken: Token));
        await _pool.SetAsync(Key(), "first", Text, cancellationToken: Token);
        var read = await _pool.GetValueAsync(Key(), Text, Token);

        Assert.Equal(CasResult.Stored, await _pool.CompareAndSetAsync(Key(), "second", read.Cas, Text, cancellationToken: Token));
        Assert.Equal(CasResult.Changed, await _pool.CompareAndSetAsync(Key(), "third", read.Cas, Text, cancellationToken: Token));
        Assert.Equal("second", await _pool.GetAsync(Key(), Text, Token));
    }

    [Fact]
    public async Task A_time_which_has_passed_drops_the_value_at_once()
    {
        await _pool.SetAsync(Key(), "v", Text, CacheExpiry.At(DateTimeOffset.UnixEpoch), Token);
        Assert.Null(await _pool.GetAsync(Key(), Text, Token));
        await _pool.SetAsync(Key(), "v", Text, cancellationToken: Token);
        Assert.True(await _pool.TouchAsync(Key(), CacheExpiry.At(DateTimeOffset.UnixEpoch), Token));
        Assert.False(await _pool.TouchAsync(Key(), TimeSpan.FromMinutes(1), Token));
    }

    [Fact]
    public async Task Counters_are_created_by_one_of_many_callers_and_counted_by_all()
    {
        Assert.Null(await _pool.IncrementAsync(Key(), 1, Token));
        var counts = await Task.WhenAll(Enumerable.Range(0, 100).Select(_ =>
            _pool.IncrementAsync(Key(), 1, 1000, TimeSpan.FromMinutes(1), Token).AsTask()));

        Assert.Equal(Enumerable.Range(1000, 100).Select(i => (ulong)i), counts.Order());
        Assert.Equal(1000UL, await _pool.DecrementAsync(Key(), 99, Token));
        Assert.Equal(7UL, await _pool.DecrementAsync(Key("down"), 1, 7, cancellationToken: Token));
        await _pool.SetAsync(Key("text"), "text", Text, cancellationToken: Token);
        await Assert.ThrowsAsync<MemcachedServerException>(async () => await _pool.IncrementAsync(Key("text"), 1, 1, cancellationToken: Token));
    }

    [Fact]
    public async Task A_batch_is_collected_from_all_servers()
    {
        var values = Enumerable.Range(0, 500).ToDictionary(i => Key($"{i}"), i => $"value {i}");
        await Task.WhenAll(values.Select(pair => _pool.SetAsync(pair.Key, pair.Value, Text, cancellationToken: Token).AsTask()));

        var found = await _pool.GetManyAsync(values.Keys.Append(Key("missing")).Append(Key("0")), Text, Token);

        Assert.Equal(values.OrderBy(pair => pair.Key, StringComparer.Ordinal), found.OrderBy(pair => pair.Key, StringComparer.Ordinal));
        foreach (var server in fixture.Servers)
        {
            Assert.True(await CountItemsAsync(server) > 0, $"{server.Address} holds nothing");
        }

        var read = await _pool.GetManyValuesAsync(values.Keys, Text, Token);
        Assert.All(read, pair => Assert.NotEqual(0UL, pair.Value.Cas));
        var results = await _pool.CompareAndSetManyAsync(read.Select(pair => KeyValuePair.Create(pair.Key, pair.Value.With("new"))), Text, cancellationToken: Token);
        Assert.Equal(500, results.Count(result => result.Value == CasResult.Stored));
        Assert.Equal(500, (await _pool.TouchManyAsync(values.Keys.Append(Key("missing")), TimeSpan.FromHours(1), Token)).Count);
        Assert.Equal(500, (await _pool.ExistsManyAsync(values.Keys.Append(Key("missing")), Token)).Count);
        Assert.Empty(await _pool.AddManyAsync(values, Text, cancellationToken: Token));
        Assert.Equal(500, await _pool.DeleteManyAsync(values.Keys, Token));
    }

    [Fact]
    public async Task What_the_proxy_does_not_know_is_refused_by_name_and_the_connection_stays()
    {
        await _pool.SetAsync(Key(), "v", Text, cancellationToken: Token);
        var others = Enumerable.Range(0, 200).Select(_ => _pool.GetAsync(Key(), Text, Token).AsTask()).ToArray();

        var touch = await Assert.ThrowsAsync<MemcachedServerException>(async () => await _pool.GetAndTouchAsync(Key(), Text, TimeSpan.FromMinutes(1), Token));
        var stats = (await _pool.GetStatsAsync(cancellationToken: Token))[0].Error;
        var version = (await _pool.GetVersionsAsync(Token))[0].Error;
        var flush = await Assert.ThrowsAsync<MemcachedException>(async () => await _pool.FlushAsync(cancellationToken: Token));

        Assert.All([touch, stats!, version!, flush], error => Assert.Contains($"127.0.0.1:{fixture.Proxy.Port} is a proxy", error.Message, StringComparison.Ordinal));
        Assert.All(await Task.WhenAll(others), value => Assert.Equal("v", value));
    }

    [Fact]
    public async Task A_large_value_passes_and_one_over_the_limit_is_refused()
    {
        var large = new byte[900_000];
        new Random(1).NextBytes(large);
        await _pool.SetAsync(Key(), large, CacheCodecs.Bytes, cancellationToken: Token);
        Assert.Equal(large, await _pool.GetAsync(Key(), CacheCodecs.Bytes, Token));

        var larger = new byte[1_200_000];
        new Random(1).NextBytes(larger);
        await Assert.ThrowsAsync<MemcachedServerException>(async () => await _pool.SetAsync(Key(), larger, CacheCodecs.Bytes, cancellationToken: Token));
    }

    private static string Key(string name = "k", [CallerMemberName] string test = "") => $"{test}:{name}";

    private static MemcachedPool Connect(TwemproxyFixture fixture, MemcachedProtocol protocol) =>
        MemcachedPool.Connect(new MemcachedPoolOptions
        {
            Servers = [new MemcachedServerOptions("127.0.0.1", fixture.Proxy.Port)],
            Protocol = protocol,
            ConnectTimeout = TimeSpan.FromSeconds(20),
            OperationTimeout = TimeSpan.FromSeconds(20),
        });

    private static async Task<int> CountItemsAsync(MemcachedProcess server)
    {
        await using var pool = MemcachedPool.Connect(server.Address);
        var stats = await pool.GetStatsAsync(cancellationToken: Token);
        return int.Parse(stats[0].Value!["curr_items"], CultureInfo.InvariantCulture);
    }
}
