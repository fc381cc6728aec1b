namespace TypedCache.Hashing;

/// <summary>The server that a key would have if those tried so far were not on the list.</summary>
internal sealed class WithoutFailedSequence : TriedPositionsSequence<IReducibleStrategy>
{
    public static WithoutFailedSequence Instance { get; } = new();

    private protected override int FindNext(IReducibleStrategy strategy, ReadOnlySpan<byte> key, ReadOnlySpan<int> tried) => strategy.FindWithout(key, tried);
}
