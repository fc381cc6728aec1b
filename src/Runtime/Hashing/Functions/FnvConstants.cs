namespace TypedCache.Hashing;

/// <summary>The numbers of FNV (Fowler, Noll and Vo).</summary>
internal static class FnvConstants
{
    /// <summary>The hash of no bytes, in 32 bits.</summary>
    public const uint Offset = 0x811C9DC5;

    /// <summary>The multiplier, in 32 bits.</summary>
    public const uint Prime = 0x01000193;

    /// <summary>The hash of no bytes, in 64 bits.</summary>
    public const ulong Offset64 = 0xCBF29CE484222325;

    /// <summary>The multiplier, in 64 bits.</summary>
    public const ulong Prime64 = 0x00000100000001B3;

    /// <summary>The lower half of <see cref="Offset64"/>.</summary>
    public const uint WideOffset = unchecked((uint)Offset64);

    /// <summary>The lower half of <see cref="Prime64"/>.</summary>
    public const uint WidePrime = unchecked((uint)Prime64);
}
