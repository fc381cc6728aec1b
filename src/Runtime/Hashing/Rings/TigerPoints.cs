namespace TypedCache.Hashing;

/// <summary>Each text gives the six words of its Tiger, little-endian.</summary>
internal sealed class TigerPoints() : PointDigest(TigerDigest.Size / sizeof(uint))
{
    public override void Write(ReadOnlySpan<byte> text, Span<uint> hashes)
    {
        var digest = TigerDigest.Of(text);
        for (var i = 0; i < hashes.Length; i++)
        {
            hashes[i] = (uint)(digest[i / 2] >> (i % 2 * 32));
        }
    }
}
