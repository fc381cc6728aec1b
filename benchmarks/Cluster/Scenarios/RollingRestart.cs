using TypedCache.Benchmarks.Cluster.Clients;
using TypedCache.Benchmarks.Cluster.Report;
using TypedCache.Benchmarks.Cluster.Servers;
using TypedCache.Benchmarks.Cluster.Topologies;

namespace TypedCache.Benchmarks.Cluster.Scenarios;

/// <summary>All servers are restarted, a group after the other, and lose what they held.</summary>
internal sealed class RollingRestart : Scenario
{
    private const int Groups = 10;
    private const int Step = 30;
    private const int Down = 3;

    // A group that is drained leaves the list at the beginning of its step, and is stopped when its keys have had time to move.
    private const int Prepare = 2;
    private const int Closing = 24;
    private const int DrainedAfter = 26;
    private const int End = Start + (Groups * Step);

    private static readonly TimeSpan Spread = TimeSpan.FromSeconds(1);

    public override string Name => "restart";

    public override string Title => "all servers restarted, a tenth at a time";

    public override int Seconds => End + 60;

    public override IReadOnlyList<Variant> Variants { get; } =
    [
        new("ring", Contender.Ring),
        new("ketama", Contender.Ketama),
        new("rendezvous", Contender.Rendezvous),
        new("rendezvous, spares", Contender.Rendezvous) { HasSpares = true },
        new("rendezvous, warm", Contender.Rendezvous) { IsDrained = true, IsWarm = true },
    ];

    public override Measure Special => Measure.Fullest;

    public override IReadOnlyList<Moment> Moments { get; } = [new(Start, "first group"), new(End, "last group done")];

    public override void Arrange(World world, Variant variant, Placements placements)
    {
        for (var group = 0; group < Groups; group++)
        {
            var stopped = MembersOf(group, world);
            var stop = TimeSpan.FromSeconds(Start + (group * Step) + (variant.IsDrained ? DrainedAfter : 0));
            world.Queue.At(stop, () => stopped.ForEach(server => server.Stop()));
            world.Queue.At(stop + TimeSpan.FromSeconds(Down), () => stopped.ForEach(server => server.Return()));
        }

        if (variant.IsDrained)
        {
            for (var group = 0; group <= Groups; group++)
            {
                PlanMove(world, variant, placements, group);
            }
        }
    }

    private static List<CacheServer> MembersOf(int group, World world) =>
        [.. world.Servers.Take(world.Scale.Servers).Where(server => server.Id % Groups == group)];

    // The group before it comes back with the same change.
    private static void PlanMove(World world, Variant variant, Placements placements, int group)
    {
        var start = TimeSpan.FromSeconds(Start + (group * Step));
        world.Queue.At(start, () =>
        {
            var before = world.Clients[0].View.Current;
            var after = group == Groups
                ? placements.Range(variant.Contender, 0, world.Scale.Servers)
                : placements.Without(variant.Contender, world.Scale.Servers, MembersOf(group, world).Select(server => server.Id).ToHashSet());
            Move(world, start, before, after, variant.IsWarm);
        });
    }

    private static void Move(World world, TimeSpan start, Placement before, Placement after, bool isWarm)
    {
        var spares = world.Clients[0].View.Spares;
        if (!isWarm)
        {
            Tell(world, start, Spread, _ => View.Of(after, spares));
            return;
        }

        Tell(world, start, Spread, _ => new View(before, after, MovePhase.Prepare, spares));
        Tell(world, start + TimeSpan.FromSeconds(Prepare), TimeSpan.Zero, _ => new View(before, after, MovePhase.Warm, spares));
        Tell(world, start + TimeSpan.FromSeconds(Closing), TimeSpan.Zero, _ => new View(before, after, MovePhase.Closing, spares));
    }
}
