namespace TypedCache.Hashing;

/// <summary>How spymemcached hashes keys (<c>DefaultHashAlgorithm</c>).</summary>
public enum SpymemcachedHash
{
    /// <summary><c>NATIVE_HASH</c>: Java's own hash of strings. The default.</summary>
    Native = 0,

    /// <summary><c>KETAMA_HASH</c>: the MD5. The default of a <c>KetamaConnectionFactory</c>.</summary>
    Ketama,

    /// <summary><c>CRC_HASH</c>: 15 bits of the CRC-32.</summary>
    Crc,

    /// <summary><c>FNV1_64_HASH</c>.</summary>
    Fnv64,

    /// <summary><c>FNV1A_64_HASH</c>.</summary>
    Fnv1a64,

    /// <summary><c>FNV1_32_HASH</c>.</summary>
    Fnv32,

    /// <summary><c>FNV1A_32_HASH</c>.</summary>
    Fnv1a32,
}
