using Storefront.Shop;
using TypedCache;

namespace Storefront.Caches;

/// <summary>Price lists: all prices of a page with one request to each server, and those that are missing with one query.</summary>
[CacheClient("shop", Expires = "5m", Stale = "1h", FailSafe = "30s", Jitter = "10%")]
internal partial interface IPriceCache
{
    /// <summary>What products cost in a region.</summary>
    [CacheKey("price:{region}:{products}")]
    ValueTask<IReadOnlyDictionary<int, Price>> GetOrCreateAsync(
        [KeyPart(MaxLength = 2)] string region,
        IReadOnlyCollection<int> products,
        Func<IReadOnlyList<int>, CancellationToken, ValueTask<IReadOnlyDictionary<int, Price>>> create,
        CancellationToken cancellationToken = default);
}
