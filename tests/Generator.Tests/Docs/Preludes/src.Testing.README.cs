using TypedCache.Testing;

var database = new object();

[CacheClient("shop", Expires = "10m", Stale = "5m", FailSafe = "30s")]
public partial interface IShopCache
{
    [CacheKey("product:{id}")]
    ValueTask<Product> GetOrCreateProductAsync(int id, Func<int, CancellationToken, ValueTask<Product>> create, CancellationToken cancellationToken = default);

    [CacheKey("product:{id}")]
    ValueTask<bool> DeleteProductAsync(int id, CancellationToken cancellationToken = default);
}

public record Product(int Id, string Name, decimal Price);

public sealed class Catalog(IShopCache cache, object database)
{
    public ValueTask<Product> FindAsync(int id, CancellationToken cancellationToken = default) => throw new NotSupportedException();
}
