using System.Globalization;
using System.Text;

namespace TypedCache.Generator.Keys.Texts;

/// <summary>Which texts dates and times of day have.</summary>
internal sealed class MomentTexts
{
    private const int MaxOffsetHours = 14;
    private const int MinutesPerHour = 60;
    private const int LongYear = 3;

    // A full cycle of weekdays and leap years.
    private const int FirstYear = 2000;
    private const int LastYear = 2027;

    private static readonly int[] SampleYears = [1, 1999, FirstYear, LastYear];
    private static readonly int[] SampleDays = [1, 2, 10, 28];
    private static readonly DateTimeFormatInfo Names = CultureInfo.InvariantCulture.DateTimeFormat;
    private static readonly TextPattern Minute = TextPattern.Sequence(TextPattern.Set("012345"), TextPattern.Digit);

    private readonly KeyValueType _type;
    private readonly bool _isUtc;
    private readonly List<FormatToken> _tokens;

    public MomentTexts(KeyValueType type, string? format)
    {
        _type = type;
        // As the runtime writes it, so that equal values have one text.
        _isUtc = type == KeyValueType.DateTimeOffset && format is (null or "O" or "o");
        _tokens = JoinFractions(FormatToken.Read(DateFormat.Custom(type, format ?? "O")));
    }

    /// <summary>Texts among which all are.</summary>
    public TextPattern Pattern() => TextPattern.Sequence([.. _tokens.Select(Pattern)]);

    /// <summary>
    /// The texts of some values where few of the pattern's texts are real, because a day of the week has to fit to its date; else none.
    /// </summary>
    public IReadOnlyList<string> Samples() => !_tokens.Exists(static token => token.Specifier == 'd' && token.Count > 2) ? [] :
    [
        .. from year in SampleYears
           from month in Enumerable.Range(1, 12)
           from day in SampleDays
           select new DateTime(year, month, day).ToString(Format(null), CultureInfo.InvariantCulture),
    ];

    /// <summary>What tells whether a value has a text.</summary>
    public Func<string, bool> Reader()
    {
        var match = new TokenMatch(_tokens, Pattern);
        return text => match.Find(text).Any(fields => IsText(fields, text));
    }

    // Where a fraction is left out, so is the point before it.
    private static List<FormatToken> JoinFractions(IReadOnlyList<FormatToken> tokens)
    {
        var joined = new List<FormatToken>();
        foreach (var token in tokens)
        {
            if (token.Specifier == 'F' && joined.LastOrDefault() is { Specifier: FormatToken.Fixed } before && before.Literal.EndsWith(".", StringComparison.Ordinal))
            {
                joined.RemoveAt(joined.Count - 1);
                joined.Add(before with { Literal = before.Literal.Substring(0, before.Literal.Length - 1) });
                joined.Add(token with { Literal = "." });
            }
            else
            {
                joined.Add(token);
            }
        }

        return joined;
    }

    private TextPattern Pattern(FormatToken token) => (token.Specifier, token.Count) switch
    {
        ('d', 1 or 2) => Number(31, token.Count),
        ('d', 3) => TextPattern.OneOf(Names.AbbreviatedDayNames),
        ('d', _) => TextPattern.OneOf(Names.DayNames),
        ('M', 1 or 2) => Number(12, token.Count),
        ('M', 3) => TextPattern.OneOf(Names.AbbreviatedMonthNames.Where(static name => name.Length > 0)),
        ('M', _) => TextPattern.OneOf(Names.MonthNames.Where(static name => name.Length > 0)),
        ('y', 1 or 2) => IntegerTexts.UpTo(99, token.Count),
        ('y', _) => Number(9999, token.Count),
        ('h', _) => Number(12, Math.Min(token.Count, 2)),
        ('H', _) => IntegerTexts.UpTo(23, Math.Min(token.Count, 2)),
        ('m' or 's', _) => IntegerTexts.UpTo(59, Math.Min(token.Count, 2)),
        ('f', _) => TextPattern.Digits(token.Count, token.Count),
        ('F', _) => TextPattern.Maybe(TextPattern.Sequence(
            TextPattern.Text(token.Literal), TextPattern.Digits(0, token.Count - 1), TextPattern.NonZeroDigit)),
        ('t', 1) => TextPattern.Set("AP"),
        ('t', _) => TextPattern.OneOf(["AM", "PM"]),
        ('g', _) => TextPattern.Text(Names.GetEraName(Calendar.CurrentEra)),
        ('K', _) when _isUtc => TextPattern.Text("+00:00"),
        ('K', _) when _type == KeyValueType.DateTimeOffset => Offset(),
        ('K', _) => TextPattern.Choice(TextPattern.Empty, TextPattern.Text("Z"), Offset()),
        ('z', 1 or 2) => TextPattern.Sequence(TextPattern.Set("+-"), IntegerTexts.UpTo(MaxOffsetHours, token.Count)),
        ('z', _) => Offset(),
        _ => TextPattern.Text(token.Literal),
    };

