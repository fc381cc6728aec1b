using TypedCache.Benchmarks.Cluster.Clients;
using TypedCache.Benchmarks.Cluster.Load;
using TypedCache.Benchmarks.Cluster.Report;
using TypedCache.Benchmarks.Cluster.Topologies;

namespace TypedCache.Benchmarks.Cluster.Scenarios;

/// <summary>The cluster gets a tenth more servers.</summary>
internal sealed class AddServers : Scenario
{
    private static readonly TimeSpan Poll = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan Prepare = 2 * Poll;
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(120);

    public override string Name => "add";

    public override string Title => "10 % more servers";

    public override int Seconds => 280;

    public override IReadOnlyList<Variant> Variants { get; } =
    [
        new("modulo, restart", Contender.Modulo) { Restarts = true },
        new("ring, restart", Contender.Ring) { Restarts = true },
        new("ketama, restart", Contender.Ketama) { Restarts = true },
        new("ketama, live", Contender.Ketama),
        new("ketama, warm", Contender.Ketama) { IsWarm = true },
        new("rendezvous, live", Contender.Rendezvous),
        new("rendezvous, warm", Contender.Rendezvous) { IsWarm = true },
    ];

    public override Measure Special => Measure.Fullest;

    public override IReadOnlyList<Moment> Moments { get; } =
    [
        new(Start, "added"),
        new(Start + (int)Prepare.TotalSeconds, "warm-up"),
        new(Start + (int)(Prepare + WarmUp).TotalSeconds, "ends"),
    ];

    public override int Added(ClusterScale scale) => scale.Servers / 10;

    public override void Arrange(World world, Variant variant, Placements placements)
    {
        var spares = world.Clients[0].View.Spares;
        var before = world.Clients[0].View.Current;
        var after = placements.Range(variant.Contender, 0, world.Scale.Servers + Added(world.Scale));
        var start = TimeSpan.FromSeconds(Start);
        if (variant.Restarts)
        {
            world.Queue.At(start, () => RestartAll(world, View.Of(after, spares)));
        }
        else if (variant.IsWarm)
        {
            Tell(world, start, Poll, _ => new View(before, after, MovePhase.Prepare, spares));
            Tell(world, start + Prepare, TimeSpan.Zero, _ => new View(before, after, MovePhase.Warm, spares));
            Tell(world, start + Prepare + WarmUp, TimeSpan.Zero, _ => new View(before, after, MovePhase.Closing, spares));
        }
        else
        {
            Tell(world, start, Poll, _ => View.Of(after, spares));
        }
    }

    private static void RestartAll(World world, View view)
    {
        foreach (var client in world.Clients)
        {
            client.Restart(view);
        }
    }
}
