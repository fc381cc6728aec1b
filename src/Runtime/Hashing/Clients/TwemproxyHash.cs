namespace TypedCache.Hashing;

/// <summary>How twemproxy hashes keys (its setting <c>hash</c>).</summary>
public enum TwemproxyHash
{
    /// <summary><c>fnv1a_64</c>, the default.</summary>
    Fnv1a64 = 0,

    /// <summary><c>one_at_a_time</c>.</summary>
    OneAtATime,

    /// <summary><c>md5</c>.</summary>
    Md5,

    /// <summary><c>crc16</c>.</summary>
    Crc16,

    /// <summary><c>crc32</c>: 15 bits of the CRC-32, as libmemcached has it.</summary>
    Crc32,

    /// <summary><c>crc32a</c>: the whole CRC-32.</summary>
    Crc32a,

    /// <summary><c>fnv1_64</c>.</summary>
    Fnv64,

    /// <summary><c>fnv1_32</c>.</summary>
    Fnv32,

    /// <summary><c>fnv1a_32</c>.</summary>
    Fnv1a32,

    /// <summary><c>hsieh</c>.</summary>
    Hsieh,

    /// <summary><c>murmur</c>.</summary>
    Murmur,

    /// <summary><c>jenkins</c>.</summary>
    Jenkins,
}
