namespace TypedCache.AspNetCore.Dashboard;

/// <summary>The sum of the last measurements of an instrument that speaks only when it is asked. Only the sampler asks.</summary>
internal sealed class SumGauge : IMeasurements
{
    /// <summary>The sum.</summary>
    public long Value { get; private set; }

    /// <summary>Forgets what was measured before.</summary>
    public void Clear() => Value = 0;

    public void Add(double value, ReadOnlySpan<KeyValuePair<string, object?>> tags) => Value += (long)value;
}
