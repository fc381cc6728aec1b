namespace Atlas;

/// <summary>One measured round.</summary>
/// <param name="Name">What was asked.</param>
/// <param name="Lookups">How many cities or countries were looked up.</param>
/// <param name="Misses">How many of them were not in the cache; null where there was no cache.</param>
/// <param name="Time">How long all callers together took.</param>
internal sealed record Measurement(string Name, int Lookups, long? Misses, TimeSpan Time)
{
    /// <summary>How many of the look-ups the cache answered.</summary>
    public long? Hits => Lookups - Misses;

    /// <summary>Look-ups per second, of all callers together.</summary>
    public double PerSecond => Lookups / Time.TotalSeconds;
}
