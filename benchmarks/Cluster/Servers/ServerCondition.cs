namespace TypedCache.Benchmarks.Cluster.Servers;

/// <summary>What a server's network does with packets.</summary>
internal enum ServerCondition
{
    /// <summary>It delivers them.</summary>
    Up,

    /// <summary>The process is not running: connections are reset and refused.</summary>
    Refusing,

    /// <summary>They are lost.</summary>
    CutOff,
}
