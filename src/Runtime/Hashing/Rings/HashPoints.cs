namespace TypedCache.Hashing;

/// <summary>Each text gives one point: its hash.</summary>
/// <param name="function">The hash function.</param>
internal sealed class HashPoints(IHashFunction function) : PointDigest(points: 1)
{
    public override void Write(ReadOnlySpan<byte> text, Span<uint> hashes) => hashes[0] = function.Hash(text);
}
