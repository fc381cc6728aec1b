namespace TypedCache.Benchmarks.Cluster.Report;

/// <summary>What the last diagram of a scenario's chart shows.</summary>
internal enum Measure
{
    /// <summary>The bytes of the fullest server.</summary>
    Fullest,

    /// <summary>Reads of values that had been changed, and deleted in the cache.</summary>
    OldReads,

    /// <summary>The time within which nearly all reads end.</summary>
    SlowestReads,
}
