namespace TypedCache.Generator.Contracts;

/// <summary>What follows from the name of a dialect for values that lie under a key already.</summary>
internal static class ContractDialect
{
    private const string Pecl = "Pecl";
    private const string PeclSharedWithPhp = "PeclSharedWithPhp";
    private const string Enyim = "Enyim";
    private const string EnyimMessagePack = "EnyimMessagePack";

    /// <summary>Where a key has none: that of the pool, which only the application knows.</summary>
    public const string OfThePool = "Any";

    /// <summary>Whether numbers are stored as bytes, which the server cannot count; all other dialects store their text.</summary>
    public static bool HasNumbersAsBytes(string? dialect) => dialect is Enyim or EnyimMessagePack or "Dalli" or "Spymemcached";

    /// <summary>Whether both read each other's values: they differ in objects alone, and these go by the same flags or only one has them.</summary>
    public static bool ReadEachOther(string? one, string? other) =>
        one == other || (one, other) is (Pecl, PeclSharedWithPhp) or (PeclSharedWithPhp, Pecl) or (Enyim, EnyimMessagePack) or (EnyimMessagePack, Enyim);
}
