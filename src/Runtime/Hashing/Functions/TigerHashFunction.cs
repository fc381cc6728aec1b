namespace TypedCache.Hashing;

/// <summary>The first four bytes of the Tiger, little-endian.</summary>
internal sealed class TigerHashFunction : IHashFunction
{
    public uint Hash(ReadOnlySpan<byte> bytes) => (uint)TigerDigest.Of(bytes)[0];
}
