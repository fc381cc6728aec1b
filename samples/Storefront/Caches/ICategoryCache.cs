using Storefront.Shop;
using TypedCache;

namespace Storefront.Caches;

/// <summary>The pages of the categories, in each order. A category's tag puts all of them into one group.</summary>
[CacheClient("shop", Expires = "10m", Stale = "1h", FailSafe = "30s", Jitter = "10%")]
internal partial interface ICategoryCache
{
    /// <summary>A page of a category, or null if there is no such category.</summary>
    [CacheKey("category:{category}:{order}:{page}"), CacheTag("category:{category}")]
    ValueTask<CategoryPage?> GetOrCreateAsync(
        int category,
        CategoryOrder order,
        int page,
        Func<int, CategoryOrder, int, CancellationToken, ValueTask<CategoryPage?>> create,
        CancellationToken cancellationToken = default);

    /// <summary>Has all pages of a category created anew, with one request, however many there are.</summary>
    [CacheTag("category:{category}")]
    ValueTask InvalidateAsync(int category, CancellationToken cancellationToken = default);
}
