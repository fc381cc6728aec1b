namespace TypedCache.Hashing;

/// <summary>To the hash of the key those of the key with numbers in front are added.</summary>
/// <param name="first">The first number.</param>
/// <param name="isBounded">Whether there are only as many as there are servers.</param>
internal sealed class AddedHashSequence(int first, bool isBounded) : HashedFailoverSequence<PointRing>
{
    public static AddedHashSequence Spymemcached { get; } = new(first: 0, isBounded: false);

    public static AddedHashSequence Xmemcached { get; } = new(first: 1, isBounded: true);

    private protected override int Find(PointRing strategy, ReadOnlySpan<byte> key, int attempt)
    {
        if (isBounded && attempt >= strategy.ServerCount)
        {
            return strategy.Find(key);
        }

        var numbered = new NumberedKey(key, stackalloc byte[NumberedKey.StackSize]);
        var hash = strategy.Hash(key);
        for (var i = 0; i <= attempt; i++)
        {
            hash += strategy.Hash(numbered.With(first + i));
        }

        return strategy.FindByHash(hash);
    }
}
