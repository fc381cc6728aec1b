using TypedCache.Benchmarks.Cluster.Clients;
using TypedCache.Benchmarks.Cluster.Load;
using TypedCache.Benchmarks.Cluster.Report;
using TypedCache.Benchmarks.Cluster.Servers;
using TypedCache.Benchmarks.Cluster.Timing;
using TypedCache.Benchmarks.Cluster.Topologies;

namespace TypedCache.Benchmarks.Cluster;

/// <summary>One simulation: servers, clients, network, origin and clock. It is used by one thread.</summary>
internal sealed class World
{
    private readonly SimulatedClock _clock = new();
    private readonly CacheServer[] _servers;

    /// <summary>Makes servers, all of them empty.</summary>
    /// <param name="scale">How large it is.</param>
    /// <param name="keys">The keys.</param>
    /// <param name="added">How many servers there are besides the first ones, to be used later.</param>
    /// <param name="spares">How many spares.</param>
    /// <param name="seconds">How long it runs.</param>
    /// <param name="memory">The bytes that the items of a server may take.</param>
    public World(ClusterScale scale, KeySpace keys, int added, int spares, int seconds, long memory)
    {
        Scale = scale;
        Keys = keys;
        Queue = new EventQueue(_clock);
        Network = new Network(scale.Seed);
        Origin = new Origin(keys.Count);
        FirstSpare = scale.Servers + added;
        Series = new Series(Queue, keys, seconds);
        _servers = [.. Enumerable.Range(0, FirstSpare + spares).Select(id => new CacheServer(id, _clock, memory, keys))];
    }

    public ClusterScale Scale { get; }

    public KeySpace Keys { get; }

    public EventQueue Queue { get; }

    public Network Network { get; }

    public Origin Origin { get; }

    public Series Series { get; }

    /// <summary>All servers by their number: the first ones, those to be added, the spares.</summary>
    public IReadOnlyList<CacheServer> Servers => _servers;

    /// <summary>From this number on they are spares.</summary>
    public int FirstSpare { get; }

    /// <summary>The servers that a client uses now, and the spares.</summary>
    public IReadOnlyList<CacheServer> ServersInUse => [.. Clients[0].View.Current.Servers.Select(id => _servers[id]), .. _servers.Skip(FirstSpare)];

    public IReadOnlyList<Client> Clients { get; private set; } = [];

    /// <summary>Adds the clients, which do nothing yet.</summary>
    public void AddClients(View view, bool replaysDeletes) =>
        Clients = [.. Enumerable.Range(0, Scale.Clients).Select(number => new Client(this, number, view, replaysDeletes))];

    /// <summary>Fills the servers as if they had run for long, and lets the clients begin to call.</summary>
    public void Start()
    {
        Preload(Clients[0].View.Current);
        foreach (var client in Clients)
        {
            client.PlanNextCall();
        }
    }

    // The most popular last: what was used last is evicted last.
    private void Preload(Placement placement)
    {
        for (var rank = Keys.Count - 1; rank >= 0; rank--)
        {
            var chance = (ulong)rank << 2;
            if (Dice.Part(chance) < Keys.Presence(rank))
            {
                _servers[placement.Home(rank)].Preload(rank, Keys.SecondsLeft(rank, Dice.Part(chance + 1)));
            }
        }
    }
}
