using Microsoft.Extensions.Caching.Hybrid;
using TypedCache.Caching;

namespace TypedCache.Benchmarks.GetOrCreate;

/// <summary>TypedCache's implementation of HybridCache, called as any other.</summary>
internal sealed class OwnHybridCacheContender : IContender
{
    private readonly HybridCache _cache;
    private readonly HybridCacheEntryOptions _options;
    private readonly Func<CancellationToken, ValueTask<string>> _create;

    private OwnHybridCacheContender(MemcachedPool pool, Func<CancellationToken, ValueTask<string>> create, TimeSpan expiration, TimeSpan stale)
    {
        _cache = new TypedCacheHybridCache(pool, new TypedCacheHybridCacheOptions { Stale = stale });
        _options = new HybridCacheEntryOptions { Expiration = expiration };
        _create = create;
    }

    /// <summary>With a time in which the old value is given out while one caller creates the new one.</summary>
    public static OwnHybridCacheContender Expiring(MemcachedPool pool, Func<CancellationToken, ValueTask<string>> create) =>
        new(pool, create, Fleet.Expires, stale: TimeSpan.FromMinutes(1));

    /// <summary>Values which stay.</summary>
    public static OwnHybridCacheContender Lasting(MemcachedPool pool, Func<CancellationToken, ValueTask<string>> create) =>
        new(pool, create, TimeSpan.FromHours(1), stale: TimeSpan.Zero);

    public ValueTask<string> GetOrCreateAsync(int id) =>
        _cache.GetOrCreateAsync(PreparedKeys.Of(id), _create, static (create, token) => create(token), _options);

    public void Dispose()
    {
    }
}
