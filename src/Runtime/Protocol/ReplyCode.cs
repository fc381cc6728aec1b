namespace TypedCache.Protocol;

/// <summary>What a server answered.</summary>
internal enum ReplyCode
{
    /// <summary>Nothing yet.</summary>
    None,

    /// <summary>A hit, or done: <c>HD</c>, <c>VA</c>, <c>STORED</c>, <c>DELETED</c>, <c>OK</c> ...</summary>
    Ok,

    /// <summary>The value still has the CAS number that was asked about, and does not come: <c>HD</c> to a read that compares.</summary>
    Unchanged,

    /// <summary>A miss on a read: <c>EN</c>, <c>END</c>.</summary>
    Miss,

    /// <summary>There is no such item: <c>NF</c>, <c>NOT_FOUND</c>.</summary>
    NotFound,

    /// <summary>The condition of the store did not hold: <c>NS</c>, <c>NOT_STORED</c>.</summary>
    NotStored,

    /// <summary>The CAS number is not the item's: <c>EX</c>, <c>EXISTS</c>.</summary>
    Exists,
}
