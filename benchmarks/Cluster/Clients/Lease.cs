namespace TypedCache.Benchmarks.Cluster.Clients;

/// <summary>One state of one item: it models <c>Pool.Lease</c>, with the key, as <c>Creation.PendingKey</c> does.</summary>
/// <param name="Rank">The key.</param>
/// <param name="Server">The server; -1: none could be asked.</param>
/// <param name="Cas">The CAS number of the item.</param>
/// <param name="Generation">The connection over which it was given.</param>
internal readonly record struct Lease(int Rank, int Server, ulong Cas, int Generation)
{
    /// <summary>Whether a server gave it.</summary>
    public bool IsReal => Server >= 0;

    public static Lease Unreachable(int rank) => new(rank, -1, 0, 0);
}
