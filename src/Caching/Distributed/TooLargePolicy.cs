namespace TypedCache.Caching;

/// <summary>What happens to a value that is over the server's item size limit (memcached's option <c>-I</c>, 1 MiB by default).</summary>
public enum TooLargePolicy
{
    /// <summary>It is not stored, the one before is removed, and a warning is logged, at most once a minute.</summary>
    Skip = 0,

    /// <summary>
    /// <see cref="MemcachedServerException"/> is thrown; <see cref="ArgumentException"/> where the pool's own
    /// <see cref="MemcachedPoolOptions.MaxValueLength"/> does not allow it either.
    /// </summary>
    Throw,
}
