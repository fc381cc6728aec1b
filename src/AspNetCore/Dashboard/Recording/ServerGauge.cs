namespace TypedCache.AspNetCore.Dashboard;

/// <summary>The last measurements of an instrument that speaks only when it is asked: one for each server. Only the sampler asks.</summary>
/// <param name="tag">An attribute that has to have a value; null: none.</param>
/// <param name="value">That value.</param>
internal sealed class ServerGauge(string? tag = null, string? value = null) : IMeasurements
{
    private readonly Dictionary<ServerKey, long> _values = [];

    /// <summary>The measurement of a server; null: there is none.</summary>
    public long? this[ServerKey server] => _values.TryGetValue(server, out var last) ? last : null;

    /// <summary>Forgets what was measured before.</summary>
    public void Clear() => _values.Clear();

    public void Add(double measured, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        if (tag is null || Tags.Text(tags, tag) == value)
        {
            _values[ServerKey.Of(tags)] = (long)measured;
        }
    }
}
