namespace TypedCache.Hashing;

/// <summary>Chooses the server of a key without its prefix, with which every key begins.</summary>
internal sealed class UnhashedPrefixStrategy(IHashStrategy strategy, int prefixLength) : IHashStrategy
{
    public int Find(ReadOnlySpan<byte> key) => strategy.Find(key[prefixLength..]);
}
