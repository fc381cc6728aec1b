using TypedCache.Benchmarks.Cluster.Report;
using TypedCache.Benchmarks.Cluster.Topologies;

namespace TypedCache.Benchmarks.Cluster.Scenarios;

/// <summary>A zone with a third of the servers is cut off, and comes back with what its servers held.</summary>
internal sealed class LoseZone : Scenario
{
    private const int Back = Start + 100;

    public override string Name => "zone";

    public override string Title => "a third of the servers cut off, and back";

    public override int Seconds => 260;

    public override IReadOnlyList<Variant> Variants { get; } =
    [
        new("modulo", Contender.Modulo),
        new("ring", Contender.Ring),
        new("ketama", Contender.Ketama),
        new("rendezvous", Contender.Rendezvous),
        new("rendezvous, spares", Contender.Rendezvous) { HasSpares = true },
        new("rendezvous, replay", Contender.Rendezvous) { ReplaysDeletes = true },
    ];

    public override Measure Special => Measure.OldReads;

    public override IReadOnlyList<Moment> Moments { get; } = [new(Start, "zone cut off"), new(Back, "zone back")];

    public override void Arrange(World world, Variant variant, Placements placements)
    {
        var lost = world.Servers.Take(world.FirstSpare).Where(server => ServerNames.ZoneOf(server.Id) == 0).ToList();
        world.Queue.At(TimeSpan.FromSeconds(Start), () => lost.ForEach(server => server.CutOff()));
        world.Queue.At(TimeSpan.FromSeconds(Back), () => lost.ForEach(server => server.Return()));
    }
}
