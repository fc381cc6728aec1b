namespace TypedCache.Generator.Model;

/// <summary>Reads and writes durations such as <c>500ms</c>, <c>90s</c>, <c>10m</c>, <c>1h30m</c> and <c>7d</c>.</summary>
internal static class Duration
{
    private const long Second = 1_000;

    // What the runtime takes: the end has to be before the year 9999.
    private const long MaxSeconds = 8000L * 366 * 24 * 60 * 60;

    private static readonly (string Unit, long Milliseconds)[] Units =
        [("d", 86_400 * Second), ("h", 3_600 * Second), ("m", 60 * Second), ("s", Second), ("ms", 1)];

    /// <summary>The duration in seconds, or null and what is wrong.</summary>
    /// <param name="text">The duration.</param>
    /// <param name="fix">What to do where it is zero; null where it can be.</param>
    /// <param name="mistake">What is wrong with it.</param>
    public static long? Parse(string text, string? fix, out string? mistake)
    {
        var milliseconds = ParseMilliseconds(text, out mistake);
        mistake ??= milliseconds switch
        {
            0 when fix is not null => $"it must be more than zero; {fix}",
            { } time when time % Second != 0 => "memcached counts in whole seconds",
            _ => null,
        };
        return mistake is null ? milliseconds / Second : null;
    }

    /// <summary>The duration in milliseconds, or null and what is wrong.</summary>
    public static long? ParseMilliseconds(string text, out string? mistake)
    {
        long total = 0;
        var nextUnit = 0;
        var position = 0;
        mistake = text.Length == 0 ? "it is empty" : null;
        while (mistake is null && position < text.Length)
        {
            total += ReadPart(text, ref position, ref nextUnit, out mistake);
        }

        mistake ??= total > MaxSeconds * Second ? "it is longer than 8000 years" : null;
        return mistake is null ? total : null;
    }

    /// <summary>Seconds as a duration.</summary>
    public static string Text(long seconds) => TextOfMilliseconds(seconds * Second);

    /// <summary>Milliseconds as a duration.</summary>
    public static string TextOfMilliseconds(long milliseconds)
    {
        var text = "";
        foreach (var (unit, length) in Units)
        {
            text += milliseconds >= length ? FormattableString.Invariant($"{milliseconds / length}{unit}") : "";
            milliseconds %= length;
        }

        return text;
    }

    private static long ReadPart(string text, ref int position, ref int nextUnit, out string? mistake)
    {
        // So many days, as milliseconds, are still a long.
        const int MaxDigits = 10;
        long number = 0;
        var start = position;
        while (position < text.Length && text[position] is >= '0' and <= '9' && position - start < MaxDigits)
        {
            number = (number * 10) + (text[position++] - '0');
        }

        if (position == start)
        {
            mistake = $"'{text[position]}' is not a digit";
            return 0;
        }

        var unit = ReadUnit(text, ref position);
        var index = Array.FindIndex(Units, candidate => candidate.Unit == unit);
        mistake = (index, unit) switch
        {
            (_, "") => $"'{text.Substring(start)}' has no unit",
            ( < 0, _) => $"'{unit}' is not a unit",
            _ when index < nextUnit => $"'{unit}' is in the wrong place: days, hours, minutes and seconds come in this order, each once",
            _ => null,
        };
        if (mistake is not null)
        {
            return 0;
        }

        nextUnit = index + 1;
        return number * Units[index].Milliseconds;
    }

    private static string ReadUnit(string text, ref int position)
    {
        var length = position == text.Length ? 0 : string.CompareOrdinal(text, position, "ms", 0, 2) == 0 ? 2 : 1;
        position += length;
        return text.Substring(position - length, length);
    }
}
