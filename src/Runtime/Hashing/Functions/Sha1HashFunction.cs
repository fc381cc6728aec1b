using System.Buffers.Binary;

namespace TypedCache.Hashing;

/// <summary>The first four bytes of the SHA-1, little-endian.</summary>
internal sealed class Sha1HashFunction : IHashFunction
{
    public uint Hash(ReadOnlySpan<byte> bytes)
    {
        Span<byte> digest = stackalloc byte[Sha1Digest.Size];
        Sha1Digest.Compute(bytes, digest);
        return BinaryPrimitives.ReadUInt32LittleEndian(digest);
    }
}
