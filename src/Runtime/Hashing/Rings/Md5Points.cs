namespace TypedCache.Hashing;

/// <summary>Each text gives the first words of its MD5, little-endian.</summary>
/// <param name="words">How many.</param>
internal sealed class Md5Points(int words = Md5Digest.Words) : PointDigest(words)
{
    public override void Write(ReadOnlySpan<byte> text, Span<uint> hashes)
    {
        var digest = Md5Digest.Of(text);
        for (var i = 0; i < hashes.Length; i++)
        {
            hashes[i] = digest[i];
        }
    }
}
