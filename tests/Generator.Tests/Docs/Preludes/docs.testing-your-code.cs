using NSubstitute;
using TypedCache.Testing;
using Xunit;

// What tests of CatalogTests see.
var _cluster = new TestCluster(servers: 3);
var _products = new FakeProducts();
var _catalog = new Catalog(_cluster.Connect().CreateClient<IShopCache>(), _products);
var cluster = _cluster;
var services = WebApplication.CreateBuilder(args).Services;

[CacheClient("shop", Expires = "10m", Stale = "5m", FailSafe = "30s")]
public partial interface IShopCache
{
    [CacheKey("product:{id}")]
    ValueTask<Product> GetOrCreateProductAsync(int id, Func<int, CancellationToken, ValueTask<Product>> create, CancellationToken cancellationToken = default);

    [CacheKey("product:{id}")]
    ValueTask<bool> DeleteProductAsync(int id, CancellationToken cancellationToken = default);
}

public record Product(int Id, string Name, decimal Price);

public sealed class FakeProducts
{
    public bool IsDown { get; set; }

    public int Loads => 0;

    public ValueTask ChangePriceAsync(int id, decimal price) => default;
}

public sealed class Catalog(IShopCache cache, FakeProducts products)
{
    public ValueTask<Product> FindAsync(int id, CancellationToken cancellationToken = default) => throw new NotSupportedException();

    public ValueTask ChangePriceAsync(int id, decimal price, CancellationToken cancellationToken = default) => throw new NotSupportedException();
}
