namespace TypedCache;

/// <summary>The result of a compare-and-set operation.</summary>
public enum CasResult
{
    /// <summary>The value is stored.</summary>
    Stored = 0,

    /// <summary>
    /// Not stored: the value has changed since it was read, or nobody can know, because the connection to its server was lost since, or
    /// another server has taken over the key. Read it again.
    /// </summary>
    Changed,

    /// <summary>Not stored: there is no longer a value.</summary>
    NotFound,
}
