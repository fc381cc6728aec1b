using TypedCache.Benchmarks.Cluster.Servers;

namespace TypedCache.Benchmarks.Cluster.Clients;

/// <summary>What one client creates, or waits for. It models <c>Creation.PendingCreations</c>: callers that have read the same share one creation.</summary>
internal sealed class Creations(Client client)
{
    private readonly Dictionary<Lease, Creation> _pending = [];

    /// <summary>Lets a caller without a value have one created, or wait for it.</summary>
    public void Join(ReadCall caller, Exchange read)
    {
        var lease = LeaseOf(read);
        if (_pending.TryGetValue(lease, out var creation))
        {
            creation.Add(caller);
            return;
        }

        creation = new Creation(client, caller.View, lease);
        _pending[lease] = creation;
        creation.Add(caller);
        creation.Begin(isTaken: read.Answer == Answer.Taken, read.Link);
    }

    /// <summary>Takes the place of a creation whose lease has changed; false if there is one already, which then has its callers.</summary>
    public bool TryFollow(Creation creation, Lease lease)
    {
        End(creation);
        if (_pending.TryGetValue(lease, out var other))
        {
            other.TakeCallersOf(creation);
            return false;
        }

        _pending[lease] = creation;
        return true;
    }

    /// <summary>Whoever reads from now on does not share it any more.</summary>
    public void End(Creation creation)
    {
        if (_pending.TryGetValue(creation.Lease, out var current) && current == creation)
        {
            _pending.Remove(creation.Lease);
        }
    }

    /// <summary>What a read that found no value has told.</summary>
    public static Lease LeaseOf(Exchange read) => read.Answer is Answer.Won or Answer.Taken
        ? new Lease(read.Rank, read.Link!.Server.Id, read.Cas, read.Link.Generation)
        : Lease.Unreachable(read.Rank);
}
