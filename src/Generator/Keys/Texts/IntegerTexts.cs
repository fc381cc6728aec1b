using System.Globalization;
using System.Numerics;

namespace TypedCache.Generator.Keys.Texts;

/// <summary>Which texts integers have.</summary>
internal static class IntegerTexts
{
    private const string Digits = "0123456789ABCDEF";
    private const int DefaultFraction = 2;

    /// <summary>The smallest and the largest value of a type.</summary>
    public static (BigInteger Min, BigInteger Max) Bounds(KeyValueType type) => type switch
    {
        KeyValueType.SByte => Signed(8),
        KeyValueType.Byte => Unsigned(8),
        KeyValueType.Int16 => Signed(16),
        KeyValueType.UInt16 => Unsigned(16),
        KeyValueType.Int32 => Signed(32),
        KeyValueType.UInt32 => Unsigned(32),
        KeyValueType.Int64 => Signed(64),
        KeyValueType.UInt64 => Unsigned(64),
        KeyValueType.Int128 => Signed(128),
        KeyValueType.UInt128 => Unsigned(128),
        _ => throw new NotSupportedException(),
    };

    /// <summary>Exactly the texts of a type; null for formats that are not understood here.</summary>
    public static TextPattern? Exact(KeyValueType type, string? format)
    {
        var (min, max) = Bounds(type);
        var bits = max - min;
        return NumberFormat.Read(format) switch
        {
            (null or 'D', var width) => Signed(min, max, width ?? 1),
            ('G' or 'R', null or 0) => Signed(min, max, 1),
            ('G' or 'R', var digits) when digits >= Text(max).Length => Signed(min, max, 1),
            ('F', var fraction) => TextPattern.Sequence(Signed(min, max, 1), Fraction(fraction ?? DefaultFraction)),
            ('X', var width) => UpTo(bits, 16, width ?? 1, isPositive: false, isSmall: format![0] == 'x'),
            ('B', var width) => UpTo(bits, 2, width ?? 1, isPositive: false),
            _ => null,
        };
    }

    /// <summary>The texts of a type and of all larger ones; null for formats that <see cref="Exact"/> does not understand, or that have a point.</summary>
    public static TextPattern? Outline(KeyValueType type, string? format) => (NumberFormat.Read(format).Specifier, Exact(type, format)) switch
    {
        (_, null) or ('F', _) => null,
        ('X', _) => TextPattern.Repeat(TextPattern.Set(Digits + Digits.ToLowerInvariant()), 1, TextPattern.Unbounded),
        ('B', _) => TextPattern.Repeat(TextPattern.Set("01"), 1, TextPattern.Unbounded),
        _ when Bounds(type).Min.IsZero => TextPattern.Digits(1, TextPattern.Unbounded),
        _ => TextPattern.Sequence(TextPattern.MaybeMinus, TextPattern.Digits(1, TextPattern.Unbounded)),
    };

    /// <summary>The decimal texts from zero, or from one, to a number.</summary>
    public static TextPattern UpTo(BigInteger max, int width = 1, bool isPositive = false) => UpTo(max, 10, width, isPositive);

    /// <summary>The text of a number; null for formats that are not understood here.</summary>
    public static string? Format(KeyValueType type, string? format, BigInteger value)
    {
        var (min, max) = Bounds(type);
        return NumberFormat.Read(format) switch
        {
            (null or 'D', var width) => Sign(value) + Text(BigInteger.Abs(value)).PadLeft(width ?? 1, '0'),
            ('G' or 'R', null or 0) => Text(value),
            ('G' or 'R', var digits) when digits >= Text(max).Length => Text(value),
            ('F', var fraction) => Text(value) + (fraction == 0 ? "" : "." + new string('0', fraction ?? DefaultFraction)),
            ('X', var width) => InBase(value.Sign < 0 ? value + max - min + 1 : value, 16, width ?? 1, format![0] == 'x'),
            ('B', var width) => InBase(value.Sign < 0 ? value + max - min + 1 : value, 2, width ?? 1),
            _ => null,
        };
    }

    /// <summary>The number that a text of a format understood here stands for; null where it is none.</summary>
    public static BigInteger? Read(KeyValueType type, string? format, string text)
    {
        var (min, max) = Bounds(type);
        var value = NumberFormat.Read(format) switch
        {
            ('X', _) => FromBase(text, 16),
            ('B', _) => FromBase(text, 2),
            _ => BigInteger.TryParse(
                text.Split('.')[0], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var parsed) ? parsed : null as BigInteger?,
        };
        var isWrapped = NumberFormat.Read(format).Specifier is 'X' or 'B' && value > max;
        value = isWrapped ? value - (max - min + 1) : value;
        return value >= min && value <= max ? value : null;
    }

    private static (BigInteger Min, BigInteger Max) Signed(int bits) => (-BigInteger.Pow(2, bits - 1), BigInteger.Pow(2, bits - 1) - 1);

    private static (BigInteger Min, BigInteger Max) Unsigned(int bits) => (BigInteger.Zero, BigInteger.Pow(2, bits) - 1);

    private static TextPattern Signed(BigInteger min, BigInteger max, int width) => min.IsZero
        ? UpTo(max, width)
        : TextPattern.Choice(UpTo(max, width), TextPattern.Sequence(TextPattern.Text("-"), UpTo(-min, width, isPositive: true)));

    private static TextPattern Fraction(int digits) => TextPattern.Text(digits == 0 ? "" : "." + new string('0', Math.Min(digits, KeyText.MaxBytes)));

    // Either filled up to the width, or longer and without a zero in front.
    private static TextPattern UpTo(BigInteger max, int numberBase, int width, bool isPositive, bool isSmall = false)
    {
        var digits = (isSmall ? Digits.ToLowerInvariant() : Digits).Substring(0, numberBase);
        var largest = InBase(max, numberBase, 1);
        width = Math.Max(1, Math.Min(width, KeyText.MaxBytes));
        if (width >= largest.Length)
        {
            return TextPattern.Sequence(TextPattern.Text(new string('0', width - largest.Length)), new DigitRange(digits, largest).Pattern(isPositive, isFull: false));
        }

        var filled = new DigitRange(digits, new string(Digits[numberBase - 1], width)).Pattern(isPositive, isFull: false);
        var longest = new DigitRange(digits, largest).Pattern(isPositive: true, isFull: true);
        return largest.Length - 2 < width ? TextPattern.Choice(filled, longest) : TextPattern.Choice(
            filled,
            TextPattern.Sequence(
                DigitRange.Some(digits, 1, numberBase - 1),
                TextPattern.Repeat(DigitRange.Some(digits, 0, numberBase - 1), width, largest.Length - 2)),
            longest);
    }

    private static string Sign(BigInteger value) => value.Sign < 0 ? "-" : "";

    private static string Text(BigInteger value) => value.ToString(CultureInfo.InvariantCulture);

    private static string InBase(BigInteger value, int numberBase, int width, bool isSmall = false)
    {
        var digits = new Stack<char>();
        for (; !value.IsZero; value /= numberBase)
        {
            digits.Push(Digits[(int)(value % numberBase)]);
        }

        var text = new string([.. digits]).PadLeft(Math.Max(1, width), '0');
        return isSmall ? text.ToLowerInvariant() : text;
    }

    private static BigInteger? FromBase(string text, int numberBase)
    {
        var value = BigInteger.Zero;
        foreach (var character in text)
        {
            var digit = Digits.IndexOf(char.ToUpperInvariant(character));
            if (digit < 0 || digit >= numberBase)
            {
                return null;
            }

            value = (value * numberBase) + digit;
        }

        return value;
    }
}
