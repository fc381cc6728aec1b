namespace TypedCache.AspNetCore.Dashboard;

/// <summary>What is counted for each template, in the order in which the page gets it.</summary>
internal enum Column
{
    /// <summary>Keys that were read, and that the cache had.</summary>
    Hits,

    /// <summary>Keys that were read, of which the cache had a stale value.</summary>
    Stale,

    /// <summary>Keys that were read, and that the cache had not.</summary>
    Misses,

    /// <summary>Keys that were written, removed, touched, counted up or looked up.</summary>
    Others,

    /// <summary>Keys whose call failed.</summary>
    Errors,

    /// <summary>Values that create functions were run for.</summary>
    Creations,

    /// <summary>Keys that the near cache had, without asking a server.</summary>
    NearHits,
}
