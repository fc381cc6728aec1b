namespace TypedCache.Tags;

/// <summary>
/// The version of a tag: the value of its item. Versions are compared for equality and never for order. Each invalidation adds
/// one; a removal adds to the upper half, so that whoever compares can tell the two apart.
/// </summary>
internal static class TagVersion
{
    /// <summary>There is no tag item.</summary>
    public const ulong Missing = 0;

    /// <summary>By how much an invalidation changes a version.</summary>
    public const ulong Invalidation = 1;

    /// <summary>By how much a removal changes a version.</summary>
    public const ulong Removal = 1UL << 32;

    /// <summary>
    /// The version of a tag that is made anew, after an eviction, a flush or a restart. Both halves are random, with room above: it is
    /// neither a version that has been, nor does it look like an invalidation of one. No clock is asked, which could be set back.
    /// </summary>
    public static ulong NewSeed() => ((ulong)Random.Shared.NextInt64(1, 1L << 31) << 32) | (ulong)Random.Shared.NextInt64(1L << 31);

    /// <summary>What a value is that was stored under one version, now that there is another.</summary>
    public static TagVerdict Compare(ulong stored, ulong now) =>
        stored == Missing || now == Missing ? TagVerdict.Removed
        : stored == now ? TagVerdict.Fresh
        : stored >> 32 == now >> 32 ? TagVerdict.Invalidated
        : TagVerdict.Removed;

    /// <summary>The same for several tags: the worst counts.</summary>
    public static TagVerdict Compare(ReadOnlySpan<ulong> stored, ReadOnlySpan<ulong> now)
    {
        if (stored.Length != now.Length)
        {
            return TagVerdict.Removed;
        }

        var worst = TagVerdict.Fresh;
        for (var i = 0; i < stored.Length; i++)
        {
            var verdict = Compare(stored[i], now[i]);
            worst = verdict > worst ? verdict : worst;
        }

        return worst;
    }
}
