using Attributes = TypedCache.TypedCacheTelemetry.Attributes;

namespace TypedCache.AspNetCore.Dashboard;

/// <summary>How long calls took.</summary>
/// <param name="readsOnly">Whether only those count that bring a value.</param>
internal sealed class Durations(bool readsOnly = false) : IMeasurements
{
    /// <summary>The durations.</summary>
    public DurationHistogram Histogram { get; } = new();

    public void Add(double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        if (!readsOnly || Reads.Are(Tags.Text(tags, Attributes.Operation)))
        {
            Histogram.Add(value);
        }
    }
}
