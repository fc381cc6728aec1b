using TypedCache.Benchmarks.GetOrCreate;
using TypedCache.Caching;
using ZiggyCreatures.Caching.Fusion;

namespace TypedCache.Benchmarks.Near.Compare;

/// <summary>
/// FusionCache with its second level in memcached, called as its documentation writes it. memcached has no publish and subscribe, so there
/// is no backplane; what other processes know of tags may then be as old as here the versions of TypedCache's tags, and not 30 seconds.
/// </summary>
internal sealed class FusionCacheNode : ICompareNode
{
    private readonly FusionCache _cache;
    private readonly Truth _truth;
    private readonly bool _hasTags;

    public FusionCacheNode(MemcachedPool pool, Truth truth, bool hasTags)
    {
        var options = new FusionCacheOptions
        {
            DefaultEntryOptions = new FusionCacheEntryOptions(CompareTimes.Expires) { MemoryCacheDuration = CompareTimes.Near },
        };
        options.TagsDefaultEntryOptions.MemoryCacheDuration = CompareTimes.TagNear;
        _cache = new FusionCache(options);
        _cache.SetupDistributedCache(new TypedCacheDistributedCache(pool), new FusionCacheMessagePack());
        _truth = truth;
        _hasTags = hasTags;
    }

    public ValueTask<Offer> ReadAsync(int id) => _cache.GetOrSetAsync<Offer>(
        $"compare:offer:{id}",
        (_, token) => _truth.CreateAsync(id, token).AsTask(),
        tags: _hasTags ? OfferKeys.Tags[OfferKeys.CategoryOf(id)] : null);

    public ValueTask RemoveAsync(int id) => _cache.RemoveAsync($"compare:offer:{id}");

    public ValueTask RemoveCategoryAsync(int category) => _cache.RemoveByTagAsync(OfferKeys.TagOf(category));

    public void Dispose() => _cache.Dispose();
}
