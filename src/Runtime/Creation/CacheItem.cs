namespace TypedCache;

/// <summary>What a create function gives when it decides more than the value: when the value expires, or that it is not stored.</summary>
/// <typeparam name="T">The type of the value.</typeparam>
public readonly record struct CacheItem<T>
{
    /// <summary>Makes an item that is stored.</summary>
    /// <param name="value">The value.</param>
    /// <param name="expires">When it expires; as the call or the options say by default.</param>
    public CacheItem(T value, CacheExpiry? expires = null)
        : this(value, expires, isCached: true)
    {
    }

    private CacheItem(T value, CacheExpiry? expires, bool isCached)
    {
        Value = value;
        Expires = expires;
        IsCached = isCached;
    }

    /// <summary>The value.</summary>
    public T Value { get; }

    /// <summary>When the value expires; null: as the call or the options say.</summary>
    public CacheExpiry? Expires { get; }

    /// <summary>Whether the value is stored.</summary>
    public bool IsCached { get; }

    /// <summary>Makes an item that the callers get and that is not stored. What is stored under the key, a stale value, is removed.</summary>
    /// <param name="value">The value.</param>
    public static CacheItem<T> NotCached(T value) => new(value, null, isCached: false);
}

/// <summary>Makes items without naming their type.</summary>
public static class CacheItem
{
    /// <summary>Makes an item that is stored.</summary>
    /// <param name="value">The value.</param>
    /// <param name="expires">When it expires; as the call or the options say by default.</param>
    public static CacheItem<T> Cached<T>(T value, CacheExpiry? expires = null) => new(value, expires);

    /// <inheritdoc cref="CacheItem{T}.NotCached"/>
    public static CacheItem<T> NotCached<T>(T value) => CacheItem<T>.NotCached(value);
}
