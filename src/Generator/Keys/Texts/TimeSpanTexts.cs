using System.Globalization;

namespace TypedCache.Generator.Keys.Texts;

/// <summary>Which texts a <c>TimeSpan</c> has.</summary>
internal static class TimeSpanTexts
{
    private const int DayDigits = 8;

    private static readonly TextPattern Days = TextPattern.Sequence(TextPattern.NonZeroDigit, TextPattern.Digits(0, DayDigits - 1));
    private static readonly TextPattern Minute = TextPattern.Sequence(TextPattern.Set("012345"), TextPattern.Digit);

    /// <summary>Texts among which all are.</summary>
    public static TextPattern Pattern(string? format) => format switch
    {
        null or "c" or "t" or "T" => TextPattern.Sequence(
            TextPattern.MaybeMinus, TextPattern.Maybe(TextPattern.Sequence(Days, TextPattern.Text("."))), Hours(2), Rest(),
            TextPattern.Maybe(TextPattern.Sequence(TextPattern.Text("."), TextPattern.Digits(7, 7)))),
        "g" => TextPattern.Sequence(
            TextPattern.MaybeMinus, TextPattern.Maybe(TextPattern.Sequence(Days, TextPattern.Text(":"))), Hours(1), Rest(),
            TextPattern.Maybe(TextPattern.Sequence(TextPattern.Text("."), TextPattern.Digits(0, 6), TextPattern.NonZeroDigit))),
        "G" => TextPattern.Sequence(
            TextPattern.MaybeMinus, TextPattern.Choice(TextPattern.Text("0"), Days), TextPattern.Text(":"), Hours(2), Rest(), TextPattern.Text("."), TextPattern.Digits(7, 7)),
        _ => TextPattern.Sequence([.. FormatToken.Read(format).Select(Pattern)]),
    };

    /// <summary>What tells whether a value has a text.</summary>
    public static Func<string, bool> Reader(string? format)
    {
        if (format is null or { Length: 1 })
        {
            return text => TimeSpan.TryParseExact(text, format ?? "c", CultureInfo.InvariantCulture, out var value) && HasText(value, format, text);
        }

        var match = new TokenMatch(FormatToken.Read(format), Pattern);
        return text => match.Find(text).Any(fields => Create(fields) is { } value && HasText(value, format, text));
    }

    private static bool HasText(TimeSpan value, string? format, string text) => value.ToString(format, CultureInfo.InvariantCulture) == text;

    private static TimeSpan? Create(TokenFields fields)
    {
        var ticks = fields.Fraction;
        foreach (var (specifier, unit) in new[] { ('d', TimeSpan.TicksPerDay), ('h', TimeSpan.TicksPerHour), ('m', TimeSpan.TicksPerMinute), ('s', TimeSpan.TicksPerSecond) })
        {
            var value = (decimal)(fields.Number(specifier) ?? 0) * unit;
            if (ticks + value > long.MaxValue)
            {
                return null;
            }

            ticks += (long)value;
        }

        return TimeSpan.FromTicks(ticks);
    }

    private static TextPattern Pattern(FormatToken token) => token.Specifier switch
    {
        'd' => TextPattern.Choice(
            TextPattern.Digits(token.Count, token.Count),
            token.Count < DayDigits ? TextPattern.Sequence(TextPattern.NonZeroDigit, TextPattern.Digits(token.Count, DayDigits - 1)) : TextPattern.Choice([])),
        'h' => Hours(token.Count),
        'm' or 's' => token.Count == 1 ? IntegerTexts.UpTo(59) : Minute,
        'f' => TextPattern.Digits(token.Count, token.Count),
        'F' => TextPattern.Maybe(TextPattern.Sequence(TextPattern.Digits(0, token.Count - 1), TextPattern.NonZeroDigit)),
        _ => TextPattern.Text(token.Literal),
    };

    private static TextPattern Hours(int width) => IntegerTexts.UpTo(23, width);

    private static TextPattern Rest() => TextPattern.Sequence(TextPattern.Text(":"), Minute, TextPattern.Text(":"), Minute);
}
