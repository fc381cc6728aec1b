using TypedCache.Benchmarks.Cluster.Load;
using TypedCache.Benchmarks.Cluster.Servers;

namespace TypedCache.Benchmarks.Cluster.Clients;

/// <summary>
/// One value that is being created, or awaited. It models <c>Creation.CreationRun</c> (create, fill under the lease, then answer the
/// callers; without a real lease nothing is stored) and <c>Creation.LeasePoll</c> (read again after 10 ms, then up to 100 ms; after the
/// lease wait create it after all), and warm moves (the facts' section 5.5): whoever wins the lease at a moved key's new home reads the
/// former one and fills with what is there, with the time that it has left.
/// </summary>
internal sealed class Creation(Client client, View view, Lease lease) : Call
{
    private readonly List<ReadCall> _callers = [];
    private readonly long _since = client.World.Queue.Now;
    private long _pollDelay = ClientRules.FirstPollDelay;
    private Link? _link;
    private Step _step;
    private uint _version;

    private enum Step
    {
        Poll,
        ReadFormer,
        Create,
        Fill,
        FillCopy,
    }

    public Lease Lease { get; private set; } = lease;

    public void Add(ReadCall caller) => _callers.Add(caller);

    /// <summary>Serves the callers of another creation too.</summary>
    public void TakeCallersOf(Creation other)
    {
        _callers.AddRange(other._callers);
        other._callers.Clear();
    }

    /// <summary>Begins.</summary>
    /// <param name="isTaken">Whether another process has the lease.</param>
    /// <param name="link">The server that gave the lease.</param>
    public void Begin(bool isTaken, Link? link)
    {
        _link = link;
        if (isTaken)
        {
            Poll();
        }
        else if (FormerHome() is { } former)
        {
            _step = Step.ReadFormer;
            Client.SendTo(former, client.NewExchange(Command.Read, Lease.Rank, this));
        }
        else
        {
            Create();
        }
    }

    public override void Answered(Exchange exchange)
    {
        switch (_step)
        {
            case Step.Poll:
                Look(exchange);
                break;
            case Step.ReadFormer when exchange.Answer == Answer.Value:
                Copy(exchange);
                break;
            case Step.ReadFormer:
                Create();
                break;
            case Step.FillCopy when exchange.Answer == Answer.Done:
                client.World.Series.Copied(Lease.Rank);
                break;
            case Step.Fill:
                NoteFill(exchange);
                End(isHit: false);
                break;
        }
    }

    public override void Fire()
    {
        if (_step == Step.Poll)
        {
            Poll();
        }
        else if (Lease.IsReal)
        {
            _step = Step.Fill;
            SendFill((int)ClusterScale.Expires.TotalSeconds);
        }
        else
        {
            End(isHit: false);
        }
    }

    // A move under way concerns the key's own new home only; a server that stands in for it fills as ever.
    private Link? FormerHome()
    {
        if (view.Phase != MovePhase.Warm || !view.IsMoved(Lease.Rank) || Lease.Server != view.Current.Home(Lease.Rank))
        {
            return null;
        }

        var former = client.LinkTo(view.Former.Home(Lease.Rank));
        return former.IsUsable ? former : null;
    }

    private void Poll()
    {
        _step = Step.Poll;
        client.Send(client.NewExchange(Command.ReadOrLease, Lease.Rank, this), view.Serving);
    }

    private void Look(Exchange read)
    {
        if (read.Answer == Answer.Value)
        {
            _version = read.Version;
            End(isHit: false);
            return;
        }

        var found = Creations.LeaseOf(read);
        if (found == Lease)
        {
            WaitForNextLook();
        }
        else if (client.Creations.TryFollow(this, found))
        {
            Lease = found;
            Begin(read.Answer == Answer.Taken, read.Link);
        }
    }

    private void WaitForNextLook()
    {
        var left = _since + ClientRules.LeaseWait - client.World.Queue.Now;
        if (left <= 0)
        {
            Create();
            return;
        }

        var delay = (long)(_pollDelay * (0.75 + (client.World.Network.Chance() / 2)));
        _pollDelay = Math.Min(2 * _pollDelay, ClientRules.LongestPollDelay);
        client.World.Queue.In(Math.Min(delay, left), this);
    }

    private void Create()
    {
        _step = Step.Create;
        _version = client.World.Origin.Version(Lease.Rank);
        client.World.Series.Created();
        client.World.Queue.In(client.World.Network.Creation(), this);
    }

    private void Copy(Exchange former)
    {
        _version = former.Version;
        _step = Step.FillCopy;
        SendFill(former.Seconds);
        End(isHit: true);
    }

    private void SendFill(int seconds)
    {
        if (_link!.Generation != Lease.Generation || !_link.IsUsable)
        {
            // A lease is of no use over a later connection.
            End(isHit: false);
            return;
        }

        var fill = client.NewExchange(Command.Fill, Lease.Rank, this);
        fill.Cas = Lease.Cas;
        fill.Version = _version;
        fill.Seconds = client.IsSpare(_link.Server) ? Math.Min(seconds, ClientRules.SpareSeconds) : seconds;
        Client.SendTo(_link, fill);
    }

    private void NoteFill(Exchange fill)
    {
        if (fill.Answer != Answer.Done)
        {
            return;
        }

        client.World.Series.Filled(Lease.Rank);
        var home = view.Serving.Home(Lease.Rank);
        if (Lease.Server != home)
        {
            client.KeptDeletes?.Keep(home, Lease.Rank, _link!.Server);
        }
    }

    private void End(bool isHit)
    {
        client.Creations.End(this);
        foreach (var caller in _callers)
        {
            caller.End(isHit, _version);
        }

        _callers.Clear();
    }
}
