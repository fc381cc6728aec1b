using TypedCache.Benchmarks.Cluster.Servers;

namespace TypedCache.Benchmarks.Cluster.Clients;

/// <summary>One get-or-create. It models <c>Creation.GetOrCreateCall</c>: a read that may win a lease, and what follows from it.</summary>
internal sealed class ReadCall(Client client) : Call
{
    private long _startedAt;
    private uint _expected;

    public int Rank { get; private set; }

    /// <summary>The servers as they were when the call began.</summary>
    public View View { get; private set; } = client.View;

    public void Start(int rank)
    {
        Rank = rank;
        View = client.View;
        _startedAt = client.World.Queue.Now;
        _expected = client.World.Origin.Completed(rank);
        var read = client.NewExchange(Command.ReadOrLease, rank, this);
        client.Send(read, View.Serving);
    }

    public override void Answered(Exchange exchange)
    {
        if (exchange.Answer == Answer.Value)
        {
            End(isHit: true, exchange.Version);
        }
        else
        {
            client.Creations.Join(this, exchange);
        }
    }

    /// <summary>There is a value for the caller.</summary>
    public void End(bool isHit, uint version)
    {
        client.World.Series.Read(_startedAt, isHit, isOld: version < _expected);
        client.Return(this);
    }

    public override void Fire() => throw new NotSupportedException();
}
