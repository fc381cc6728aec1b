namespace TypedCache.Benchmarks.Near.Speed;

/// <summary>What users of TypedCache write.</summary>
[CacheClient("speed", Expires = "1h")]
public partial interface IProductCache
{
    [CacheKey("product:{id}", Near = "60s")]
    ValueTask<Product?> GetProductAsync(int id, CancellationToken cancellationToken = default);

    [CacheKey("product:{id}", Near = "60s")]
    ValueTask<Product> GetOrCreateProductAsync(int id, Func<int, CancellationToken, ValueTask<Product>> create, CancellationToken cancellationToken = default);
}
