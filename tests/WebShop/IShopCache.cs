namespace TypedCache.WebShop;

/// <summary>What the shop keeps in its cache.</summary>
[CacheClient("shop", Expires = "10m")]
internal partial interface IShopCache
{
    [CacheKey("product:{id}")]
    ValueTask<Product?> GetProductAsync(int id, CancellationToken cancellationToken = default);

    [CacheKey("product:{id}")]
    ValueTask<Product> GetOrCreateProductAsync(
        int id, Func<int, CancellationToken, ValueTask<Product>> create, CancellationToken cancellationToken = default);

    [CacheKey("views:{id}")]
    ValueTask<ulong> IncrementViewsAsync(int id, ulong by = 1, CancellationToken cancellationToken = default);
}

/// <summary>A product.</summary>
internal sealed record Product(int Id, string Name, string MadeBy);
