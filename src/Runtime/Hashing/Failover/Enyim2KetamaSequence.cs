namespace TypedCache.Hashing;

/// <summary>Twice the hashes of the key with numbers in front, as often as there are servers.</summary>
internal sealed class Enyim2KetamaSequence : HashedFailoverSequence<PointRing>
{
    public static Enyim2KetamaSequence Instance { get; } = new();

    private protected override int Find(PointRing strategy, ReadOnlySpan<byte> key, int attempt)
    {
        if (attempt >= strategy.ServerCount)
        {
            return strategy.Find(key);
        }

        var numbered = new NumberedKey(key, stackalloc byte[NumberedKey.StackSize]);
        return strategy.FindByHash(2 * strategy.Hash(numbered.With(attempt)));
    }
}
