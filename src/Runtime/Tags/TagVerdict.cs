namespace TypedCache.Tags;

/// <summary>What the tags of a value say of it, from good to bad.</summary>
internal enum TagVerdict
{
    /// <summary>Nothing has happened to them since it was stored.</summary>
    Fresh,

    /// <summary>One was invalidated: the value may be given out as a stale one.</summary>
    Invalidated,

    /// <summary>One was removed, or its item is missing, or the value was stored without versions: it counts as missing.</summary>
    Removed,
}
