namespace TypedCache;

/// <summary>A value or a miss, for when <c>default</c> could be a value.</summary>
/// <typeparam name="T">The type of the value.</typeparam>
public readonly record struct CacheValue<T>
{
    /// <summary>Creates a hit.</summary>
    /// <param name="value">The value.</param>
    /// <param name="cas">The server's CAS number of the value, or 0 if it was not asked for.</param>
    public CacheValue(T value, ulong cas = 0)
    {
        Found = true;
        Value = value;
        Cas = cas;
    }

    /// <summary>A miss.</summary>
    public static CacheValue<T> Miss => default;

    /// <summary>Whether the server has the value.</summary>
    public bool Found { get; }

    /// <summary>The value, or <c>default</c> for a miss.</summary>
    public T? Value { get; }

    /// <summary>
    /// The number that changes with every store of the value (memcached's protocol.txt, "cas"). Pass it to a
    /// compare-and-set operation. 0 for a miss.
    /// </summary>
    public ulong Cas { get; }

    /// <summary>Another value with the same CAS number, to be stored in place of this one by a compare-and-set operation.</summary>
    /// <param name="value">The new value.</param>
    public CacheValue<T> With(T value) => new(value, Cas);
}
