namespace TypedCache.Hashing;

/// <summary>0, whatever the bytes.</summary>
internal sealed class ZeroHashFunction : IHashFunction
{
    public uint Hash(ReadOnlySpan<byte> bytes) => 0;
}
