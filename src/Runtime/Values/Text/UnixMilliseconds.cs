namespace TypedCache.Values;

/// <summary>Dates as milliseconds since 1970 in UTC.</summary>
internal static class UnixMilliseconds
{
    private const long Epoch = 62_135_596_800_000;

    /// <summary>The milliseconds of a date; a date of unspecified kind is taken for UTC. What is finer is cut off.</summary>
    public static long Of(DateTime value) => (DateText.ToUniversal(value).Ticks / TimeSpan.TicksPerMillisecond) - Epoch;

    /// <summary>Reads a date.</summary>
    /// <returns>False if .NET cannot hold it.</returns>
    public static bool TryRead(long milliseconds, out DateTime value)
    {
        var isDate = milliseconds >= Of(DateTime.MinValue) && milliseconds <= Of(DateTime.MaxValue);
        value = isDate ? DateTime.UnixEpoch.AddMilliseconds(milliseconds) : default;
        return isDate;
    }
}
