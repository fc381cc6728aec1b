using System.Diagnostics.Metrics;
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

    private static List<Measurement<long>> Observe(Func<IObservedNearCache, long> read) =>
        ObservedPools.Measure(pool => pool.Near is { } near ? read(near) : null, static (one, other) => one + other);
}
