namespace TypedCache.Hashing;

/// <summary>The hashes of EnyimMemcached's <c>KetamaNodeLocator</c>, named after what they are, which is not always what its configuration calls them.</summary>
public enum Enyim2KetamaHash
{
    /// <summary><c>md5</c>, the default.</summary>
    Md5 = 0,

    /// <summary><c>sha1</c>.</summary>
    Sha1,

    /// <summary><c>tiger</c>.</summary>
    Tiger,

    /// <summary><c>crc</c>: 15 bits of the CRC-32.</summary>
    Crc,

    /// <summary><c>fnv1_32</c>: FNV-1 in 32 bits.</summary>
    Fnv32,

    /// <summary><c>fnv1_64</c>, which is FNV-1a in 32 bits.</summary>
    Fnv1a32,

    /// <summary><c>fnv1a_32</c>, which is FNV-1 in 64 bits.</summary>
    Fnv64,

    /// <summary><c>fnv1a_64</c>: FNV-1a in 64 bits.</summary>
    Fnv1a64,

    /// <summary><c>murmur</c>.</summary>
    Murmur,

    /// <summary><c>oneatatime</c>, which is always 0 there: all keys go to one server.</summary>
    OneAtATime,
}
