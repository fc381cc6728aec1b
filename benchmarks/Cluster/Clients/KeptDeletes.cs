using TypedCache.Benchmarks.Cluster.Servers;

namespace TypedCache.Benchmarks.Cluster.Clients;

/// <summary>
/// The deletes that a server has missed because it could not be reached. It models replayed deletes (the facts' section 7): bounded, and
/// carried out when the server is back, before it takes reads.
/// </summary>
internal sealed class KeptDeletes
{
    private readonly Dictionary<int, HashSet<int>> _byServer = [];

    /// <summary>Keeps a delete for the server of its key.</summary>
    public void Keep(int server, int rank)
    {
        if (!_byServer.TryGetValue(server, out var ranks))
        {
            _byServer[server] = ranks = [];
        }

        if (ranks.Count < ClientRules.MaxKeptDeletes)
        {
            ranks.Add(rank);
        }
    }

    /// <summary>Carries out what a server has missed.</summary>
    public void Replay(CacheServer server)
    {
        if (_byServer.Remove(server.Id, out var ranks))
        {
            foreach (var rank in ranks)
            {
                server.Delete(rank);
            }
        }
    }
}
