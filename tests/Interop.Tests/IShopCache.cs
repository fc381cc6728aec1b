using TypedCache.Keys;

namespace TypedCache.Interop.Tests;

/// <summary>What the .NET part of the shop keeps in the cluster which it shares with PHP.</summary>
[CacheClient(KeyPolicy = KeyPolicy.Pecl)]
public partial interface IShopCache
{
    [CacheKey("product:{key}")]
    ValueTask<Product?> GetProductAsync(string key, CancellationToken cancellationToken = default);

    [CacheKey("product:{key}")]
    ValueTask SetProductAsync(string key, Product value, CancellationToken cancellationToken = default);

    [CacheKey("text:{key}")]
    ValueTask<string?> GetTextAsync(string key, CancellationToken cancellationToken = default);

    [CacheKey("text:{key}")]
    ValueTask SetTextAsync(string key, string value, CancellationToken cancellationToken = default);

    [CacheKey("number:{key}")]
    ValueTask<long?> GetNumberAsync(string key, CancellationToken cancellationToken = default);

    [CacheKey("number:{key}")]
    ValueTask SetNumberAsync(string key, long value, CancellationToken cancellationToken = default);

    [CacheKey("price:{key}")]
    ValueTask<double?> GetPriceAsync(string key, CancellationToken cancellationToken = default);

    [CacheKey("price:{key}")]
    ValueTask SetPriceAsync(string key, double value, CancellationToken cancellationToken = default);

    [CacheKey("flag:{key}")]
    ValueTask<bool?> GetFlagAsync(string key, CancellationToken cancellationToken = default);

    [CacheKey("flag:{key}")]
    ValueTask SetFlagAsync(string key, bool value, CancellationToken cancellationToken = default);

    [CacheKey("number:{key}")]
    ValueTask<bool> DeleteNumberAsync(string key, CancellationToken cancellationToken = default);

    [CacheKey("number:{key}")]
    ValueTask<ulong?> IncrementNumberAsync(string key, ulong by, CancellationToken cancellationToken = default);
}
