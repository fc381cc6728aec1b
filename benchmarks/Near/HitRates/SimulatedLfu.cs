using BitFaster.Caching.Lfu;
using BitFaster.Caching.Scheduler;

namespace TypedCache.Benchmarks.Near.HitRates;

/// <summary>ConcurrentLfu of BitFaster.Caching, whose upkeep is done by the caller, so that each run is the same.</summary>
internal sealed class SimulatedLfu(int capacity) : ISimulatedCache
{
    private readonly ConcurrentLfu<int, int> _cache = new(1, capacity, new ForegroundScheduler(), EqualityComparer<int>.Default);

    public bool Read(int key)
    {
        if (_cache.TryGet(key, out _))
        {
            return true;
        }

        _cache.AddOrUpdate(key, key);
        return false;
    }
}
