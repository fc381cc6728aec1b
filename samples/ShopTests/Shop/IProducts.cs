namespace ShopTests.Shop;

/// <summary>The database of products.</summary>
public interface IProducts
{
    /// <summary>Loads a product.</summary>
    ValueTask<Product> LoadAsync(int id, CancellationToken cancellationToken);

    /// <summary>Changes the price of a product.</summary>
    ValueTask ChangePriceAsync(int id, decimal price, CancellationToken cancellationToken = default);
}
