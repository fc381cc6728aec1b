namespace TypedCache.Near;

/// <summary>
/// How often an entry was found lately, as one number: 4 bits of count, which saturates, and above them the epoch that the count is of.
/// Each epoch that has passed since halves it.
/// </summary>
internal static class NearFrequency
{
    /// <summary>The largest count. It means that many or more.</summary>
    public const int Limit = (1 << Bits) - 1;

    private const int Bits = 4;

    /// <summary>A count in the epoch of <paramref name="full"/>, which is its largest.</summary>
    public static int Of(int count, int full) => full - Limit + count;

    /// <summary>The largest count of the epoch after that of <paramref name="full"/>.</summary>
    public static int NextEpoch(int full) => full + (1 << Bits);

    /// <summary>One more, in the epoch of <paramref name="full"/>.</summary>
    public static int Increase(int frequency, int full) => Of(Math.Min(CountAt(frequency, full) + 1, Limit), full);

    /// <summary>The count in the epoch of <paramref name="full"/>.</summary>
    public static int CountAt(int frequency, int full)
    {
        var epochs = (uint)((full >> Bits) - (frequency >> Bits));
        return epochs < Bits ? (frequency & Limit) >> (int)epochs : 0;
    }
}
