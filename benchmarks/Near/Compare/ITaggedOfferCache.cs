namespace TypedCache.Benchmarks.Near.Compare;

/// <summary>The same with a tag. All methods of one key have the same tags, so that its keys begin differently; they are as long.</summary>
[CacheClient("tagging", Expires = "5s", Near = "2s", NearRevalidate = "1m", TagNear = "1s")]
public partial interface ITaggedOfferCache
{
    [CacheKey("offer:{id}"), CacheTag("category:{category}")]
    ValueTask<Offer> GetOrCreateOfferAsync(int category, int id, Func<int, int, CancellationToken, ValueTask<Offer>> create, CancellationToken cancellationToken = default);

    [CacheKey("offer:{id}")]
    ValueTask<bool> DeleteOfferAsync(int id, CancellationToken cancellationToken = default);

    [CacheTag("category:{category}")]
    ValueTask RemoveCategoryAsync(int category, CancellationToken cancellationToken = default);
}
