namespace TypedCache.Testing.Tests;

/// <summary>The cache of an application under test.</summary>
[CacheClient("shop", Expires = "10m", Stale = "5m", FailSafe = "30s")]
public partial interface IShopCache
{
    [CacheKey("product:{id}")]
    ValueTask<Product> GetOrCreateProductAsync(int id, Func<CancellationToken, ValueTask<Product>> create, CancellationToken cancellationToken = default);

    [CacheKey("product:{id}")]
    ValueTask<Product?> GetProductAsync(int id, CancellationToken cancellationToken = default);

    [CacheKey("product:{ids}")]
    ValueTask<IReadOnlyDictionary<int, Product>> GetProductsAsync(IReadOnlyCollection<int> ids, CancellationToken cancellationToken = default);

    [CacheKey("product:{id}")]
    ValueTask SetProductAsync(int id, Product value, CancellationToken cancellationToken = default);

    [CacheKey("product:{id}")]
    ValueTask<bool> DeleteProductAsync(int id, CancellationToken cancellationToken = default);

    [CacheKey("product:{id}")]
    ValueTask<bool> InvalidateProductAsync(int id, CancellationToken cancellationToken = default);

    [CacheKey("views:{id}")]
    ValueTask<ulong> IncrementViewsAsync(int id, ulong by = 1, CancellationToken cancellationToken = default);
}
