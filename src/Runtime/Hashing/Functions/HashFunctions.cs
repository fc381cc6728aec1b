namespace TypedCache.Hashing;

/// <summary>The hash functions of pecl-memcache (ini setting <c>memcache.hash_function</c>).</summary>
public static class HashFunctions
{
    /// <summary>CRC-32, pecl-memcache's default.</summary>
    public static IHashFunction Crc32 { get; } = new Crc32HashFunction();

    /// <summary>FNV-1a with signed characters, as PHP computes it on x64.</summary>
    public static IHashFunction Fnv1a { get; } = new Fnv1aHashFunction();
}
