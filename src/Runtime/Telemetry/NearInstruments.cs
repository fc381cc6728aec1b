using System.Diagnostics;
using System.Diagnostics.Metrics;
using Attributes = TypedCache.TypedCacheTelemetry.Attributes;
using Names = TypedCache.TypedCacheTelemetry.Instruments;

namespace TypedCache.Telemetry;

/// <summary>The instruments that are read when somebody wants to know: what the near caches of all pools keep.</summary>
internal static class NearInstruments
{
    /// <summary>Makes the instruments.</summary>
    public static void Create(Meter meter)
    {
        meter.CreateObservableUpDownCounter(Names.NearItems, static () => Observe(static near => near.Count), "{item}", "Values that near caches keep.");
        meter.CreateObservableUpDownCounter(Names.NearSize, static () => Observe(static near => near.Bytes), "By", "Memory that the values of near caches take.");
        meter.CreateObservableCounter(Names.NearEvictions, static () => Observe(static near => near.Evictions), "{item}", "Values removed from near caches for want of room.");
    }

    // Pools of one name have one measurement.
    private static List<Measurement<long>> Observe(Func<IObservedNearCache, long> read)
    {
        var found = new Dictionary<string, long>();
        foreach (var pool in ObservedPools.All())
        {
            if (pool.Near is { } near)
            {
                var name = pool.Name ?? "";
                found[name] = found.GetValueOrDefault(name) + read(near);
            }
        }

        var measurements = new List<Measurement<long>>(found.Count);
        foreach (var (name, value) in found)
        {
            var tags = new TagList { CommonTags.System };
            if (name.Length > 0)
            {
                tags.Add(Attributes.ConnectionPoolName, name);
            }

            measurements.Add(new Measurement<long>(value, tags));
        }

        return measurements;
    }
}
