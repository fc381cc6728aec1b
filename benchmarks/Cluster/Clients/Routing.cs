using TypedCache.Benchmarks.Cluster.Topologies;

namespace TypedCache.Benchmarks.Cluster.Clients;

/// <summary>
/// Which server takes a key. It models <c>Pool.OperationRouter.Find</c>: the home unless it has failed; then, without spares, the first of
/// the failover sequence that has not; with spares, one of them (the facts' section 7: instead of the next in the ring).
/// </summary>
internal sealed class Routing(Client client)
{
    /// <summary>The server that takes a key now; null if none can.</summary>
    public Link? Find(Placement placement, int rank)
    {
        var home = client.LinkTo(placement.Home(rank));
        if (home.IsUsable)
        {
            return home;
        }

        return client.View.Spares is { } spares ? FindSpare(spares, rank) : FindNext(placement, rank);
    }

    private Link? FindSpare(Placement spares, int rank)
    {
        var home = client.LinkTo(spares.Home(rank));
        return home.IsUsable ? home : FindNext(spares, rank);
    }

    private Link? FindNext(Placement placement, int rank)
    {
        if (placement.Servers.Count == 1)
        {
            return null;
        }

        for (var attempt = 0; attempt < ClientRules.MaxFailoverAttempts; attempt++)
        {
            var next = client.LinkTo(placement.Candidate(rank, attempt));
            if (next.IsUsable)
            {
                return next;
            }
        }

        return null;
    }
}