    private static TextPattern Number(int max, int width) => IntegerTexts.UpTo(max, width, isPositive: true);

    private static TextPattern Offset() => TextPattern.Sequence(
        TextPattern.Set("+-"),
        TextPattern.Choice(
            TextPattern.Sequence(IntegerTexts.UpTo(MaxOffsetHours - 1, 2), TextPattern.Text(":"), Minute),
            TextPattern.Text(FormattableString.Invariant($"{MaxOffsetHours}:00"))));

    private bool IsText(TokenFields fields, string text)
    {
        var format = Format(fields);
        return Offset(fields) is { } offset
            && Dates(fields).Any(date => Times(fields).Any(time => IsInRange(date + time, offset)
                && (date + time).ToString(format, CultureInfo.InvariantCulture) == text));
    }

    private bool IsInRange(DateTime moment, TimeSpan offset) =>
        _type != KeyValueType.DateTimeOffset || (moment.Ticks - offset.Ticks >= 0 && moment.Ticks - offset.Ticks <= DateTime.MaxValue.Ticks);

    // An offset is that of the value, or of the computer; it is taken from the text.
    private string Format(TokenFields? fields)
    {
        var format = new StringBuilder();
        for (var i = 0; i < _tokens.Count; i++)
        {
            var token = _tokens[i];
            if (token.Specifier is FormatToken.Fixed or 'K' or 'z')
            {
                Quote(fields?.Texts[i] ?? AnyText(token));
            }
            else
            {
                Quote(token.Literal);
                format.Append(token.Specifier, token.Count);
            }
        }

        return format.Length switch
        {
            0 => "''",
            1 => "%" + format,
            _ => format.ToString(),
        };

        void Quote(string text)
        {
            foreach (var character in text)
            {
                format.Append('\\').Append(character);
            }
        }
    }

    private string AnyText(FormatToken token) => token switch
    {
        { Specifier: 'K' } when _type == KeyValueType.DateTime => "",
        { Specifier: 'z', Count: 1 } => "+0",
        { Specifier: 'z', Count: 2 } => "+00",
        { Specifier: FormatToken.Fixed } => token.Literal,
        _ => "+00:00",
    };

    // Null where the text has one that no value can have.
    private static TimeSpan? Offset(TokenFields fields)
    {
        if (fields.Text(static token => token.Specifier is 'K' or 'z') is not { Length: > 1 } text)
        {
            return TimeSpan.Zero;
        }

        var parts = text.Substring(1).Split(':');
        var minutes = (int.Parse(parts[0], CultureInfo.InvariantCulture) * MinutesPerHour) + (parts.Length > 1 ? int.Parse(parts[1], CultureInfo.InvariantCulture) : 0);
        var isNegative = text[0] == '-';
        return isNegative && minutes == 0 && parts.Length > 1 ? null : TimeSpan.FromMinutes(isNegative ? -minutes : minutes);
    }

    private static IEnumerable<DateTime> Dates(TokenFields fields) =>
        from year in Years(fields)
        from month in Month(fields) is { } known ? [known] : Enumerable.Range(1, 12)
        from day in Day(fields) is { } known ? [known] : Enumerable.Range(1, DateTime.DaysInMonth(year, month))
        where day <= DateTime.DaysInMonth(year, month)
        select new DateTime(year, month, day);

    private static IEnumerable<int> Years(TokenFields fields)
    {
        if (fields.Text(static token => token.Specifier == 'y' && token.Count >= LongYear) is { } full)
        {
            return [int.Parse(full, CultureInfo.InvariantCulture)];
        }

        return fields.Number('y') is { } last
            ? Enumerable.Range(0, 100).Select(century => (((century + (FirstYear / 100)) % 100) * 100) + last).Where(static year => year > 0)
            : Enumerable.Range(FirstYear, LastYear - FirstYear + 1);
    }

    private static int? Month(TokenFields fields)
    {
        if (fields.Number('M') is { } number)
        {
            return number;
        }

        return fields.Text(static token => token.Specifier == 'M') is not { } name ? null
            : Enumerable.Range(0, 12).First(month => Names.MonthNames[month].StartsWith(name, StringComparison.Ordinal)) + 1;
    }

    private static int? Day(TokenFields fields) =>
        fields.Text(static token => token.Specifier == 'd' && token.Count <= 2) is { } text ? int.Parse(text, CultureInfo.InvariantCulture) : null;

    private static IEnumerable<TimeSpan> Times(TokenFields fields)
    {
        var minutes = new TimeSpan(0, fields.Number('m') ?? 0, fields.Number('s') ?? 0) + TimeSpan.FromTicks(fields.Fraction);
        var hours = fields.Number('H') is { } hour ? [hour]
            : fields.Number('h') is { } half ? [half % 12, (half % 12) + 12]
            : fields.Text(static token => token.Specifier == 't') is not null ? [0, 12]
            : new[] { 0 };
        return hours.Select(hour => TimeSpan.FromHours(hour) + minutes);
    }
}
