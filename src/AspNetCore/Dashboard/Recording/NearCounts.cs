using Attributes = TypedCache.TypedCacheTelemetry.Attributes;

namespace TypedCache.AspNetCore.Dashboard;

/// <summary>Counts what the near cache had, by template and altogether.</summary>
internal sealed class NearCounts(Templates templates) : IMeasurements
{
    private long _hits;
    private long _lookups;

    /// <summary>Keys that the near cache had, without asking a server.</summary>
    public long Hits => Volatile.Read(ref _hits);

    /// <summary>Keys that were looked for there.</summary>
    public long Lookups => Volatile.Read(ref _lookups);

    public void Add(double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        Interlocked.Add(ref _lookups, (long)value);
        if (Tags.Text(tags, Attributes.Result) == "hit")
        {
            Interlocked.Add(ref _hits, (long)value);
            templates.Of(tags).Add(Column.NearHits, (long)value);
        }
    }
}
