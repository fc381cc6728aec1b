using TypedCache.Keys;

namespace TypedCache.Interop.Tests;

// PHP decides the keys here, prefix and all, and each test keeps the types of its own keys apart.
#pragma warning disable TC0108

/// <summary>What the .NET part of the shop keeps in the cluster which it shares with PHP.</summary>
[CacheClient(KeyPolicy = KeyPolicy.Pecl)]
public partial interface IShopCache
{
    [CacheKey("{key}")]
    ValueTask<Product?> GetProductAsync(string key, CancellationToken cancellationToken = default);

    [CacheKey("{key}")]
    ValueTask SetProductAsync(string key, Product value, CancellationToken cancellationToken = default);

    [CacheKey("{key}")]
    ValueTask<string?> GetTextAsync(string key, CancellationToken cancellationToken = default);

    [CacheKey("{key}")]
    ValueTask SetTextAsync(string key, string value, CancellationToken cancellationToken = default);

    [CacheKey("{key}")]
    ValueTask<long?> GetNumberAsync(string key, CancellationToken cancellationToken = default);

    [CacheKey("{key}")]
    ValueTask SetNumberAsync(string key, long value, CancellationToken cancellationToken = default);

    [CacheKey("{key}")]
    ValueTask<double?> GetPriceAsync(string key, CancellationToken cancellationToken = default);

    [CacheKey("{key}")]
    ValueTask SetPriceAsync(string key, double value, CancellationToken cancellationToken = default);

    [CacheKey("{key}")]
    ValueTask<bool?> GetFlagAsync(string key, CancellationToken cancellationToken = default);

    [CacheKey("{key}")]
    ValueTask SetFlagAsync(string key, bool value, CancellationToken cancellationToken = default);

    [CacheKey("{key}")]
    ValueTask<bool> DeleteAsync(string key, CancellationToken cancellationToken = default);

    [CacheKey("{key}")]
    ValueTask<ulong?> IncrementAsync(string key, ulong by, CancellationToken cancellationToken = default);
}
