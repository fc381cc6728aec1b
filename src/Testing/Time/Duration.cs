namespace TypedCache.Testing;

/// <summary>Times as they are written in attributes: <c>300ms</c>, <c>90s</c>, <c>1h30m</c>, <c>7d</c>.</summary>
internal static class Duration
{
    private static readonly (string Unit, long Milliseconds)[] Units =
        [("ms", 1), ("s", 1000), ("m", 60_000), ("h", 3_600_000), ("d", 86_400_000)];

    private static readonly long Longest = (long)TimeSpan.MaxValue.TotalMilliseconds;

    /// <summary>Reads one.</summary>
    /// <exception cref="FormatException">It is none.</exception>
    public static TimeSpan Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var total = 0L;
        for (var rest = text.AsSpan(); !rest.IsEmpty || text.Length == 0;)
        {
            var digits = rest.IndexOfAnyExceptInRange('0', '9');
            if (digits is < 1 or > 9)
            {
                throw NotOne(text);
            }

            var number = long.Parse(rest[..digits], null);
            rest = rest[digits..];
            var letters = rest.IndexOfAnyInRange('0', '9');
            letters = letters < 0 ? rest.Length : letters;
            total += number * Milliseconds(rest[..letters], text);
            if (total > Longest)
            {
                throw NotOne(text);
            }

            rest = rest[letters..];
        }

        return TimeSpan.FromMilliseconds(total);
    }

    /// <summary>Writes one: <c>1m30s</c>.</summary>
    public static string Show(TimeSpan time)
    {
        if (time == Timeout.InfiniteTimeSpan)
        {
            return "ever";
        }

        var text = "";
        var left = (long)time.TotalMilliseconds;
        for (var i = Units.Length - 1; i >= 0; i--)
        {
            var (unit, milliseconds) = Units[i];
            text += left >= milliseconds ? $"{left / milliseconds}{unit}" : "";
            left %= milliseconds;
        }

        return text.Length == 0 ? "0s" : text;
    }

    private static long Milliseconds(ReadOnlySpan<char> unit, string text)
    {
        foreach (var (name, milliseconds) in Units)
        {
            if (unit.SequenceEqual(name))
            {
                return milliseconds;
            }
        }

        throw NotOne(text);
    }

    private static FormatException NotOne(string text) => new($"'{text}' is not a time. Write one such as 300ms, 90s, 1h30m or 7d.");
}
