namespace TypedCache.Hashing;

/// <summary>Each text gives the two halves of its FNV in 64 bits, the lower one first.</summary>
/// <param name="offset">The hash of no bytes.</param>
/// <param name="multiplyFirst">FNV-1 multiplies before it mixes in a byte, FNV-1a afterwards.</param>
internal sealed class WideFnvPoints(ulong offset, bool multiplyFirst) : PointDigest(points: 2)
{
    /// <summary>The hash of no bytes in FNV as it was published.</summary>
    public const ulong Offset = 0xCBF29CE484222325;

    private const ulong Prime = 0x00000100000001B3;

    public override void Write(ReadOnlySpan<byte> text, Span<uint> hashes)
    {
        var hash = offset;
        foreach (var value in text)
        {
            hash = multiplyFirst ? (hash * Prime) ^ value : (hash ^ value) * Prime;
        }

        hashes[0] = (uint)hash;
        hashes[1] = (uint)(hash >> 32);
    }
}
