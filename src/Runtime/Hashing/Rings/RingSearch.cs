namespace TypedCache.Hashing;

/// <summary>Which point of a ring has a hash.</summary>
internal enum RingSearch
{
    /// <summary>The first point that is not below it; past the last point, the first one.</summary>
    Ceiling = 0,

    /// <summary>The last point that is not above it; below the first point, the last one.</summary>
    Floor,

    /// <summary>
    /// <see cref="Ceiling"/>, but below the first point the last one: Enyim's clients go back from there (DefaultNodeLocator.cs and
    /// KetamaNodeLocator.cs, <c>LocateNode</c>).
    /// </summary>
    CeilingButLastBelowFirst,
}
