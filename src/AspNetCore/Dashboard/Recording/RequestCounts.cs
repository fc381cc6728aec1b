using Attributes = TypedCache.TypedCacheTelemetry.Attributes;

namespace TypedCache.AspNetCore.Dashboard;

/// <summary>Counts calls for one key, and the keys of batches, by what came of them.</summary>
internal sealed class RequestCounts(Templates templates) : IMeasurements
{
    public void Add(double value, ReadOnlySpan<KeyValuePair<string, object?>> tags) =>
        templates.Of(tags).Add(ColumnOf(Tags.Text(tags, Attributes.Result), Tags.Text(tags, Attributes.Operation)), (long)value);

    private static Column ColumnOf(string result, string operation) => result switch
    {
        "error" => Column.Errors,
        "hit" when Reads.Are(operation) => Column.Hits,
        "stale" when Reads.Are(operation) => Column.Stale,
        "miss" when Reads.Are(operation) => Column.Misses,
        _ => Column.Others,
    };
}
