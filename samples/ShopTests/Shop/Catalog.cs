namespace ShopTests.Shop;

/// <summary>What the shop's pages ask: the code under test.</summary>
public sealed class Catalog(IShopCache cache, IProducts products)
{
    /// <summary>Finds a product.</summary>
    public ValueTask<Product> FindAsync(int id, CancellationToken cancellationToken = default) =>
        cache.GetOrCreateProductAsync(id, products.LoadAsync, cancellationToken);

    /// <summary>Changes a price, so that nobody sees the old one afterwards.</summary>
    public async ValueTask ChangePriceAsync(int id, decimal price, CancellationToken cancellationToken = default)
    {
        await products.ChangePriceAsync(id, price, cancellationToken);
        await cache.DeleteProductAsync(id, cancellationToken);
    }
}
