using TypedCache.Tests.Near;
using TypedCache.Values;
using static TypedCache.TypedCacheTelemetry;

namespace TypedCache.Tests.Telemetry;

[Collection(nameof(ListensToTheMeter))]
public sealed class NearMetricsTests : IDisposable
{
    private static readonly KeyTemplate Product = new("shop", "product:{id}");
    private static readonly KeyTemplate Session = new("web", "session:{id}");
    private static readonly ICacheCodec<string> Text = CacheCodecs.String;
    private static readonly NearOptions TwoSeconds = new() { Duration = TimeSpan.FromSeconds(2), SharesValues = true };
    private static readonly NearOptions Renewed = new() { Duration = TimeSpan.FromSeconds(2), Revalidate = TimeSpan.FromMinutes(5), SharesValues = true };

    private readonly NearPools _pools = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private MemcachedPool Pool => _pools.Pool;

    public void Dispose() => _pools.Dispose();

    [Fact]
    public async Task Each_read_is_counted_with_its_template_and_with_how_its_value_came()
    {
        using var probe = new MeterProbe(Instruments.NearRequests);
        await GetAsync(Renewed, Product);
        await Pool.SetAsync("k", "v", Text, cancellationToken: Token);
        await GetAsync(Renewed, Product);
        await GetAsync(Renewed, Product);
        _pools.Advance(2);
        await GetAsync(Renewed, Product);
        await _pools.Join().SetAsync("k", "new", Text, cancellationToken: Token);
        _pools.Advance(2);
        await GetAsync(Renewed, Product);
        await GetAsync(Renewed, Session);
        await Pool.GetAsync("k", Text, Renewed, Token);

        Assert.Equal(
            "hit 1, shop product:{id} expired 1, shop product:{id} hit 1, shop product:{id} miss 2, shop product:{id} revalidated 1, web session:{id} hit 1",
            probe.Sums(Instruments.NearRequests, Attributes.Client, Attributes.Key, Attributes.Result));
        Assert.All(probe.All, static measured => Assert.Equal("memcached", measured.Tags[Attributes.System]));
    }

    [Fact]
    public async Task What_is_too_old_to_ask_about_has_expired()
    {
        await Pool.SetAsync("k", "v", Text, cancellationToken: Token);
        await GetAsync(TwoSeconds, Product);
        _pools.Advance(2);
        using var probe = new MeterProbe(Instruments.NearRequests);
        await GetAsync(TwoSeconds, Product);

        Assert.Equal("expired 1", probe.Sums(Instruments.NearRequests, Attributes.Result));
    }

    [Fact]
    public async Task A_near_hit_is_a_request_like_any_other_except_that_no_server_answered_it()
    {
        await Pool.SetAsync("k", "v", Text, cancellationToken: Token);
        using var probe = new MeterProbe(Instruments.Requests, Instruments.OperationDuration);
        await GetAsync(TwoSeconds, Product);
        await GetAsync(TwoSeconds, Product);

        Assert.Equal(
            "get shop product:{id} hit 2", probe.Sums(Instruments.Requests, Attributes.Operation, Attributes.Client, Attributes.Key, Attributes.Result));
        Assert.Equal(
            [true, false], probe.Of(Instruments.OperationDuration).Select(static measured => measured.Tags.ContainsKey(Attributes.ServerAddress)));
    }

    [Fact]
    public async Task Get_or_create_counts_both_too()
    {
        var options = new GetOrCreateOptions { Expires = CacheExpiry.FromSeconds(100), Near = Renewed };
        using var probe = new MeterProbe(Instruments.Requests, Instruments.NearRequests);
        for (var i = 0; i < 4; i++)
        {
            await Pool.GetOrCreateAsync("k", static _ => ValueTask.FromResult("v"), Text, options, cancellationToken: Token, template: Product);
        }

        // What has been created is kept once it has been read.
        Assert.Equal("hit 2, miss 2", probe.Sums(Instruments.NearRequests, Attributes.Result));
        Assert.Equal("get_or_create hit 3, get_or_create miss 1", probe.Sums(Instruments.Requests, Attributes.Operation, Attributes.Result));
    }

