namespace TypedCache.Benchmarks.Near.HitRates;

/// <summary>A cache that a simulation asks for keys.</summary>
internal interface ISimulatedCache
{
    /// <summary>Reads a key, and stores it after a miss.</summary>
    /// <returns>Whether it was there.</returns>
    bool Read(int key);
}
