using System.Globalization;

namespace TypedCache.Generator.Keys.Texts;

/// <summary>Which texts decimal and binary fractions have, and integers in formats with rounding or groups.</summary>
internal static class NumberTexts
{
    private const int DefaultFraction = 2;
    private const int DefaultExponentFraction = 6;
    private const int DecimalDigits = 29;

    // Those of the largest Int128 behind the first one.
    private const int IntegerDigits = 38;

    // Small numbers have zeros in front.
    private const int MaxGeneralDigits = 60;

    private static readonly TextPattern Point = TextPattern.Text(".");

    /// <summary>Texts among which all of a type are.</summary>
    public static TextPattern Pattern(KeyValueType type, string? format)
    {
        var pattern = IsFloating(type) && IsShortest(format) ? FloatingText.Of(type).Pattern() : Known(type, format) ?? Mixed(type, format);
        return IsFloating(type) ? TextPattern.Choice(pattern, TextPattern.OneOf(["NaN", "Infinity", "-Infinity"])) : pattern;
    }

    /// <summary>Whether nothing is known of a format but what a number of texts look like.</summary>
    public static bool IsMixed(KeyValueType type, string? format) => !(IsFloating(type) && IsShortest(format)) && Known(type, format) is null;

    /// <summary>Whether a value of the type has this text.</summary>
    public static bool IsText(KeyValueType type, string? format, string text) => IsFloating(type) && IsShortest(format)
        ? FloatingText.Of(type).IsText(text)
        : NumberValues.Like(type, text).Any(value => NumberValues.Format(type, format, value) == text);

    public static bool IsFloating(KeyValueType type) => type is KeyValueType.Half or KeyValueType.Single or KeyValueType.Double;

    // Without rounding: the shortest text that reads back as the same number.
    private static bool IsShortest(string? format) => format is null or "R" or "r" or "G";

    private static TextPattern? Known(KeyValueType type, string? format) => NumberFormat.Read(format) switch
    {
        (null, _) => TextPattern.Sequence(TextPattern.MaybeMinus, Whole(type), MaybeFraction(DecimalDigits - 1)),
        ('F', var digits) => TextPattern.Sequence(TextPattern.MaybeMinus, Whole(type), Fraction(digits)),
        ('N', var digits) => TextPattern.Sequence(TextPattern.MaybeMinus, Groups(), Fraction(digits)),
        ('E', var digits) => TextPattern.Sequence(TextPattern.MaybeMinus, TextPattern.Choice(
            TextPattern.Sequence(TextPattern.NonZeroDigit, Fraction(digits ?? DefaultExponentFraction), Exponent(type, format![0], 3)),
            TextPattern.Text(0.0.ToString(format, CultureInfo.InvariantCulture)))),
        ('G' or 'R', _) => TextPattern.Sequence(TextPattern.MaybeMinus, TextPattern.Choice(
            TextPattern.Sequence(Whole(type), MaybeFraction(MaxGeneralDigits)),
            TextPattern.Sequence(TextPattern.NonZeroDigit, MaybeFraction(DecimalDigits), Exponent(type, format![0] == 'g' ? 'e' : 'E', 2)))),
        (NumberFormat.Custom, _) => CustomNumberTexts.Pattern(format!),
        _ => null,
    };

    private static TextPattern Exponent(KeyValueType type, char letter, int digits)
    {
        var (max, min) = Exponents(type);
        var positive = TextPattern.Sequence(TextPattern.Text("+"), IntegerTexts.UpTo(max, digits));
        return TextPattern.Sequence(TextPattern.Text(letter.ToString()), min == 0 ? positive : TextPattern.Choice(
            positive, TextPattern.Sequence(TextPattern.Text("-"), IntegerTexts.UpTo(min, digits, isPositive: true))));
    }

    // The largest power of ten, and the smallest one without its sign.
    private static (int Max, int Min) Exponents(KeyValueType type) => type switch
    {
        KeyValueType.Half => (5, 8),
        KeyValueType.Single => (39, 45),
        KeyValueType.Double => (309, 324),
        KeyValueType.Decimal => (DecimalDigits, DecimalDigits),
        _ => (IntegerTexts.Bounds(type).Max.ToString(CultureInfo.InvariantCulture).Length, 0),
    };

    // Keys have no zeros at its end.
    private static TextPattern MaybeFraction(int digits) => TextPattern.Maybe(TextPattern.Sequence(Point, TextPattern.Digits(0, digits - 1), TextPattern.NonZeroDigit));

    private static TextPattern Whole(KeyValueType type) => TextPattern.Choice(
        TextPattern.Text("0"),
        TextPattern.Sequence(TextPattern.NonZeroDigit, TextPattern.Digits(0, IsFloating(type) ? TextPattern.Unbounded : IntegerDigits)));

    private static TextPattern Groups() => TextPattern.Choice(
        TextPattern.Text("0"),
        TextPattern.Sequence(
            TextPattern.NonZeroDigit,
            TextPattern.Digits(0, 2),
            TextPattern.Repeat(TextPattern.Sequence(TextPattern.Text(","), TextPattern.Digits(3, 3)), 0, TextPattern.Unbounded)));

    private static TextPattern Fraction(int? digits) => digits == 0 ? TextPattern.Empty : TextPattern.Sequence(
        Point, TextPattern.Digits(Math.Min(digits ?? DefaultFraction, KeyText.MaxBytes), Math.Min(digits ?? DefaultFraction, KeyText.MaxBytes)));

    // All that samples have, in any order.
    private static TextPattern Mixed(KeyValueType type, string? format)
    {
        var samples = NumberValues.Samples(type, format);
        var bytes = ByteSet.Of("0123456789") | ByteSet.Of(System.Text.Encoding.UTF8.GetBytes(string.Concat(samples)));
        var longest = IsFloating(type) ? TextPattern.Unbounded : samples.Select(KeyText.ByteCount).DefaultIfEmpty(0).Max() + 1;
        return TextPattern.Repeat(TextPattern.Set(bytes), 0, longest);
    }
}
