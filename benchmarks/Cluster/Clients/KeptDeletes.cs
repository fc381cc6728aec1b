using TypedCache.Benchmarks.Cluster.Servers;

namespace TypedCache.Benchmarks.Cluster.Clients;

/// <summary>
/// The keys that have changed elsewhere while their server could not be reached. It models replayed deletes: bounded, and carried out when the
/// server is back, before it takes reads; what stand-ins have of the keys goes too.
/// </summary>
internal sealed class KeptDeletes(World world)
{
    private readonly Dictionary<int, HashSet<(int Rank, int StandIn)>> _byServer = [];

    /// <summary>Notes a delete, or a value that was stored elsewhere, for the server of its key.</summary>
    /// <param name="server">The key's own server.</param>
    /// <param name="rank">The key.</param>
    /// <param name="standIn">The server that took it; null if none did.</param>
    public void Keep(int server, int rank, CacheServer? standIn)
    {
        if (!_byServer.TryGetValue(server, out var missed))
        {
            _byServer[server] = missed = [];
        }

        if (missed.Count < ClientRules.MaxKeptDeletes)
        {
            missed.Add((rank, standIn?.Id ?? server));
        }
    }

    /// <summary>Carries out what a server has missed.</summary>
    public void Replay(CacheServer server)
    {
        if (!_byServer.Remove(server.Id, out var missed))
        {
            return;
        }

        foreach (var (rank, standIn) in missed)
        {
            server.Delete(rank);
            if (standIn != server.Id)
            {
                world.Servers[standIn].Delete(rank);
            }
        }
    }
}
