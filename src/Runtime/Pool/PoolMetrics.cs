using System.Diagnostics.Metrics;

namespace TypedCache.Pool;

/// <summary>Counts what happens in pools, for the meter <c>TypedCache</c>. Where nobody listens, counting costs a comparison.</summary>
internal static class PoolMetrics
{
    private static readonly Meter Meter = new("TypedCache");

    public static readonly Counter<long> HandlerFailures =
        Meter.CreateCounter<long>("typedcache.handler_failures", description: "Exceptions of the application's event handlers.");
}
