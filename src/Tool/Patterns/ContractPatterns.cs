namespace TypedCache.Tool.Patterns;

/// <summary>The patterns of a contract.</summary>
/// <param name="matcher">Finds the pattern of a key.</param>
/// <param name="keyPrefix">What the pool puts in front of all keys.</param>
internal sealed class ContractPatterns<T>(KeyMatcher matcher, string keyPrefix) : PatternTable<T>(keyPrefix)
    where T : class, IPatternCount<T>, new()
{
    private readonly Dictionary<string, T> _counts = new(StringComparer.Ordinal);

    public override IEnumerable<KeyValuePair<string, T>> Counts => _counts;

    public override bool IsLearned => false;

    protected override T? FindWithoutPrefix(ReadOnlySpan<byte> key)
    {
        if (matcher.Find(key) is not { } pattern)
        {
            return null;
        }

        if (!_counts.TryGetValue(pattern.Text, out var count))
        {
            _counts.Add(pattern.Text, count = new T());
        }

        return count;
    }
}