    [Fact]
    public async Task Of_a_batch_each_key_counts()
    {
        await Pool.SetManyAsync(new Dictionary<string, string> { ["a"] = "1", ["b"] = "2", ["c"] = "3" }, Text, cancellationToken: Token);
        await Pool.GetManyAsync(["a", "b"], Text, TwoSeconds, Token, Product);
        using var probe = new MeterProbe(Instruments.Keys, Instruments.NearRequests);
        await Pool.GetManyAsync(["a", "b", "c", "none"], Text, TwoSeconds, Token, Product);

        Assert.Equal("product:{id} hit 2, product:{id} miss 2", probe.Sums(Instruments.NearRequests, Attributes.Key, Attributes.Result));
        Assert.Equal("get_many hit 3, get_many miss 1", probe.Sums(Instruments.Keys, Attributes.Operation, Attributes.Result));
    }

    [Fact]
    public async Task A_read_that_does_not_use_the_near_cache_is_not_counted()
    {
        await Pool.SetAsync("k", "v", Text, cancellationToken: Token);
        await GetAsync(TwoSeconds, Product);
        using var probe = new MeterProbe(Instruments.NearRequests);
        await Pool.GetAsync("k", Text, Token, Product);

        Assert.Empty(probe.All);
    }

    [Fact]
    public async Task What_is_kept_is_told_for_each_name_of_a_pool()
    {
        await Pool.SetManyAsync(Enumerable.Range(0, 3).Select(static i => KeyValuePair.Create($"k{i}", $"value {i}")), Text, cancellationToken: Token);
        var (one, same, other) = (Join("shop"), Join("shop"), Join("web"));
        await one.GetManyAsync(["k0", "k1"], Text, TwoSeconds, Token);
        await same.GetAsync("k0", Text, TwoSeconds, Token);
        await other.GetAsync("k2", Text, TwoSeconds, Token);

        using var probe = new MeterProbe(Instruments.NearItems, Instruments.NearSize);
        probe.Observe();
        Assert.Equal((3, 1), (Sum(probe, Instruments.NearItems, "shop"), Sum(probe, Instruments.NearItems, "web")));
        Assert.Equal(3 * Sum(probe, Instruments.NearSize, "web"), Sum(probe, Instruments.NearSize, "shop"));
        Assert.InRange(Sum(probe, Instruments.NearSize, "web"), "k2".Length + sizeof(char) * "value 2".Length, 1000);

        one.ClearNear();
        await other.DeleteAsync("k2", Token);
        probe.Clear();
        probe.Observe();
        Assert.Equal((1, 0), (Sum(probe, Instruments.NearItems, "shop"), Sum(probe, Instruments.NearItems, "web")));
        Assert.Equal(0, Sum(probe, Instruments.NearSize, "web"));
    }

    [Fact]
    public async Task What_makes_room_is_counted_and_memory_stays_within_the_limit()
    {
        const int Values = 1000;
        const int Limit = 100_000;
        var near = new NearOptions { Duration = TimeSpan.FromSeconds(2) };
        var keys = Enumerable.Range(0, Values).Select(static i => $"k{i}").ToList();
        await Pool.SetManyAsync(keys.Select(static key => KeyValuePair.Create(key, new byte[100])), CacheCodecs.Bytes, cancellationToken: Token);
        var pool = Join("small", options => options.MaxNearBytes = Limit);
        Assert.Equal(Values, (await pool.GetManyAsync(keys, CacheCodecs.Bytes, near, Token)).Count);

        using var probe = new MeterProbe(Instruments.NearItems, Instruments.NearSize, Instruments.NearEvictions);
        probe.Observe();
        var items = Sum(probe, Instruments.NearItems, "small");
        Assert.Equal(Values, items + Sum(probe, Instruments.NearEvictions, "small"));
        Assert.InRange(Sum(probe, Instruments.NearSize, "small"), 100 * items, Limit);
    }

    private static double Sum(MeterProbe probe, string instrument, string pool) =>
        Assert.Single(probe.Of(instrument), measured => (string?)measured.Tags.GetValueOrDefault(Attributes.ConnectionPoolName) == pool).Value;

    private MemcachedPool Join(string name, Action<MemcachedPoolOptions>? configure = null) => _pools.Join(options =>
    {
        options.Telemetry.PoolName = name;
        configure?.Invoke(options);
    });

    private ValueTask<string?> GetAsync(NearOptions near, KeyTemplate template) => Pool.GetAsync("k", Text, near, Token, template);
}
