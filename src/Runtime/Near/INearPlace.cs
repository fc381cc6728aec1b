namespace TypedCache.Near;

/// <summary>Where an entry can be found besides in its table. It needs the table's lock.</summary>
internal interface INearPlace
{
    /// <summary>The entry is no longer found there.</summary>
    void Leave();
}
