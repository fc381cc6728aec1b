namespace TypedCache;

/// <summary>
/// The names under which TypedCache emits metrics, traces and logs: for <c>AddMeter</c>, <c>AddSource</c>, views and filters. Names that
/// begin with <c>db.</c> are those of OpenTelemetry's semantic conventions for databases.
/// </summary>
public static partial class TypedCacheTelemetry
{
    /// <summary>The meter that has all instruments.</summary>
    public const string MeterName = "TypedCache";

    /// <summary>The activity source with one span for each operation. At a million hits a second it makes a million spans: sample it.</summary>
    public const string ActivitySourceName = "TypedCache";

    /// <summary>The activity source for what is rare and worth seeing: creations of missing values, and waits for them.</summary>
    public const string CreationActivitySourceName = "TypedCache.Creation";

    /// <summary>The log category of servers, connections and values.</summary>
    public const string PoolLogCategory = "TypedCache.Pool";

    /// <summary>The log category of what get-or-create operations create.</summary>
    public const string CreationLogCategory = "TypedCache.Creation";
}
