namespace TypedCache.AspNetCore.Dashboard;

/// <summary>A count that many threads add to.</summary>
internal sealed class Counter : IMeasurements
{
    private long _value;

    /// <summary>What has been counted.</summary>
    public long Value => Volatile.Read(ref _value);

    /// <summary>Counts.</summary>
    public void Add(long count) => Interlocked.Add(ref _value, count);

    public void Add(double value, ReadOnlySpan<KeyValuePair<string, object?>> tags) => Add((long)value);
}
