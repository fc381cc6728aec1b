namespace TypedCache.Hashing;

/// <summary>The first four bytes of the MD5, little-endian (libhashkit, md5.cc).</summary>
internal sealed class Md5HashFunction : IHashFunction
{
    public uint Hash(ReadOnlySpan<byte> bytes) => Md5Digest.Of(bytes)[0];
}
