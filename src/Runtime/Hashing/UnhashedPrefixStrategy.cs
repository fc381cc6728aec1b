namespace TypedCache.Hashing;

/// <summary>Leaves the prefix, with which every key begins, out of the choice of the server.</summary>
internal sealed class UnhashedPrefixStrategy(IHashStrategy strategy, int prefixLength) : IHashStrategy
{
    public int Find(ReadOnlySpan<byte> key) => strategy.Find(key[prefixLength..]);
}
