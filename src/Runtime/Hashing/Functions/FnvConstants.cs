namespace TypedCache.Hashing;

/// <summary>The numbers of FNV (Fowler, Noll and Vo).</summary>
internal static class FnvConstants
{
    /// <summary>The hash of no bytes, in 32 bits.</summary>
    public const uint Offset = 0x811C9DC5;

    /// <summary>The multiplier, in 32 bits.</summary>
    public const uint Prime = 0x01000193;

    /// <summary>The lower half of the hash of no bytes in 64 bits.</summary>
    public const uint WideOffset = 0x84222325;

    /// <summary>The lower half of the multiplier in 64 bits.</summary>
    public const uint WidePrime = 0x000001B3;
}
