/// <summary>What a shop keeps.</summary>
/// <seealso cref="Product"/>
[CacheClient("shop"), System.CodeDom.Compiler.GeneratedCode("hand", "1.0")]
public partial interface IDocumented
{
    /// <summary>Reads a product of <paramref name="id"/>.</summary>
    /// <returns>Null for a miss.</returns>
    [CacheKey("product:{id}")]
    ValueTask<Product?> GetProductAsync(
        int id, // the product
        CancellationToken cancellationToken = default);

#if DEBUG
    [CacheKey("debug:{id}")] ValueTask<string?> GetDebugAsync(int id);
#endif
}
#region values
/// <summary>A product.</summary>
public sealed class Product
{
    /// <summary>Its price.</summary>
    public decimal Price { get; set; }
}
#endregion
