using Microsoft.Extensions.Caching.Hybrid;
using Microsoft.Extensions.DependencyInjection;
using ZiggyCreatures.Caching.Fusion;

namespace TypedCache.Benchmarks.Near.Speed;

/// <summary>The caches which are compared. Each of the others has its first level alone, where all hits come from.</summary>
internal static class SpeedContenders
{
    public static ISpeedContender[] Make(MemcachedPool pool)
    {
        var typed = pool.CreateClient<IProductCache>();
        return
        [
            new SpeedContender<TypedCacheGet, Product?>("TypedCache, `Get`", new(typed)),
            new SpeedContender<TypedCacheGetOrCreate, Product>("TypedCache, `GetOrCreate`", new(typed)),
            Hybrid<HybridCacheCall, Product>("HybridCache", static cache => new(cache)),
            Hybrid<HybridCacheBestCall, Product>("HybridCache, with state and static lambda", static cache => new(cache)),
            Hybrid<HybridCacheUnmarkedCall, UnmarkedProduct>("HybridCache, type without `[ImmutableObject]`", static cache => new(cache)),
            Fusion(),
        ];
    }

    private static SpeedContender<TCall, T> Hybrid<TCall, T>(string name, Func<HybridCache, TCall> call)
        where TCall : struct, ISpeedCall<T>
    {
        var services = new ServiceCollection();
        var lasting = new HybridCacheEntryOptions { Expiration = TimeSpan.FromHours(1), LocalCacheExpiration = TimeSpan.FromHours(1) };
        services.AddHybridCache(options => options.DefaultEntryOptions = lasting);
        var provider = services.BuildServiceProvider();
        return new(name, call(provider.GetRequiredService<HybridCache>()), provider);
    }

    // Its entries last for 30 seconds by default, and a run does for longer. All else is as it comes.
    private static SpeedContender<FusionCacheCall, Product> Fusion()
    {
        var cache = new FusionCache(new FusionCacheOptions { DefaultEntryOptions = new FusionCacheEntryOptions(TimeSpan.FromHours(1)) });
        return new("FusionCache", new(cache), cache);
    }
}
