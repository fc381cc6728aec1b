namespace TypedCache;

/// <summary>What a read does when no server can answer it.</summary>
public enum ServerFailurePolicy
{
    /// <summary>It throws <see cref="MemcachedConnectionException"/>.</summary>
    Throw = 0,

    /// <summary>It ends as a miss. Stores, deletes and counters still throw: nobody should lose a write unnoticed.</summary>
    Miss,
}
