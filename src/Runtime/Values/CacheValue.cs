namespace TypedCache;

/// <summary>A value or a miss, for when <c>default</c> could be a value.</summary>
/// <typeparam name="T">The type of the value.</typeparam>
public readonly record struct CacheValue<T>
{
    /// <summary>Creates a hit whose state was not asked for.</summary>
    /// <param name="value">The value.</param>
    public CacheValue(T value)
        : this(value, default(CasToken))
    {
    }

    /// <summary>Creates a hit.</summary>
    /// <param name="value">The value.</param>
    /// <param name="cas">The server's CAS number of the value.</param>
    public CacheValue(T value, ulong cas)
        : this(value, new CasToken(cas))
    {
    }

    /// <summary>Creates a hit.</summary>
    /// <param name="value">The value.</param>
    /// <param name="cas">The state in which it was read.</param>
    public CacheValue(T value, CasToken cas)
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

    /// <summary>The state in which the value was read, to be passed to a compare-and-set operation. <c>default</c> for a miss.</summary>
    public CasToken Cas { get; }

    /// <summary>Another value with the same state, to be stored in place of this one by a compare-and-set operation.</summary>
    /// <param name="value">The new value.</param>
    public CacheValue<T> With(T value) => new(value, Cas);
}
