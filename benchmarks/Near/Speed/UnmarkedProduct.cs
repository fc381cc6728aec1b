namespace TypedCache.Benchmarks.Near.Speed;

/// <summary>The same members without the attribute, as most people write a record: HybridCache reads each hit from bytes.</summary>
public sealed record UnmarkedProduct(
    int Id, string Name, string Description, decimal Price, string Currency, int Stock, bool IsOnSale, double Rating, DateTime Added, Guid Supplier)
{
    /// <summary>Gives what the database would.</summary>
    public static UnmarkedProduct Create(int id)
    {
        var product = Product.Create(id);
        return new(
            id, product.Name, product.Description, product.Price, product.Currency, product.Stock, product.IsOnSale, product.Rating, product.Added, product.Supplier);
    }
}
