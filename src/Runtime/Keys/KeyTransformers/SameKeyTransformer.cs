namespace TypedCache.Keys;

/// <summary>Keys stay as they are.</summary>
internal sealed class SameKeyTransformer() : KeyTransformer(CacheKeyWriter.MaxLength)
{
    internal override int Transform(Span<byte> key, int length, string? shownAs) => length;
}
