namespace TypedCache.Hashing;

/// <summary>How xmemcached hashes keys where the remainder of a division decides.</summary>
public enum XmemcachedHash
{
    /// <summary><c>NATIVE_HASH</c>: Java's own hash of strings. The default.</summary>
    Native = 0,

    /// <summary><c>CRC32_HASH</c>: 15 bits of the CRC-32.</summary>
    Crc32,
}
