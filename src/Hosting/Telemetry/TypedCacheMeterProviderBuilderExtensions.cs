using TypedCache;

namespace OpenTelemetry.Metrics;

/// <summary>Lets OpenTelemetry collect the metrics of caches.</summary>
public static class TypedCacheMeterProviderBuilderExtensions
{
    /// <summary>Collects the metrics of all pools: the meter <c>TypedCache</c>.</summary>
    /// <param name="builder">The builder.</param>
    public static MeterProviderBuilder AddTypedCacheInstrumentation(this MeterProviderBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.AddMeter(TypedCacheTelemetry.MeterName);
    }
}
