using TypedCache.Benchmarks.Cluster.Load;

namespace TypedCache.Benchmarks.Cluster.Servers;

/// <summary>How long packets travel, and how long the origin takes: log-normal times, so that a few take much longer than most.</summary>
internal sealed class Network(ulong seed)
{
    private const int Samples = 8192;

    // The middle of three: within one zone or between two of a region.
    private static readonly long[] Hops = LogNormal(TimeSpan.FromMicroseconds(150), spread: 0.5);
    private static readonly long[] Creations = LogNormal(TimeSpan.FromMilliseconds(20), spread: 0.6);

    private readonly Dice _dice = new(seed);

    /// <summary>One way between a client and a server, in ticks.</summary>
    public long Hop(CacheServer server) => (long)(Hops[_dice.NextBits() % Samples] * server.Slowness);

    /// <summary>How long it takes to create a value at the origin, in ticks.</summary>
    public long Creation() => Creations[_dice.NextBits() % Samples];

    /// <summary>From 0 to 1.</summary>
    public double Chance() => _dice.Next();

    private static long[] LogNormal(TimeSpan median, double spread)
    {
        var dice = new Dice(1);
        var times = new long[Samples];
        for (var i = 0; i < Samples; i++)
        {
            // Box and Muller.
            var normal = Math.Sqrt(-2 * Math.Log(1 - dice.Next())) * Math.Cos(2 * Math.PI * dice.Next());
            times[i] = (long)(median.Ticks * Math.Exp(spread * normal));
        }

        return times;
    }
}
