namespace TypedCache.Hashing;

/// <summary>The servers of <c>0key</c>, <c>1key</c> and so on, whatever the strategy.</summary>
internal sealed class DalliSequence : HashedFailoverSequence<IHashStrategy>
{
    public static DalliSequence Instance { get; } = new();

    private protected override int Find(IHashStrategy strategy, ReadOnlySpan<byte> key, int attempt) =>
        strategy.Find(new NumberedKey(key, stackalloc byte[NumberedKey.StackSize]).With(attempt));
}
