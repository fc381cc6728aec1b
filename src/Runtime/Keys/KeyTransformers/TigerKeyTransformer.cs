using TypedCache.Hashing;

namespace TypedCache.Keys;

/// <summary>The Tiger of the key (Enyim's TigerHashKeyTransformer.cs).</summary>
internal sealed class TigerKeyTransformer : DigestKeyTransformer
{
    public static TigerKeyTransformer Instance { get; } = new();

    private protected override int Digest(ReadOnlySpan<byte> utf16, Span<byte> digest)
    {
        TigerDigest.Of(utf16).CopyTo(digest);
        return TigerDigest.Size;
    }
}
