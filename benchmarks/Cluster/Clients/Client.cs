using TypedCache.Benchmarks.Cluster.Load;
using TypedCache.Benchmarks.Cluster.Servers;
using TypedCache.Benchmarks.Cluster.Timing;
using TypedCache.Benchmarks.Cluster.Topologies;

namespace TypedCache.Benchmarks.Cluster.Clients;

/// <summary>One process with one pool, which calls it at random moments.</summary>
internal sealed class Client : SimulatedEvent
{
    private readonly Dice _dice;
    private readonly Routing _routing;
    private readonly Stack<Exchange> _exchanges = [];
    private readonly Stack<ReadCall> _reads = [];
    private readonly Stack<DeleteCall> _deletes = [];
    private Link?[] _links;

    public Client(World world, int number, View view, bool replaysDeletes)
    {
        World = world;
        View = view;
        _dice = new Dice(world.Scale.Seed + (ulong)number);
        _links = new Link?[world.Servers.Count];
        _routing = new Routing(this);
        Creations = new Creations(this);
        KeptDeletes = replaysDeletes ? new KeptDeletes(world) : null;
    }

    public World World { get; }

    /// <summary>The servers that calls begin with now.</summary>
    public View View { get; set; }

    public Creations Creations { get; private set; }

    /// <summary>The deletes for servers that come back; null where they are not kept.</summary>
    public KeptDeletes? KeptDeletes { get; }

    public Link LinkTo(int server) => _links[server] ??= new Link(this, World.Servers[server]);

    public bool IsSpare(CacheServer server) => server.Id >= World.FirstSpare;

    /// <summary>Ends the process and starts it with other servers.</summary>
    public void Restart(View view)
    {
        View = view;
        _links = new Link?[World.Servers.Count];
        Creations = new Creations(this);
    }

    /// <summary>Makes the next call, and plans the one after it.</summary>
    public override void Fire()
    {
        var rank = World.Keys.Ranks.Next(_dice);
        if (_dice.Next() < ClusterScale.UpdateShare)
        {
            Delete(rank);
        }
        else
        {
            Read(rank);
        }

        PlanNextCall();
    }

    public void PlanNextCall()
    {
        var mean = TimeSpan.TicksPerSecond * World.Scale.Clients / World.Scale.CallsPerSecond;
        World.Queue.In((long)(mean * _dice.NextInterval()), this);
    }

    /// <summary>Gets a value, or creates it.</summary>
    public void Read(int rank) => (_reads.TryPop(out var call) ? call : new ReadCall(this)).Start(rank);

    /// <summary>Changes a value at the origin, and deletes it here.</summary>
    public void Delete(int rank) => (_deletes.TryPop(out var call) ? call : new DeleteCall(this)).Start(rank);

    public Exchange NewExchange(Command command, int rank, Call call)
    {
        var exchange = _exchanges.TryPop(out var used) ? used : new Exchange(this) { Call = call };
        exchange.Call = call;
        exchange.Command = command;
        exchange.Rank = rank;
        exchange.Placement = null;
        exchange.Link = null;
        return exchange;
    }

    /// <summary>Sends to the server that takes the key now.</summary>
    public void Send(Exchange exchange, Placement placement)
    {
        exchange.Placement = placement;
        if (_routing.Find(placement, exchange.Rank) is { } link)
        {
            SendTo(link, exchange);
        }
        else
        {
            exchange.End(Answer.NoServer);
        }
    }

    /// <summary>Sends to one server and no other, unless the exchange has a placement.</summary>
    public static void SendTo(Link link, Exchange exchange)
    {
        exchange.Link = link;
        link.Send(exchange);
    }

    /// <summary>Its server has failed before it was sent.</summary>
    public void Reroute(Exchange exchange)
    {
        if (exchange.Placement is { } placement)
        {
            Send(exchange, placement);
        }
        else
        {
            exchange.End(Answer.Lost);
        }
    }

    public void Return(Exchange exchange) => _exchanges.Push(exchange);

    public void Return(ReadCall call) => _reads.Push(call);

    public void Return(DeleteCall call) => _deletes.Push(call);
}
