namespace TypedCache.Hashing;

/// <summary>To the hash of the key those of the key with numbers in front are added.</summary>
/// <param name="first">The first number.</param>
internal sealed class AddedHashSequence(int first) : HashedFailoverSequence<IHashedStrategy>
{
    public static AddedHashSequence From0 { get; } = new(0);

    public static AddedHashSequence From1 { get; } = new(1);

    private protected override int Find(IHashedStrategy strategy, ReadOnlySpan<byte> key, int attempt)
    {
        var numbered = new NumberedKey(key, stackalloc byte[NumberedKey.StackSize]);
        var hash = strategy.Hash(key);
        for (var i = 0; i <= attempt; i++)
        {
            hash += strategy.Hash(numbered.With(first + i));
        }

        return strategy.FindByHash(hash);
    }
}
