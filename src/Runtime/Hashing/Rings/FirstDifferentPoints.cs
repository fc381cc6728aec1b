namespace TypedCache.Hashing;

/// <summary>
/// The first text is hashed by another function than those after it: Enyim's FNV begins with 0 in the place of its offset when it is used for
/// the first time (FnvHash.cs: <c>Initialize</c> is called after a hash, not before).
/// </summary>
/// <param name="first">Hashes the first text.</param>
/// <param name="others">Hashes the others.</param>
internal sealed class FirstDifferentPoints(PointDigest first, PointDigest others) : PointDigest(others.Points)
{
    private PointDigest _next = first;

    public override void Write(ReadOnlySpan<byte> text, Span<uint> hashes)
    {
        _next.Write(text, hashes);
        _next = others;
    }
}
