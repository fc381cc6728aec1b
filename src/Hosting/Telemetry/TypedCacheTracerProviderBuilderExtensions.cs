using TypedCache;

namespace OpenTelemetry.Trace;

/// <summary>Lets OpenTelemetry collect the traces of caches.</summary>
public static class TypedCacheTracerProviderBuilderExtensions
{
    /// <summary>
    /// Collects the activities of all pools: those of values that are created (source <c>TypedCache.Creation</c>), which are rare, and if
    /// asked for those of each operation (source <c>TypedCache</c>), which cost time.
    /// </summary>
    /// <param name="builder">The builder.</param>
    /// <param name="operations">Whether each operation has an activity. Default: no.</param>
    public static TracerProviderBuilder AddTypedCacheInstrumentation(this TracerProviderBuilder builder, bool operations = false)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.AddSource(TypedCacheTelemetry.CreationActivitySourceName);
        return operations ? builder.AddSource(TypedCacheTelemetry.ActivitySourceName) : builder;
    }
}
