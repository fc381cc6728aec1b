using TypedCache.Benchmarks.Cluster.Servers;
using TypedCache.Benchmarks.Cluster.Timing;
using TypedCache.Benchmarks.Cluster.Topologies;

namespace TypedCache.Benchmarks.Cluster.Clients;

/// <summary>One command on its way to a server, and its reply on the way back. The objects are used again.</summary>
internal sealed class Exchange(Client client) : SimulatedEvent
{
    private Leg _leg;
    private long _sentAt;
    private int _life;
    private int _generation;

    private enum Leg
    {
        There,
        Back,
        Silence,
        Reset,
    }

    public Command Command { get; set; }

    public int Rank { get; set; }

    /// <summary>The CAS number of the lease.</summary>
    public ulong Cas { get; set; }

    /// <summary>The version of the value.</summary>
    public uint Version { get; set; }

    /// <summary>How long the value lives.</summary>
    public int Seconds { get; set; }

    /// <summary>What came of it.</summary>
    public Answer Answer { get; private set; }

    /// <summary>Who waits for it.</summary>
    public required Call Call { get; set; }

    /// <summary>Where it may be sent if its server fails before; null: nowhere else.</summary>
    public Placement? Placement { get; set; }

    /// <summary>The connection that it was sent to last.</summary>
    public Link? Link { get; set; }

    /// <summary>Leaves for the server over a connection to this life of it.</summary>
    public void Travel(int life)
    {
        _life = life;
        _generation = Link!.Generation;
        _sentAt = client.World.Queue.Now;
        Plan(Leg.There, Link.NextArrival());
    }

    /// <summary>Ends without having been sent.</summary>
    public void End(Answer answer)
    {
        Answer = answer;
        Call.Answered(this);
        client.Return(this);
    }

    public override void Fire()
    {
        switch (_leg)
        {
            case Leg.There:
                Arrive(Link!.Server);
                break;
            case Leg.Back:
                Link!.Hear();
                End(Answer);
                break;
            default:
                Lose();
                break;
        }
    }

    private void Arrive(CacheServer server)
    {
        if (server.Condition == ServerCondition.CutOff)
        {
            WaitInVain();
        }
        else if (server.Condition == ServerCondition.Refusing || server.Life != _life)
        {
            Plan(Leg.Reset, Link!.NextReply());
        }
        else if (server.StalledUntil > client.World.Queue.Now)
        {
            WaitForStall(server);
        }
        else
        {
            Execute(server);
            Plan(Leg.Back, Link!.NextReply());
        }
    }

    private void WaitForStall(CacheServer server)
    {
        if (server.StalledUntil > Link!.SilentSince(_sentAt) + ClientRules.OperationTimeout)
        {
            // The server carries it out all the same, once it goes on.
            var (command, rank, cas, version, seconds) = (Command, Rank, Cas, Version, Seconds);
            client.World.Queue.At(server.StalledUntil, new ActionEvent(() => Execute(server, command, rank, ref cas, ref version, ref seconds)));
            WaitInVain();
        }
        else
        {
            client.World.Queue.At(server.StalledUntil, this);
        }
    }

    private void WaitInVain()
    {
        _leg = Leg.Silence;
        client.World.Queue.At(Link!.SilentSince(_sentAt) + ClientRules.OperationTimeout, this);
    }

    private void Lose()
    {
        if (_leg == Leg.Silence)
        {
            client.World.Series.TimedOut();
            Link!.Hang(_generation);
        }

        End(Answer.Lost);
    }

    private void Plan(Leg leg, long moment)
    {
        _leg = leg;
        client.World.Queue.At(moment, this);
    }

    private void Execute(CacheServer server)
    {
        var (cas, version, seconds) = (Cas, Version, Seconds);
        Answer = Execute(server, Command, Rank, ref cas, ref version, ref seconds);
        (Cas, Version, Seconds) = (cas, version, seconds);
    }

    private static Answer Execute(CacheServer server, Command command, int rank, ref ulong cas, ref uint version, ref int seconds) => command switch
    {
        Command.ReadOrLease => server.ReadOrLease(rank, ClientRules.LeaseSeconds, out version, out cas),
        Command.Read => server.Read(rank, out version, out seconds),
        Command.Fill => server.Fill(rank, cas, version, seconds),
        _ => server.Delete(rank),
    };
}
