using System.Collections.Concurrent;

namespace TypedCache.AspNetCore.Dashboard;

/// <summary>Counts for each server.</summary>
internal sealed class ServerCounts : IMeasurements
{
    private readonly ConcurrentDictionary<ServerKey, Counter> _counts = new();

    /// <summary>The count of a server.</summary>
    public long this[ServerKey server] => _counts.TryGetValue(server, out var count) ? count.Value : 0;

    /// <summary>The count of all servers, also of those that there are no more.</summary>
    public long Total
    {
        get
        {
            var total = 0L;
            foreach (var (_, count) in _counts)
            {
                total += count.Value;
            }

            return total;
        }
    }

    public void Add(double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var server = ServerKey.Of(tags);
        var count = _counts.TryGetValue(server, out var known) ? known : _counts.GetOrAdd(server, static _ => new Counter());
        count.Add((long)value);
    }
}
