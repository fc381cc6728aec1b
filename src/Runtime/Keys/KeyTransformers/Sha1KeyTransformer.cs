using TypedCache.Hashing;

namespace TypedCache.Keys;

/// <summary>The SHA-1 of the key (Enyim's SHA1KeyTransformer.cs).</summary>
internal sealed class Sha1KeyTransformer : DigestKeyTransformer
{
    public static Sha1KeyTransformer Instance { get; } = new();

    private protected override int Digest(ReadOnlySpan<byte> utf16, Span<byte> digest)
    {
        Sha1Digest.Compute(utf16, digest);
        return Sha1Digest.Size;
    }
}
