using TypedCache.Benchmarks.Cluster.Topologies;

namespace TypedCache.Benchmarks.Cluster.Clients;

/// <summary>The servers as one client sees them; a call uses one view from begin to end. It models <c>Pool.OperationRouter</c> as a value that never changes.</summary>
/// <param name="Former">The servers before the change; the same where there is none.</param>
/// <param name="Current">The servers after it.</param>
/// <param name="Phase">How far the move is.</param>
/// <param name="Spares">The spare servers; null if there are none.</param>
internal sealed record View(Placement Former, Placement Current, MovePhase Phase, Placement? Spares)
{
    /// <summary>The servers that reads go to.</summary>
    public Placement Serving => Phase == MovePhase.Prepare ? Former : Current;

    /// <summary>One list, and no change under way.</summary>
    public static View Of(Placement servers, Placement? spares) => new(servers, servers, MovePhase.Done, spares);

    /// <summary>Whether a key has another home before the change than after it.</summary>
    public bool IsMoved(int rank) => Phase != MovePhase.Done && Former.Home(rank) != Current.Home(rank);
}
