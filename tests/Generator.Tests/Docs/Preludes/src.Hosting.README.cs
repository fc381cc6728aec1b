var builder = Host.CreateApplicationBuilder(args);

[CacheClient("shop", Expires = "10m")]
public partial interface IShopCache
{
    [CacheKey("product:{id}")]
    ValueTask<Product?> GetProductAsync(int id, CancellationToken ct = default);
}

public record Product(int Id, string Name);
