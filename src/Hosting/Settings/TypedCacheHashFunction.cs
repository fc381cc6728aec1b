namespace TypedCache.Hosting;

/// <summary>How keys and servers are hashed.</summary>
public enum TypedCacheHashFunction
{
    /// <summary>pecl-memcache's CRC-32.</summary>
    Crc32 = 0,

    /// <summary>pecl-memcache's FNV-1a.</summary>
    Fnv1a,

    /// <summary>php-memcached's default.</summary>
    OneAtATime,

    /// <summary>MD5, usual for ketama.</summary>
    Md5,

    /// <summary>php-memcached's CRC.</summary>
    PhpCrc,

    /// <summary>php-memcached's FNV-1 of 64 bits.</summary>
    PhpFnv64,

    /// <summary>php-memcached's FNV-1a of 64 bits.</summary>
    PhpFnv1a64,

    /// <summary>php-memcached's FNV-1 of 32 bits.</summary>
    PhpFnv32,

    /// <summary>php-memcached's FNV-1a of 32 bits.</summary>
    PhpFnv1a32,

    /// <summary>php-memcached's Murmur.</summary>
    Murmur,
}
