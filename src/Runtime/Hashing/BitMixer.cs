namespace TypedCache.Hashing;

/// <summary>The finalizer of SplitMix64: numbers that differ in one bit differ in about half of them afterwards.</summary>
internal static class BitMixer
{
    /// <summary>An odd number with bits everywhere: 2^64 divided by the golden ratio.</summary>
    public const ulong Golden = 0x9E3779B97F4A7C15;

    /// <summary>The first multiplier.</summary>
    public const ulong First = 0xBF58476D1CE4E5B9;

    /// <summary>The second multiplier.</summary>
    public const ulong Second = 0x94D049BB133111EB;

    /// <summary>Mixes a number. No two give the same.</summary>
    public static ulong Mix(ulong bits)
    {
        bits = (bits ^ (bits >> 30)) * First;
        bits = (bits ^ (bits >> 27)) * Second;
        return bits ^ (bits >> 31);
    }
}
