namespace TypedCache.Benchmarks.Near.Compare;

/// <summary>What users of TypedCache write.</summary>
[CacheClient("compare", Expires = "5s", Near = "2s", NearRevalidate = "1m")]
public partial interface IOfferCache
{
    [CacheKey("offer:{id}")]
    ValueTask<Offer> GetOrCreateOfferAsync(int id, Func<int, CancellationToken, ValueTask<Offer>> create, CancellationToken cancellationToken = default);

    [CacheKey("offer:{id}")]
    ValueTask<bool> DeleteOfferAsync(int id, CancellationToken cancellationToken = default);
}
