namespace TypedCache.Hashing;

/// <summary>Chooses the server of a key without its prefix, with which every key begins.</summary>
internal sealed class UnhashedPrefixStrategy(IHashStrategy strategy, int prefixLength) : IHashStrategy, IAddressedStrategy
{
    /// <summary>Chooses the server of what follows the prefix.</summary>
    public IHashStrategy Inner => strategy;

    public bool UsesAddresses => strategy is IAddressedStrategy { UsesAddresses: true };

    public int Find(ReadOnlySpan<byte> key) => strategy.Find(WithoutPrefix(key));

    /// <summary>What is hashed of a key.</summary>
    public ReadOnlySpan<byte> WithoutPrefix(ReadOnlySpan<byte> key) => key[prefixLength..];
}
