namespace TypedCache.Hashing;

/// <summary>A sequence in which each server depends on those that were tried before, and comes up once.</summary>
/// <typeparam name="TStrategy">What it needs.</typeparam>
internal abstract class TriedPositionsSequence<TStrategy> : HashedFailoverSequence<TStrategy>
    where TStrategy : class, IHashStrategy
{
    private const int StackSize = 64;

    private protected sealed override int Find(TStrategy strategy, ReadOnlySpan<byte> key, int attempt)
    {
        var own = strategy.Find(key);
        var tried = attempt < StackSize ? stackalloc int[StackSize] : new int[attempt + 1];
        tried[0] = own;
        for (var i = 1; ; i++)
        {
            var next = FindNext(strategy, key, tried[..i]);
            if (next < 0 || i > attempt)
            {
                return next < 0 ? own : next;
            }

            tried[i] = next;
        }
    }

    /// <summary>Returns the position of the next server; -1 where none is left.</summary>
    /// <param name="strategy">The strategy.</param>
    /// <param name="key">What is hashed of the key.</param>
    /// <param name="tried">The positions of those before it, the key's own first.</param>
    private protected abstract int FindNext(TStrategy strategy, ReadOnlySpan<byte> key, ReadOnlySpan<int> tried);
}
