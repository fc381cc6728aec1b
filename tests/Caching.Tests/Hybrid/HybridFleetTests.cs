using Microsoft.Extensions.Caching.Hybrid;

namespace TypedCache.Caching.Tests.Hybrid;

/// <summary>One create for the whole fleet: several pools over the same servers stand for its processes.</summary>
public sealed class HybridFleetTests
{
    private const int Processes = 4;
    private const int CallersEach = 25;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task All_callers_of_the_fleet_share_one_create_of_a_text(bool real)
    {
        using var fleet = Fleet(real);
        var factory = new CountingFactory<string>(run => $"v{run}");

        Assert.All(await AskAsync(fleet, factory), value => Assert.Equal("v1", value));
        Assert.Equal(1, factory.Runs);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task All_callers_of_the_fleet_share_one_create_and_get_objects_of_their_own(bool real)
    {
        using var fleet = Fleet(real);
        var factory = new CountingFactory<Basket>(run => new Basket { Owner = $"v{run}" });

        var baskets = await AskAsync(fleet, factory);

        Assert.All(baskets, basket => Assert.Equal("v1", basket.Owner));
        Assert.Equal(1, factory.Runs);
        Assert.Equal(Processes * CallersEach, baskets.Distinct(ReferenceEqualityComparer.Instance).Count());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Many_values_are_created_once_in_the_fleet(bool real)
    {
        using var fleet = Fleet(real);
        string[] keys = [.. Enumerable.Range(0, 20).Select(i => $"k{i}")];
        var created = new System.Collections.Concurrent.ConcurrentQueue<string>();
        var calls = Caches(fleet).Select(cache => Task.Run(() => cache.GetOrCreateManyAsync(
            keys,
            async (missing, token) =>
            {
                foreach (var key in missing)
                {
                    created.Enqueue(key);
                }

                await Task.Delay(20, token);
                return missing.ToDictionary(key => key, key => new Basket { Owner = key }) as IReadOnlyDictionary<string, Basket>;
            },
            cancellationToken: Token).AsTask()));

        Assert.All(await Task.WhenAll(calls), values => Assert.All(keys, key => Assert.Equal(key, values[key].Owner)));
        Assert.Equal(keys.Order(StringComparer.Ordinal), created.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_value_that_memcached_itself_finds_too_large_is_given_out_and_takes_the_old_one_away()
    {
        using var fleet = CacheFleet.Real();
        var cache = new TypedCacheHybridCache(fleet.Join());
        var large = new byte[1024 * 1024];
        Random.Shared.NextBytes(large);

        Assert.Equal(large, await cache.GetOrCreateAsync("k", _ => ValueTask.FromResult(large), cancellationToken: Token));
        Assert.Null(await cache.GetAsync<byte[]>("k", Token));
        await cache.SetAsync("k", new byte[] { 1 }, cancellationToken: Token);
        await cache.SetAsync("k", large, cancellationToken: Token);
        Assert.Null(await cache.GetAsync<byte[]>("k", Token));
    }

    private static CacheFleet Fleet(bool real) => real ? CacheFleet.Real(servers: 2) : CacheFleet.Embedded(servers: 2);

    private static List<TypedCacheHybridCache> Caches(CacheFleet fleet) =>
        [.. Enumerable.Range(0, Processes).Select(_ => new TypedCacheHybridCache(fleet.Join(), new TypedCacheHybridCacheOptions { LeaseTime = TimeSpan.FromMinutes(1), LeaseWait = TimeSpan.FromMinutes(1) }))];

    private static async Task<T[]> AskAsync<T>(CacheFleet fleet, CountingFactory<T> factory)
    {
        var calls = Caches(fleet).SelectMany(cache => Enumerable.Range(0, CallersEach).Select(_ => Ask(cache))).ToArray();
        await factory.Started;
        factory.Open();
        return await Task.WhenAll(calls);

        Task<T> Ask(HybridCache cache) => Task.Run(() => cache.GetOrCreateAsync("k", factory.RunGated, cancellationToken: Token).AsTask());
    }
}
