namespace TypedCache.Tool.Patterns;

/// <summary>Something that is counted for each pattern of keys.</summary>
/// <typeparam name="T">What it is.</typeparam>
/// <param name="keyPrefix">What the pool puts in front of all keys. Keys without it match no pattern.</param>
internal abstract class PatternTable<T>(string keyPrefix)
    where T : class, IPatternCount<T>, new()
{
    private readonly byte[] _keyPrefix = System.Text.Encoding.UTF8.GetBytes(keyPrefix);

    /// <summary>All patterns that have been seen, without the pool's prefix, and what is counted for each.</summary>
    public abstract IEnumerable<KeyValuePair<string, T>> Counts { get; }

    /// <summary>Whether each key matches a pattern, because patterns are learned from keys.</summary>
    public abstract bool IsLearned { get; }

    /// <summary>What is counted for the pattern of a key; null: it matches none.</summary>
    /// <param name="key">The key as it is on the wire.</param>
    public T? Find(ReadOnlySpan<byte> key) => key.StartsWith(_keyPrefix) ? FindWithoutPrefix(key[_keyPrefix.Length..]) : null;

    /// <summary>What is counted for the pattern of a key without the pool's prefix.</summary>
    protected abstract T? FindWithoutPrefix(ReadOnlySpan<byte> key);
}
