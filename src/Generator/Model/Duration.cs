namespace TypedCache.Generator.Model;

/// <summary>Reads and writes durations such as <c>90s</c>, <c>10m</c>, <c>1h30m</c> and <c>7d</c>.</summary>
internal static class Duration
{
    // What the runtime takes: the end has to be before the year 9999.
    private const long MaxSeconds = 8000L * 366 * 24 * 60 * 60;

    private static readonly (char Unit, long Seconds)[] Units = [('d', 86_400), ('h', 3_600), ('m', 60), ('s', 1)];

    /// <summary>The duration in seconds, or null and what is wrong.</summary>
    /// <param name="text">The duration.</param>
    /// <param name="fix">What to do where it is zero; null where it can be.</param>
    /// <param name="mistake">What is wrong with it.</param>
    public static long? Parse(string text, string? fix, out string? mistake)
    {
        long total = 0;
        var nextUnit = 0;
        var position = 0;
        mistake = text.Length == 0 ? "it is empty" : null;
        while (mistake is null && position < text.Length)
        {
            total += ReadPart(text, ref position, ref nextUnit, out mistake);
        }

        mistake ??= total switch
        {
            0 when fix is not null => $"it must be more than zero; {fix}",
            > MaxSeconds => "it is longer than 8000 years",
            _ => null,
        };
        return mistake is null ? total : null;
    }

    /// <summary>Seconds as a duration.</summary>
    public static string Text(long seconds)
    {
        var text = "";
        foreach (var (unit, length) in Units)
        {
            text += seconds >= length ? FormattableString.Invariant($"{seconds / length}{unit}") : "";
            seconds %= length;
        }

        return text;
    }

    private static long ReadPart(string text, ref int position, ref int nextUnit, out string? mistake)
    {
        const int MaxDigits = 12;
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

        var unit = position < text.Length ? text[position++] : '\0';
        var index = Array.FindIndex(Units, candidate => candidate.Unit == unit);
        mistake = (index, unit) switch
        {
            (_, '\0') => $"'{text.Substring(start)}' has no unit",
            ( < 0, _) => $"'{unit}' is not a unit",
            _ when index < nextUnit => $"'{unit}' is in the wrong place: days, hours, minutes and seconds come in this order, each once",
            _ => null,
        };
        if (mistake is not null)
        {
            return 0;
        }

        nextUnit = index + 1;
        return number * Units[index].Seconds;
    }
}
