using TypedCache.Benchmarks.Cluster.Clients;
using TypedCache.Benchmarks.Cluster.Load;
using TypedCache.Benchmarks.Cluster.Report;
using TypedCache.Benchmarks.Cluster.Topologies;

namespace TypedCache.Benchmarks.Cluster.Scenarios;

/// <summary>Something that happens to a cluster, and what clients can do about it.</summary>
internal abstract class Scenario
{
    /// <summary>The second in which the steady state begins to be measured.</summary>
    public const int SteadyFrom = 20;

    /// <summary>The second in which something happens.</summary>
    public const int Start = 40;

    /// <summary>All scenarios.</summary>
    public static IReadOnlyList<Scenario> All { get; } = [new AddServers(), new LoseZone(), new RollingRestart(), new SlowServer()];

    /// <summary>The name on the command line, and of the chart's file.</summary>
    public abstract string Name { get; }

    /// <summary>What happens, in a few words.</summary>
    public abstract string Title { get; }

    /// <summary>How long it is simulated, in seconds.</summary>
    public abstract int Seconds { get; }

    public abstract IReadOnlyList<Variant> Variants { get; }

    /// <summary>What the chart marks.</summary>
    public abstract IReadOnlyList<Moment> Moments { get; }

    /// <summary>What the chart shows besides hit rate and creates.</summary>
    public abstract Measure Special { get; }

    /// <summary>How many servers there are besides the first ones.</summary>
    public virtual int Added(ClusterScale scale) => 0;

    /// <summary>Plans what happens.</summary>
    public abstract void Arrange(World world, Variant variant, Placements placements);

    /// <summary>Simulates one variant.</summary>
    public Series Run(ClusterScale scale, Variant variant, Placements placements, KeySpace keys)
    {
        var spares = variant.HasSpares ? Math.Max(1, scale.Servers / 100) : 0;
        var world = new World(scale, keys, Added(scale), spares, Seconds, keys.MemoryOf(scale.Servers));
        var sparePlacement = spares > 0 ? placements.Range(variant.Contender, world.FirstSpare, spares) : null;
        world.AddClients(View.Of(placements.Range(variant.Contender, 0, scale.Servers), sparePlacement), variant.ReplaysDeletes);
        world.Start();
        Arrange(world, variant, placements);
        NoteServersRegularly(world);
        world.Queue.RunUntil(Seconds * TimeSpan.TicksPerSecond);
        return world.Series;
    }

    /// <summary>Gives each client a view, each a little later than the one before.</summary>
    protected static void Tell(World world, TimeSpan moment, TimeSpan spread, Func<Client, View> view)
    {
        for (var number = 0; number < world.Clients.Count; number++)
        {
            var client = world.Clients[number];
            world.Queue.At(moment + (spread * number / world.Clients.Count), () => client.View = view(client));
        }
    }

    private void NoteServersRegularly(World world)
    {
        const int Window = 5;
        var before = new long[world.Servers.Count];
        for (var second = Window; second <= Seconds; second += Window)
        {
            var end = second;
            world.Queue.At(TimeSpan.FromSeconds(end), () => world.Series.NoteServers(world.ServersInUse, before, end - Window, end));
        }
    }
}
