namespace TypedCache.Pool;

/// <summary>Times in connection strings: <c>200ms</c>, <c>2s</c>, <c>1m30s</c>, <c>never</c>.</summary>
internal static class DurationText
{
    // Far beyond what any setting takes, and within a TimeSpan.
    private const long Longest = 10_000L * 86_400_000;

    /// <summary>Reads one. Null if it is none.</summary>
    public static TimeSpan? TryParse(string text)
    {
        if (text.Equals("never", StringComparison.OrdinalIgnoreCase))
        {
            return Timeout.InfiniteTimeSpan;
        }

        var milliseconds = 0L;
        var position = 0;
        while (position < text.Length)
        {
            var number = ReadNumber(text, ref position);
            var unit = ReadUnit(text, ref position);
            if (number < 0 || unit == 0)
            {
                return null;
            }

            milliseconds += number * unit;
            if (milliseconds > Longest)
            {
                return null;
            }
        }

        return text.Length == 0 ? null : TimeSpan.FromMilliseconds(milliseconds);
    }

    // -1 if there is none, or it is beyond all limits. Ten digits of days are within what a long holds in milliseconds.
    private static long ReadNumber(string text, ref int position)
    {
        const int MaxDigits = 10;
        var start = position;
        var number = 0L;
        for (; position < text.Length && char.IsAsciiDigit(text[position]); position++)
        {
            number = (number * 10) + (text[position] - '0');
            if (position - start >= MaxDigits)
            {
                return -1;
            }
        }

        return position == start ? -1 : number;
    }

    // In milliseconds; 0 if there is none.
    private static long ReadUnit(string text, ref int position)
    {
        var start = position;
        while (position < text.Length && char.IsAsciiLetter(text[position]))
        {
            position++;
        }

        return text.AsSpan(start, position - start) switch
        {
            "ms" => 1,
            "s" => 1000,
            "m" => 60_000,
            "h" => 3_600_000,
            "d" => 86_400_000,
            _ => 0,
        };
    }
}
