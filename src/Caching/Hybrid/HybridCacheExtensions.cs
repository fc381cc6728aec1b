using Microsoft.Extensions.Caching.Hybrid;

namespace TypedCache.Caching;

/// <summary>What <see cref="HybridCache"/> itself leaves out.</summary>
public static class HybridCacheExtensions
{
    private static readonly HybridCacheEntryOptions s_onlyRead = new()
    {
        Flags = HybridCacheEntryFlags.DisableUnderlyingData | HybridCacheEntryFlags.DisableLocalCacheWrite | HybridCacheEntryFlags.DisableDistributedCacheWrite,
    };

    /// <summary>Reads a value, without creating it. Any implementation will do.</summary>
    /// <param name="cache">The cache.</param>
    /// <param name="key">The key.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <returns>The value, or <c>default</c> for a miss; <see cref="TypedCacheHybridCache.GetValueAsync"/> tells them apart.</returns>
    public static ValueTask<T?> GetAsync<T>(this HybridCache cache, string key, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(cache);
        return cache.GetOrCreateAsync<int, T?>(
            key, 0, static (_, _) => throw new InvalidOperationException("This HybridCache ignores DisableUnderlyingData."), s_onlyRead, tags: null, cancellationToken);
    }
}
