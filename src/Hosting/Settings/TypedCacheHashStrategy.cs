namespace TypedCache.Hosting;

/// <summary>How keys are spread over servers.</summary>
public enum TypedCacheHashStrategy
{
    /// <summary>pecl-memcache's ring of points.</summary>
    Consistent = 0,

    /// <summary>pecl-memcache's remainder of a division.</summary>
    Standard,

    /// <summary>php-memcached's remainder of a division.</summary>
    Modula,

    /// <summary>php-memcached's ring of points, weighted as soon as one weight is more than 1.</summary>
    PhpConsistent,

    /// <summary>php-memcached's ring of points without weights.</summary>
    PhpConsistentUnweighted,

    /// <summary>php-memcached's ketama ring.</summary>
    Ketama,

    /// <summary>Rendezvous hashing: even shares, and a server that comes or goes moves only the keys that it gets or loses. No PHP client has it.</summary>
    Rendezvous,
}
