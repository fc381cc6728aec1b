namespace TypedCache.Tool.Values;

/// <summary>What a server says of the lease of an item (memcached's protocol.txt, "Meta Get": the flags W, X and Z).</summary>
internal enum LeaseState
{
    /// <summary>The server does not say.</summary>
    Unknown,

    /// <summary>The value is fresh, and nobody is creating it anew.</summary>
    None,

    /// <summary>The value is stale, and the next reader is to create it anew.</summary>
    Stale,

    /// <summary>The value is stale, and somebody is creating it anew.</summary>
    StaleAndTaken,

    /// <summary>Somebody is creating the value anew before it expires.</summary>
    Taken,

    /// <summary>There is no value yet: somebody is creating it.</summary>
    Placeholder,
}
