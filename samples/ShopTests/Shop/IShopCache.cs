using TypedCache;

namespace ShopTests.Shop;

/// <summary>The cache of the shop.</summary>
[CacheClient("shop", Expires = "10m", Stale = "5m", FailSafe = "30s")]
public partial interface IShopCache
{
    /// <summary>A product from the cache, or from where it is created.</summary>
    [CacheKey("product:{id}")]
    ValueTask<Product> GetOrCreateProductAsync(int id, Func<int, CancellationToken, ValueTask<Product>> create, CancellationToken cancellationToken = default);

    /// <summary>Forgets a product.</summary>
    [CacheKey("product:{id}")]
    ValueTask<bool> DeleteProductAsync(int id, CancellationToken cancellationToken = default);
}
