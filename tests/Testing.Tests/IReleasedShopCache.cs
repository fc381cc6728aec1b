namespace TypedCache.Testing.Tests;

/// <summary>The cache as an earlier version of the application has it: its products have no price yet, but a color.</summary>
[CacheClient("shop", Expires = "10m", Stale = "5m", FailSafe = "30s")]
public partial interface IReleasedShopCache
{
    [CacheKey("product:{id}")]
    ValueTask SetProductAsync(int id, ReleasedProduct value, CancellationToken cancellationToken = default);

    [CacheKey("product:{id}")]
    ValueTask<ReleasedProduct?> GetProductAsync(int id, CancellationToken cancellationToken = default);
}

public sealed record ReleasedProduct(string Name, string Color);
