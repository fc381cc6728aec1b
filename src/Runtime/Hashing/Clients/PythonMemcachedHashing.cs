namespace TypedCache.Hashing;

/// <summary>The hashes of python-memcached.</summary>
internal static class PythonMemcachedHashing
{
    /// <summary>How keys are hashed.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="hash"/> is not a value of its type.</exception>
    public static IHashFunction Function(PythonMemcachedHash hash) => hash switch
    {
        PythonMemcachedHash.Current => new FoldedHashFunction(HashFunctions.Crc32),
        PythonMemcachedHash.UpTo159 => new FoldedHashFunction(HashFunctions.Crc32, isNever0: true),
        PythonMemcachedHash.Old => HashFunctions.Crc32,
        _ => throw new ArgumentOutOfRangeException(nameof(hash), hash, "This is not one of python-memcached's hashes."),
    };
}
