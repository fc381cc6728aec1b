namespace TypedCache.Hashing;

/// <summary>Which server has a point that several have.</summary>
internal enum EqualPoints
{
    /// <summary>The first one of the list.</summary>
    OfFirstServer = 0,

    /// <summary>The last one: it has overwritten the others.</summary>
    OfLastServer,

    /// <summary>All of them: the remainder of the key's hash says which.</summary>
    Shared,
}
