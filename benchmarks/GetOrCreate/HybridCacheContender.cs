using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.Caching.Hybrid;
using Microsoft.Extensions.DependencyInjection;

namespace TypedCache.Benchmarks.GetOrCreate;

/// <summary>HybridCache, with its second level in memcached.</summary>
internal sealed class HybridCacheContender : IContender
{
    private readonly ServiceProvider _services;
    private readonly HybridCache _cache;
    private readonly HybridCacheEntryOptions _options;
    private readonly Func<CancellationToken, ValueTask<string>> _create;

    private HybridCacheContender(MemcachedPool pool, Func<CancellationToken, ValueTask<string>> create, HybridCacheEntryOptions options)
    {
        var services = new ServiceCollection();
        services.AddSingleton<IDistributedCache>(new MemcachedDistributedCache(pool));
        services.AddHybridCache();
        _services = services.BuildServiceProvider();
        _cache = _services.GetRequiredService<HybridCache>();
        _options = options;
        _create = create;
    }

    /// <summary>
    /// What is read from memcached gets the whole local time anew, so that has to be short where a value may not be much older than its
    /// expiry.
    /// </summary>
    public static HybridCacheContender Expiring(MemcachedPool pool, Func<CancellationToken, ValueTask<string>> create) =>
        new(pool, create, new HybridCacheEntryOptions { Expiration = Fleet.Expires, LocalCacheExpiration = Fleet.Expires / 8 });

    /// <summary>Values which stay, in both levels or in memcached alone.</summary>
    public static HybridCacheContender Lasting(MemcachedPool pool, Func<CancellationToken, ValueTask<string>> create, bool local) =>
        new(pool, create, new HybridCacheEntryOptions
        {
            Expiration = TimeSpan.FromHours(1),
            Flags = local ? HybridCacheEntryFlags.None : HybridCacheEntryFlags.DisableLocalCache,
        });

    public ValueTask<string> GetOrCreateAsync(int id) =>
        _cache.GetOrCreateAsync(PreparedKeys.Of(id), _create, static (create, token) => create(token), _options);

    public void Dispose() => _services.Dispose();
}
