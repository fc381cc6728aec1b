namespace TypedCache.Generator.Keys.Texts;

/// <summary>Which texts numbers have in custom formats of digits, groups and fixed characters.</summary>
internal static class CustomNumberTexts
{
    // What changes the number, or makes it another format.
    private const string Special = ";%\u2030Ee\\'\"";

    /// <summary>Texts among which all of the format are; null for formats that are not understood here.</summary>
    public static TextPattern? Pattern(string format)
    {
        var parts = format.Split('.');
        var whole = parts[0];
        return format.Any(static character => Special.IndexOf(character) >= 0) || parts.Length > 2 || whole.IndexOfAny(['0', '#']) < 0 ? null
            : whole.IndexOf(',') >= 0 ? Grouped(whole) is { } groups ? TextPattern.Sequence(TextPattern.MaybeMinus, groups, Fraction(parts)) : null
            : TextPattern.Sequence(TextPattern.MaybeMinus, Digits(whole), Fraction(parts));
    }

    // Only where digits are on both sides of each comma, and nothing else is.
    private static TextPattern? Grouped(string whole) => whole.Trim(',') == whole && whole.All(static character => character is '0' or '#' or ',')
        ? TextPattern.Sequence(
            TextPattern.Digits(whole.IndexOf('0') < 0 ? 0 : 1, 3),
            TextPattern.Repeat(TextPattern.Sequence(TextPattern.Text(","), TextPattern.Digits(3, 3)), 0, TextPattern.Unbounded))
        : null;

    // The first digit stands for all that are in front of it, too; those do not begin with a zero.
    private static TextPattern Digits(string whole)
    {
        var first = whole.IndexOfAny(['0', '#']);
        return TextPattern.Sequence([.. whole.Select((character, index) => index == first
            ? TextPattern.Choice(
                character == '0' ? TextPattern.Digit : TextPattern.Empty,
                TextPattern.Sequence(TextPattern.NonZeroDigit, TextPattern.Digits(0, TextPattern.Unbounded)))
            : Digit(character))]);
    }

    private static TextPattern Fraction(string[] parts)
    {
        if (parts.Length == 1)
        {
            return TextPattern.Empty;
        }

        var digits = TextPattern.Sequence([TextPattern.Text("."), .. parts[1].Where(static character => character != ',').Select(Digit)]);
        return parts[1].IndexOf('0') < 0 ? TextPattern.Choice(digits, TextPattern.Sequence([.. parts[1].Where(static character => character is not (',' or '#')).Select(Digit)])) : digits;
    }

    private static TextPattern Digit(char character) => character switch
    {
        '0' => TextPattern.Digit,
        '#' => TextPattern.Maybe(TextPattern.Digit),
        _ => TextPattern.Text(character.ToString()),
    };
}
