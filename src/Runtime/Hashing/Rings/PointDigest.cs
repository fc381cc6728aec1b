namespace TypedCache.Hashing;

/// <summary>Makes points of the texts of servers.</summary>
/// <param name="points">How many points a text gives: at most <see cref="MaxPoints"/>.</param>
internal abstract class PointDigest(int points)
{
    /// <summary>The most points that a text gives.</summary>
    public const int MaxPoints = 6;

    /// <summary>How many points a text gives.</summary>
    public int Points => points;

    /// <summary>Hashes a text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="hashes">Its points: <see cref="Points"/> of them.</param>
    public abstract void Write(ReadOnlySpan<byte> text, Span<uint> hashes);
}
