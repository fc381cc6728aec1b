using System.Buffers.Binary;

namespace TypedCache.Hashing;

/// <summary>Each text gives the first words of its SHA-1.</summary>
/// <param name="words">How many.</param>
/// <param name="isBigEndian">Whether their first byte is the highest.</param>
internal sealed class Sha1Points(int words, bool isBigEndian) : PointDigest(words)
{
    public override void Write(ReadOnlySpan<byte> text, Span<uint> hashes)
    {
        Span<byte> digest = stackalloc byte[Sha1Digest.Size];
        Sha1Digest.Compute(text, digest);
        for (var i = 0; i < hashes.Length; i++)
        {
            var word = digest[(i * sizeof(uint))..];
            hashes[i] = isBigEndian ? BinaryPrimitives.ReadUInt32BigEndian(word) : BinaryPrimitives.ReadUInt32LittleEndian(word);
        }
    }
}
