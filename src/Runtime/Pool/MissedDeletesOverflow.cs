namespace TypedCache;

/// <summary>What happens to a server that has missed more deletes than the pool keeps.</summary>
public enum MissedDeletesOverflow
{
    /// <summary>
    /// What is kept is carried out, and a warning says that there was more: the server may show values that were deleted or replaced while
    /// it was away.
    /// </summary>
    Warn = 0,

    /// <summary>All of its values are removed (<c>flush_all</c>) before it is used again, those of other applications included.</summary>
    FlushOnReturn,
}
