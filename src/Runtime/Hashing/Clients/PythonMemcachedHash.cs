namespace TypedCache.Hashing;

/// <summary>How python-memcached hashes keys (memcache.py, <c>cmemcache_hash</c>).</summary>
public enum PythonMemcachedHash
{
    /// <summary>15 bits of the CRC-32: 1.60 and later.</summary>
    Current = 0,

    /// <summary>15 bits of the CRC-32, of which 0 becomes 1: up to 1.59. It differs from <see cref="Current"/> for 1 key in 32,768.</summary>
    UpTo159,

    /// <summary>The whole CRC-32: where the application calls <c>useOldServerHashFunction()</c>.</summary>
    Old,
}
