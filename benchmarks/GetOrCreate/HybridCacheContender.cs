using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.Caching.Hybrid;
using Microsoft.Extensions.DependencyInjection;

namespace TypedCache.Benchmarks.GetOrCreate;

/// <summary>Microsoft's HybridCache, with its second level in memcached or in Redis.</summary>
internal sealed class HybridCacheContender : IContender
{
    private readonly ServiceProvider _services;
    private readonly HybridCache _cache;
    private readonly HybridCacheEntryOptions _options;
    private readonly Func<CancellationToken, ValueTask<string>> _create;

    private HybridCacheContender(
        Action<IServiceCollection> addSecondLevel, Func<CancellationToken, ValueTask<string>> create, HybridCacheEntryOptions options)
    {
        var services = new ServiceCollection();
        addSecondLevel(services);
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
        new(InMemcached(pool), create, new HybridCacheEntryOptions { Expiration = Fleet.Expires, LocalCacheExpiration = Fleet.Expires / 8 });

    /// <summary>Values which stay, in both levels or in memcached alone.</summary>
    public static HybridCacheContender Lasting(MemcachedPool pool, Func<CancellationToken, ValueTask<string>> create, bool local) =>
        new(InMemcached(pool), create, Lasting(local));

    /// <summary>Values which stay in Redis alone.</summary>
    public static HybridCacheContender InRedis(string address, Func<CancellationToken, ValueTask<string>> create) =>
        new(services => services.AddStackExchangeRedisCache(options => options.Configuration = address), create, Lasting(local: false));

    public ValueTask<string> GetOrCreateAsync(int id) =>
        _cache.GetOrCreateAsync(PreparedKeys.Of(id), _create, static (create, token) => create(token), _options);

    public void Dispose() => _services.Dispose();

    private static Action<IServiceCollection> InMemcached(MemcachedPool pool) =>
        services => services.AddSingleton<IDistributedCache>(new MemcachedDistributedCache(pool));

    private static HybridCacheEntryOptions Lasting(bool local) => new()
    {
        Expiration = TimeSpan.FromHours(1),
        Flags = local ? HybridCacheEntryFlags.None : HybridCacheEntryFlags.DisableLocalCache,
    };
}
