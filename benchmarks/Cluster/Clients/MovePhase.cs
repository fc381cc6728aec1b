namespace TypedCache.Benchmarks.Cluster.Clients;

/// <summary>How far the move to another list of servers is. All clients begin a phase at nearly the same time.</summary>
internal enum MovePhase
{
    /// <summary>There is one list only.</summary>
    Done,

    /// <summary>Reads go to the former home. Deletes go to both, the former one first.</summary>
    Prepare,

    /// <summary>Reads go to the new home, and a miss there reads the former one. Deletes go to both, the former one first.</summary>
    Warm,

    /// <summary>Reads go to the new home alone. Deletes go to both at once.</summary>
    Closing,
}
