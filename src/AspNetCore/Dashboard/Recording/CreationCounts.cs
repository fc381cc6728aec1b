using System.Collections.Concurrent;
using Attributes = TypedCache.TypedCacheTelemetry.Attributes;

namespace TypedCache.AspNetCore.Dashboard;

/// <summary>Counts created values by why they were created, and what became of them.</summary>
internal sealed class CreationCounts(Templates templates) : IMeasurements
{
    private readonly ConcurrentDictionary<CreationKind, Counter> _counts = new();

    public void Add(double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var kind = new CreationKind(Tags.Text(tags, Attributes.Trigger), Tags.Text(tags, Attributes.Outcome));
        var count = _counts.TryGetValue(kind, out var known) ? known : _counts.GetOrAdd(kind, static _ => new Counter());
        count.Add((long)value);
        templates.Of(tags).Add(Column.Creations, (long)value);
    }

    /// <summary>What has been counted.</summary>
    public CreationView[] Read()
    {
        var views = new List<CreationView>();
        foreach (var (kind, count) in _counts)
        {
            views.Add(new CreationView(kind.Trigger, kind.Outcome, count.Value));
        }

        views.Sort(static (one, other) => string.CompareOrdinal($"{one.Trigger} {one.Outcome}", $"{other.Trigger} {other.Outcome}"));
        return [.. views];
    }

    private readonly record struct CreationKind(string Trigger, string Outcome);
}
