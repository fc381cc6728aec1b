using System.Diagnostics;

namespace TypedCache.Benchmarks.GetOrCreate;

/// <summary>What a hit costs beside a plain get of the same value: all contenders in turn, round after round.</summary>
internal static class HitCosts
{
    private const int AloneOperations = 200;
    private const int Callers = 64;
    private const int TogetherOperations = 12_800;

    public static async Task MeasureAsync(MemcachedPool pool, string redis, int rounds)
    {
        var contenders = Contenders(pool, redis);
        foreach (var contender in contenders)
        {
            await FillAsync(contender.Cache);
        }

        foreach (var contender in contenders)
        {
            await WarmUpAsync(contender.Cache);
        }

        for (var round = 0; round < rounds; round++)
        {
            // Each is measured after each other one, so that none profits by what ran before it.
            foreach (var contender in contenders.OrderBy(_ => Random.Shared.Next()).ToArray())
            {
                contender.Samples.Add(await SampleAsync(contender.Cache));
            }
        }

        HitReport.Print(contenders, rounds);
        foreach (var contender in contenders)
        {
            contender.Cache.Dispose();
        }
    }

    private static HitContender[] Contenders(MemcachedPool pool, string redis)
    {
        Func<CancellationToken, ValueTask<string>> create = static _ => new(FleetValue.CreateNow());
        return
        [
            new("plain Get of TypedCache", new TypedCacheContender(pool, create, static (cache, id, _) => cache.GetHitAsync(id)!)),
            new("TypedCache", new TypedCacheContender(pool, create, static (cache, id, create) => cache.GetOrCreateHitAsync(id, create))),
            new("HybridCache of TypedCache", OwnHybridCacheContender.Lasting(pool, create)),
            new("HybridCache, from Redis", HybridCacheContender.InRedis(redis, create)),
            new("HybridCache, from memcached", HybridCacheContender.Lasting(pool, create, local: false)),
            new("FusionCache, from memcached", FusionCacheContender.Lasting(pool, create, local: false)),
            new("HybridCache, from its process", HybridCacheContender.Lasting(pool, create, local: true)),
            new("FusionCache, from its process", FusionCacheContender.Lasting(pool, create, local: true)),
        ];
    }

    // The plain get stores nothing: it reads what TypedCache has stored.
    private static async Task FillAsync(IContender cache)
    {
        for (var id = 0; id < Callers; id++)
        {
            await cache.GetOrCreateAsync(id);
        }
    }

    private static async Task WarmUpAsync(IContender cache)
    {
        for (var i = 0; i < 5; i++)
        {
            await SampleAsync(cache);
        }
    }

    private static async Task<HitSample> SampleAsync(IContender cache)
    {
        var alone = Stopwatch.StartNew();
        await ReadAsync(cache, 0, AloneOperations);
        alone.Stop();
        var bytes = GC.GetTotalAllocatedBytes(precise: true);
        var together = Stopwatch.StartNew();
        await Task.WhenAll(Enumerable.Range(0, Callers).Select(id => Task.Run(() => ReadAsync(cache, id, TogetherOperations / Callers))));
        together.Stop();
        return new HitSample(
            alone.Elapsed.TotalMicroseconds / AloneOperations,
            together.Elapsed.TotalMicroseconds / TogetherOperations,
            (double)(GC.GetTotalAllocatedBytes(precise: true) - bytes) / TogetherOperations);
    }

    private static async Task ReadAsync(IContender cache, int id, int operations)
    {
        for (var i = 0; i < operations; i++)
        {
            FleetValue.Check(await cache.GetOrCreateAsync(id));
        }
    }
}
