using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace TypedCache.Telemetry;

/// <summary>The pools that have not ended. It keeps none of them alive.</summary>
internal static class ObservedPools
{
    private static readonly Lock Gate = new();
    private static readonly List<WeakReference<PoolTelemetry>> Pools = [];

    /// <summary>Adds a pool.</summary>
    public static void Add(PoolTelemetry pool)
    {
        lock (Gate)
        {
            Pools.RemoveAll(static other => !other.TryGetTarget(out _));
            Pools.Add(new WeakReference<PoolTelemetry>(pool));
        }
    }

    /// <summary>Removes a pool that has ended.</summary>
    public static void Remove(PoolTelemetry pool)
    {
        lock (Gate)
        {
            Pools.RemoveAll(other => !other.TryGetTarget(out var target) || target == pool);
        }
    }

    /// <summary>All pools.</summary>
    public static List<PoolTelemetry> All()
    {
        var pools = new List<PoolTelemetry>();
        lock (Gate)
        {
            foreach (var reference in Pools)
            {
                if (reference.TryGetTarget(out var pool))
                {
                    pools.Add(pool);
                }
            }
        }

        return pools;
    }

    /// <summary>The servers of all pools.</summary>
    public static List<IObservedServer> Servers()
    {
        var servers = new List<IObservedServer>();
        All().ForEach(pool => servers.AddRange(pool.Servers));
        return servers;
    }

    /// <summary>Measures all pools. Those of one name have one measurement.</summary>
    /// <param name="read">Reads the number of a pool; null: it has none.</param>
    /// <param name="combine">Makes one number of those of two pools.</param>
    public static List<Measurement<long>> Measure(Func<PoolTelemetry, long?> read, Func<long, long, long> combine)
    {
        var found = new Dictionary<string, long>();
        foreach (var pool in All())
        {
            if (read(pool) is { } value)
            {
                var name = pool.Name ?? "";
                found[name] = found.TryGetValue(name, out var other) ? combine(other, value) : value;
            }
        }

        var measurements = new List<Measurement<long>>(found.Count);
        foreach (var (name, value) in found)
        {
            var tags = new TagList { CommonTags.System };
            if (name.Length > 0)
            {
                tags.Add(TypedCacheTelemetry.Attributes.ConnectionPoolName, name);
            }

            measurements.Add(new Measurement<long>(value, tags));
        }

        return measurements;
    }
}
