using TypedCache.Values;

namespace TypedCache;

/// <summary>
/// The values that a read of many has found, by key. A value that cannot be read does not keep the others from their caller: it is not
/// among them, as if there were none, and <see cref="Unreadable"/> says which one it is and why.
/// </summary>
/// <typeparam name="TKey">What the caller calls a key.</typeparam>
/// <typeparam name="T">The type of the values.</typeparam>
public sealed class CacheValues<TKey, T> : Dictionary<TKey, T>
    where TKey : notnull
{
    private static readonly Dictionary<TKey, CacheValueException> None = [];

    private Dictionary<TKey, CacheValueException>? _unreadable;

    /// <summary>Creates a result without values.</summary>
    public CacheValues()
    {
    }

    /// <summary>Creates a result without values.</summary>
    /// <param name="capacity">For how many values there is room.</param>
    public CacheValues(int capacity)
        : base(capacity)
    {
    }

    /// <summary>
    /// The values that servers have and that cannot be read as <typeparamref name="T"/>, by key: what a read of each alone would throw.
    /// </summary>
    public IReadOnlyDictionary<TKey, CacheValueException> Unreadable => _unreadable ?? None;

    /// <summary>Adds a value that cannot be read.</summary>
    /// <param name="key">Its key.</param>
    /// <param name="exception">Why.</param>
    public void AddUnreadable(TKey key, CacheValueException exception)
    {
        ArgumentNullException.ThrowIfNull(exception);
        (_unreadable ??= [])[key] = exception;
    }

    /// <summary>Throws if there are values that cannot be read.</summary>
    /// <exception cref="CacheValueException">There are; the message says how many, and about one of them what it is.</exception>
    public void ThrowIfUnreadable()
    {
        foreach (var (_, exception) in Unreadable)
        {
            throw new CacheValueException(
                Unreadable.Count == 1 ? exception.Message : $"{Unreadable.Count} values cannot be read. {exception.Message}", exception)
            {
                Key = exception.Key,
                Flags = exception.Flags,
            };
        }
    }
}
