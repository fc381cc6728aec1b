using TypedCache.Benchmarks.Cluster.Report;
using TypedCache.Benchmarks.Cluster.Topologies;

namespace TypedCache.Benchmarks.Cluster.Scenarios;

/// <summary>The server with the most popular key becomes ten times slower, and now and then answers nothing for longer than the time-out.</summary>
internal sealed class SlowServer : Scenario
{
    private const int Well = Start + 120;
    private const int BetweenStalls = 15;

    private static readonly TimeSpan Stall = TimeSpan.FromSeconds(1.5);

    public override string Name => "slow";

    public override string Title => "the hottest key's server 10 times slower, with stalls";

    public override int Seconds => Well + 40;

    public override IReadOnlyList<Variant> Variants { get; } =
    [
        new("ring", Contender.Ring),
        new("ketama", Contender.Ketama),
        new("rendezvous", Contender.Rendezvous),
        new("rendezvous, spares", Contender.Rendezvous) { HasSpares = true },
    ];

    public override Measure Special => Measure.SlowestReads;

    public override IReadOnlyList<Moment> Moments { get; } = [new(Start, "slow"), new(Well, "well again")];

    public override void Arrange(World world, Variant variant, Placements placements)
    {
        var slow = world.Servers[world.Clients[0].View.Current.Home(rank: 0)];
        world.Queue.At(TimeSpan.FromSeconds(Start), () => slow.Slowness = 10);
        world.Queue.At(TimeSpan.FromSeconds(Well), () => slow.Slowness = 1);
        for (var second = Start + 5; second < Well; second += BetweenStalls)
        {
            world.Queue.At(TimeSpan.FromSeconds(second), () => slow.StalledUntil = world.Queue.Now + Stall.Ticks);
        }
    }
}
