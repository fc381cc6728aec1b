using System.Buffers.Binary;
using System.Security.Cryptography;

namespace TypedCache.Hashing;

/// <summary>The first four bytes of the MD5, little-endian (libhashkit, md5.cc). It spreads keys and protects nothing.</summary>
internal sealed class Md5HashFunction : IHashFunction
{
    public uint Hash(ReadOnlySpan<byte> bytes)
    {
        Span<byte> digest = stackalloc byte[MD5.HashSizeInBytes];
        MD5.HashData(bytes, digest);
        return BinaryPrimitives.ReadUInt32LittleEndian(digest);
    }
}
