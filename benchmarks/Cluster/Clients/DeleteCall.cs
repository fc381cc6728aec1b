using TypedCache.Benchmarks.Cluster.Servers;

namespace TypedCache.Benchmarks.Cluster.Clients;

/// <summary>
/// One change at the origin and the delete that follows it. It models <c>MemcachedPool.DeleteAsync</c>, and the order of deletes during a
/// move (the facts' section 5.5): at the former home before the new one in Prepare and Warm, at both at once in Closing.
/// </summary>
internal sealed class DeleteCall(Client client) : Call
{
    private View _view = client.View;
    private int _rank;
    private uint _version;
    private int _due;

    public void Start(int rank)
    {
        _rank = rank;
        _view = client.View;
        _version = client.World.Origin.Change(rank);
        var isMoved = _view.IsMoved(rank);
        _due = isMoved ? 2 : 1;
        if (isMoved)
        {
            Send(_view.Former);
        }

        if (!isMoved || _view.Phase == MovePhase.Closing)
        {
            Send(_view.Current);
        }
    }

    public override void Answered(Exchange exchange)
    {
        KeepIfMissed(exchange);
        if (--_due == 0)
        {
            client.World.Origin.Complete(_rank, _version);
            client.Return(this);
        }
        else if (_view.Phase != MovePhase.Closing)
        {
            Send(_view.Current);
        }
    }

    public override void Fire() => throw new NotSupportedException();

    private void Send(Topologies.Placement placement) => client.Send(client.NewExchange(Command.Delete, _rank, this), placement);

    private void KeepIfMissed(Exchange exchange)
    {
        var home = exchange.Placement!.Home(_rank);
        if (exchange.Answer != Answer.Done || exchange.Link!.Server.Id != home)
        {
            client.KeptDeletes?.Keep(home, _rank, exchange.Answer == Answer.Done ? exchange.Link!.Server : null);
        }
    }
}
