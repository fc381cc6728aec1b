using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.Caching.Hybrid;
using Microsoft.Extensions.DependencyInjection;
using TypedCache.Caching;

namespace TypedCache.Benchmarks.Near.Compare;

/// <summary>Microsoft's HybridCache in a container of its own, with its second level in memcached, and called at its best: with state and a static lambda.</summary>
internal sealed class HybridCacheNode : ICompareNode
{
    private readonly ServiceProvider _services;
    private readonly HybridCache _cache;
    private readonly Truth _truth;
    private readonly bool _hasTags;

    public HybridCacheNode(MemcachedPool pool, Truth truth, bool hasTags)
    {
        var services = new ServiceCollection();
        services.AddSingleton<IDistributedCache>(new TypedCacheDistributedCache(pool));
        var defaults = new HybridCacheEntryOptions { Expiration = CompareTimes.Expires, LocalCacheExpiration = CompareTimes.Near };
        services.AddHybridCache(options => options.DefaultEntryOptions = defaults).AddSerializer<Offer, HybridCacheMessagePack>();
        _services = services.BuildServiceProvider();
        _cache = _services.GetRequiredService<HybridCache>();
        _truth = truth;
        _hasTags = hasTags;
    }

    public ValueTask<Offer> ReadAsync(int id) => _cache.GetOrCreateAsync(
        $"compare:offer:{id}",
        (Truth: _truth, Id: id),
        static (state, token) => state.Truth.CreateAsync(state.Id, token),
        tags: _hasTags ? OfferKeys.Tags[OfferKeys.CategoryOf(id)] : null);

    public ValueTask RemoveAsync(int id) => _cache.RemoveAsync($"compare:offer:{id}");

    public ValueTask RemoveCategoryAsync(int category) => _cache.RemoveByTagAsync(OfferKeys.TagOf(category));

    public void Dispose() => _services.Dispose();
}
