namespace TypedCache.Hashing;

/// <summary>Each text gives the two halves of its FNV in 64 bits, the lower one first.</summary>
/// <param name="offset">The hash of no bytes.</param>
/// <param name="multiplyFirst">FNV-1 multiplies before it mixes in a byte, FNV-1a afterwards.</param>
internal sealed class WideFnvPoints(ulong offset, bool multiplyFirst) : PointDigest(points: 2)
{
    public override void Write(ReadOnlySpan<byte> text, Span<uint> hashes)
    {
        var hash = offset;
        foreach (var value in text)
        {
            hash = multiplyFirst ? (hash * FnvConstants.Prime64) ^ value : (hash ^ value) * FnvConstants.Prime64;
        }

        hashes[0] = (uint)hash;
        hashes[1] = (uint)(hash >> 32);
    }
}
