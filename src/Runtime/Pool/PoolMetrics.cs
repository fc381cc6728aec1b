using System.Diagnostics.Metrics;

namespace TypedCache.Pool;

/// <summary>The meter <c>TypedCache</c>. Where nobody listens, counting costs a comparison.</summary>
internal static class PoolMetrics
{
    private static readonly Meter Meter = new("TypedCache");

    public static readonly PoolCounter HandlerFailures = Create("handler_failures", "Exceptions of the application's event handlers.");

    /// <summary>Makes a counter.</summary>
    /// <param name="name">Its name, without the prefix <c>typedcache.</c> that all have.</param>
    /// <param name="description">What it counts.</param>
    public static PoolCounter Create(string name, string description) =>
        new(Meter.CreateCounter<long>($"typedcache.{name}", description: description));
}
