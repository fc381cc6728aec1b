using TypedCache.FusionCache;

namespace TypedCache.Benchmarks.GetOrCreate;

/// <summary>The caches which are tried in a fleet, by the name which the table and the members' command line give them.</summary>
internal static class FleetContenders
{
    private static readonly Dictionary<string, Func<MemcachedPool, Func<CancellationToken, ValueTask<string>>, IContender>> All = new()
    {
        ["TypedCache with Stale"] = (pool, create) =>
            new TypedCacheContender(pool, create, static (cache, id, create) => cache.GetOrCreateStaleAsync(id, create)),
        ["TypedCache without Stale"] = (pool, create) =>
            new TypedCacheContender(pool, create, static (cache, id, create) => cache.GetOrCreateStrictAsync(id, create)),
        ["HybridCache of TypedCache"] = OwnHybridCacheContender.Expiring,
        ["HybridCache"] = HybridCacheContender.Expiring,
        ["FusionCache"] = (pool, create) => FusionCacheContender.Expiring(pool, create),
        ["FusionCache with TypedCache's locker"] = (pool, create) => FusionCacheContender.Expiring(pool, create, new TypedCacheDistributedLocker(pool)),
    };

    public static IEnumerable<string> Names => All.Keys;

    public static IContender Open(string name, MemcachedPool pool, Func<CancellationToken, ValueTask<string>> create) => All[name](pool, create);
}
