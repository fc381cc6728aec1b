namespace TypedCache.Benchmarks.Cluster.Load;

/// <summary>Seeded random numbers (SplitMix64), the same on every machine and runtime.</summary>
internal sealed class Dice(ulong seed)
{
    private ulong _state = Mix(seed + 0x9E3779B97F4A7C15);

    /// <summary>Spreads a number over all 64 bits.</summary>
    public static ulong Mix(ulong number)
    {
        number = (number ^ (number >> 30)) * 0xBF58476D1CE4E5B9;
        number = (number ^ (number >> 27)) * 0x94D049BB133111EB;
        return number ^ (number >> 31);
    }

    /// <summary>The part from 0 to 1 that belongs to a number.</summary>
    public static double Part(ulong number) => (Mix(number) >> 11) * (1.0 / (1UL << 53));

    /// <summary>From 0 up to, but not including, 1.</summary>
    public double Next() => (NextBits() >> 11) * (1.0 / (1UL << 53));

    /// <summary>64 bits.</summary>
    public ulong NextBits()
    {
        _state += 0x9E3779B97F4A7C15;
        return Mix(_state);
    }

    /// <summary>A time between two events of a Poisson process, as a multiple of the mean.</summary>
    public double NextInterval() => -Math.Log(1 - Next());
}
