namespace Atlas;

/// <summary>One measured round.</summary>
/// <param name="Name">What was asked.</param>
/// <param name="Lookups">How many cities or countries were looked up.</param>
/// <param name="Misses">How many of them were not in the cache; null where there was no cache.</param>
/// <param name="Time">How long all callers together took.</param>
/// <param name="ServerReads">How often servers were asked; null where that was not counted.</param>
internal sealed record Measurement(string Name, int Lookups, long? Misses, TimeSpan Time, long? ServerReads = null)
{
    /// <summary>How many of the look-ups the cache answered.</summary>
    public long? Hits => Lookups - Misses;

    /// <summary>Which part of the look-ups was answered in this process, from 0 to 1. Other users of the servers make it look smaller.</summary>
    public double? NearShare => ServerReads is { } reads ? Math.Max(0, 1 - (double)reads / Lookups) : null;

    /// <summary>Look-ups per second, of all callers together.</summary>
    public double PerSecond => Lookups / Time.TotalSeconds;
}
