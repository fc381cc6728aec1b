using Storefront.Shop;
using TypedCache;

namespace Storefront.Caches;

/// <summary>
/// Products: fresh for ten minutes; for an hour more, visitors get the old one while one caller of all processes creates it anew; while the database
/// fails, the old one stays. A product that does not exist is remembered too.
/// </summary>
[CacheClient("shop", Expires = "10m", Stale = "1h", FailSafe = "30s", Jitter = "10%", CacheNull = true)]
internal partial interface IProductCache
{
    /// <summary>A product from the cache, or from where it is created.</summary>
    [CacheKey("product:{id}")]
    ValueTask<Product?> GetOrCreateAsync(int id, Func<int, CancellationToken, ValueTask<Product?>> create, CancellationToken cancellationToken = default);

    /// <summary>Expires a product now: whoever asks next has it created anew, and until then all get the old one.</summary>
    [CacheKey("product:{id}")]
    ValueTask<bool> InvalidateAsync(int id, CancellationToken cancellationToken = default);

    /// <summary>Removes a product: whoever asks next has it created, and all others wait for that.</summary>
    [CacheKey("product:{id}")]
    ValueTask<bool> DeleteAsync(int id, CancellationToken cancellationToken = default);
}
