using TypedCache.FusionCache;
using ZiggyCreatures.Caching.Fusion;

namespace TypedCache.Benchmarks.GetOrCreate;

/// <summary>FusionCache, with its second level in memcached.</summary>
internal sealed class FusionCacheContender : IContender
{
    private readonly ZiggyCreatures.Caching.Fusion.FusionCache _cache;
    private readonly Func<FusionCacheFactoryExecutionContext<string>, CancellationToken, Task<string>> _create;

    private FusionCacheContender(
        MemcachedPool pool, Func<CancellationToken, ValueTask<string>> create, FusionCacheEntryOptions options, TypedCacheDistributedLocker? locker = null)
    {
        _create = (_, token) => create(token).AsTask();
        _cache = new ZiggyCreatures.Caching.Fusion.FusionCache(new FusionCacheOptions { DefaultEntryOptions = options });
        _cache.SetupDistributedCache(new MemcachedDistributedCache(pool), new FusionCacheMessagePack());
        if (locker is not null)
        {
            _cache.SetupDistributedLocker(locker);
        }
    }

    /// <summary>
    /// Fail-safe, soft timeout, eager refresh and jitter as its documentation recommends them: the refresh begins early enough to be over
    /// before the value expires, and a caller who comes upon an expired value has it after the soft timeout.
    /// </summary>
    public static FusionCacheContender Expiring(
        MemcachedPool pool, Func<CancellationToken, ValueTask<string>> create, TypedCacheDistributedLocker? locker = null) =>
        new(
            pool,
            create,
            new FusionCacheEntryOptions(Fleet.Expires)
            {
                IsFailSafeEnabled = true,
                FailSafeMaxDuration = TimeSpan.FromMinutes(1),
                FailSafeThrottleDuration = TimeSpan.FromSeconds(10),
                FactorySoftTimeout = Fleet.CreateTime / 2,
                EagerRefreshThreshold = 0.8f,
                JitterMaxDuration = Fleet.Expires / 4,
            },
            locker);

    /// <summary>Values which stay, in both levels or in memcached alone.</summary>
    public static FusionCacheContender Lasting(MemcachedPool pool, Func<CancellationToken, ValueTask<string>> create, bool local) =>
        new(pool, create, new FusionCacheEntryOptions(TimeSpan.FromHours(1)) { SkipMemoryCacheRead = !local, SkipMemoryCacheWrite = !local });

    public ValueTask<string> GetOrCreateAsync(int id) => _cache.GetOrSetAsync<string>(PreparedKeys.Of(id), _create);

    public void Dispose() => _cache.Dispose();
}
