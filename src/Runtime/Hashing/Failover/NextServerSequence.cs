namespace TypedCache.Hashing;

/// <summary>The servers behind a key's own, in the order of their slots.</summary>
internal sealed class NextServerSequence : TriedPositionsSequence<SlotsHashStrategy>
{
    public static NextServerSequence Instance { get; } = new();

    private protected override int FindNext(SlotsHashStrategy strategy, ReadOnlySpan<byte> key, ReadOnlySpan<int> tried) => strategy.FindNext(key, tried);
}
