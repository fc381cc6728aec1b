namespace TypedCache.Pool;

/// <summary>How long the values of one server's multi-gets are on the average, so that long replies are asked for in pieces.</summary>
internal sealed class TypicalLength
{
    // In bytes: what holds up the small values behind it for a moment only.
    private const int PieceSize = LargeKeys.Threshold;

    private const int MaxKeysPerPiece = 128;

    // Before any has been seen.
    private const int Assumed = 512;

    private int _length = Assumed;

    /// <summary>For how many keys the reply is about as long as a piece may be.</summary>
    public int KeysPerPiece => Math.Clamp(PieceSize / Volatile.Read(ref _length), 1, MaxKeysPerPiece);

    /// <summary>Takes note of what a multi-get brought.</summary>
    /// <param name="length">How long all values are together, in bytes.</param>
    /// <param name="values">How many they are.</param>
    public void Note(int length, int values)
    {
        if (values == 0)
        {
            return;
        }

        // Long ones count at once, and are forgotten slowly: the next reply may be as long.
        var average = Math.Max(length / values, 1);
        var typical = Volatile.Read(ref _length);
        Volatile.Write(ref _length, average >= typical ? average : typical - ((typical - average + 7) / 8));
    }
}
