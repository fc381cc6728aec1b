namespace TypedCache.Hashing;

/// <summary>
/// A sequence that goes by what a strategy hashes. Where the strategy does not have what it needs, the order is that of
/// <see cref="Pecl8FailoverSequence"/>.
/// </summary>
/// <typeparam name="TStrategy">What it needs.</typeparam>
internal abstract class HashedFailoverSequence<TStrategy> : FailoverSequence
    where TStrategy : class, IHashStrategy
{
    public sealed override int FindCandidate(IHashStrategy strategy, ReadOnlySpan<byte> key, int attempt)
    {
        ArgumentNullException.ThrowIfNull(strategy);
        ArgumentOutOfRangeException.ThrowIfNegative(attempt);
        if (strategy is UnhashedPrefixStrategy prefixed)
        {
            strategy = prefixed.Inner;
            key = prefixed.WithoutPrefix(key);
        }

        return strategy is TStrategy known ? Find(known, key, attempt) : Pecl8.FindCandidate(strategy, key, attempt);
    }

    /// <summary>Returns the position of a server to try.</summary>
    /// <param name="strategy">The strategy.</param>
    /// <param name="key">What is hashed of the key.</param>
    /// <param name="attempt">0 for the first server after the key's own.</param>
    private protected abstract int Find(TStrategy strategy, ReadOnlySpan<byte> key, int attempt);
}
