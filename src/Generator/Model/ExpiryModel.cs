namespace TypedCache.Generator.Model;

/// <summary>When values expire.</summary>
/// <param name="Seconds">From the attributes; null for never.</param>
/// <param name="Parameter">The parameter that overrides it, as code; null without one.</param>
/// <param name="Jitter">The part by which they may expire earlier; 0 for none.</param>
internal sealed record ExpiryModel(long? Seconds, string? Parameter, ExpiryParameterType ParameterType, decimal Jitter)
{
    /// <summary>Whether neither the attributes nor a parameter can say when.</summary>
    public bool IsNever => Seconds is null && Parameter is null;
}

/// <summary>The type of an expiry parameter. A nullable one without a value falls back to the attributes.</summary>
internal enum ExpiryParameterType
{
    None,
    TimeSpan,
    NullableTimeSpan,
    CacheExpiry,
    NullableCacheExpiry,
}
