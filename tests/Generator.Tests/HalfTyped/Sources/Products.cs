public sealed record Product(int Id, string Name, decimal Price);

[CacheClient("shop", Expires = "1h")]
public partial interface IShopCache
{
    [CacheKey("product:{id}")] ValueTask<Product?> GetProductAsync(int id, CancellationToken ct = default);
    [CacheKey("product:{id}", Expires = "10m")] ValueTask SetProductAsync(int id, Product value, CancellationToken ct = default);
    [CacheKey("product:{ids}")] ValueTask<IReadOnlyDictionary<int, Product>> GetProductsAsync(IReadOnlyCollection<int> ids, CancellationToken ct = default);
    [CacheKey("product:{id}")] ValueTask<bool> DeleteProductAsync(int id, CancellationToken ct = default);
}
