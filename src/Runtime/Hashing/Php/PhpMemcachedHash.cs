namespace TypedCache.Hashing;

/// <summary>The key hashes of php-memcached (<c>Memcached::OPT_HASH</c>), as libmemcached computes them.</summary>
public enum PhpMemcachedHash
{
    /// <summary><c>HASH_DEFAULT</c>. <c>HASH_HSIEH</c> is the same if libmemcached was built without it, as in Debian.</summary>
    OneAtATime = 0,

    /// <summary><c>HASH_MD5</c>, which <c>OPT_LIBKETAMA_COMPATIBLE</c> sets as well.</summary>
    Md5,

    /// <summary><c>HASH_CRC</c>.</summary>
    Crc,

    /// <summary><c>HASH_FNV1_64</c>.</summary>
    Fnv64,

    /// <summary><c>HASH_FNV1A_64</c>.</summary>
    Fnv1a64,

    /// <summary><c>HASH_FNV1_32</c>.</summary>
    Fnv32,

    /// <summary><c>HASH_FNV1A_32</c>.</summary>
    Fnv1a32,

    /// <summary><c>HASH_MURMUR</c>.</summary>
    Murmur,
}
