using System.Buffers;
using System.Globalization;

namespace TypedCache.Values;

/// <summary>
/// Floating-point numbers as text: the shortest decimal digits that yield the same double again, in the layout of a
/// dialect. C's <c>strtod</c>, and so PHP, reads every layout.
/// </summary>
internal sealed class FloatText
{
    private const int MaxLength = 32;

    /// <summary>Whether a number is written without exponent, by how many digits it has and where its point stands among them.</summary>
    public required Func<int, int, bool> IsPlain { get; init; }

    /// <summary>The text for NaN.</summary>
    public required string NotANumber { get; init; }

    /// <summary>The text for positive infinity.</summary>
    public required string Infinity { get; init; }

    /// <summary>Whether a number below 1 is written <c>0.5</c>, not <c>.5</c>.</summary>
    public required bool ZeroBeforePoint { get; init; }

    /// <summary>Whether a single digit before an exponent is written <c>1.0e+25</c>, not <c>1e+25</c>.</summary>
    public required bool DigitBehindPoint { get; init; }

    /// <summary>Whether a whole number is written <c>3.0</c>, not <c>3</c>.</summary>
    public bool ZeroBehindPoint { get; init; }

    /// <summary>Whether an exponent is written <c>e+25</c>, not <c>e25</c>.</summary>
    public bool PlusBeforeExponent { get; init; } = true;

    /// <summary>The format of an exponent: <c>D1</c> or, if it has at least two digits, <c>D2</c>.</summary>
    public required string ExponentFormat { get; init; }

    /// <summary>Writes the text of a number.</summary>
    public void Write(double value, IBufferWriter<byte> output)
    {
        var text = new TextBuilder(output.GetSpan(MaxLength));
        if (double.IsNegative(value) && !double.IsNaN(value))
        {
            text.Append((byte)'-');
        }

        if (double.IsFinite(value))
        {
            AppendFinite(ref text, Math.Abs(value));
        }
        else
        {
            text.Append(double.IsNaN(value) ? NotANumber : Infinity);
        }

        output.Advance(text.Length);
    }

    /// <summary>
    /// Reads a number in any of the forms that <see cref="Write"/> and PHP write. Spaces around it are skipped; anything
    /// else around it is refused, where C's <c>sscanf</c> would drop it.
    /// </summary>
    public static bool TryRead(ReadOnlySpan<byte> text, out double value)
    {
        text = text.Trim((byte)' ');
        if (text.IsEmpty || text[^1] == 0)
        {
            // double.TryParse takes NULs after a number for the end of a C string.
            value = 0;
            return false;
        }

        return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value) || TryReadSpecial(text, out value);
    }

    private static bool TryReadSpecial(ReadOnlySpan<byte> text, out double value)
    {
        var isNegative = text[0] == '-';
        var name = isNegative || text[0] == '+' ? text[1..] : text;
        if (System.Text.Ascii.EqualsIgnoreCase(name, "INF"u8))
        {
            value = isNegative ? double.NegativeInfinity : double.PositiveInfinity;
            return true;
        }

        value = double.NaN;
        return System.Text.Ascii.EqualsIgnoreCase(name, "NAN"u8);
    }

    private void AppendFinite(ref TextBuilder text, double magnitude)
    {
        Span<byte> buffer = stackalloc byte[MaxLength];
        var digits = buffer[..ShortestDigits(magnitude, buffer, out var pointAt)];
        if (IsPlain(digits.Length, pointAt))
        {
            AppendPlain(ref text, digits, pointAt);
        }
        else
        {
            AppendWithExponent(ref text, digits, pointAt - 1);
        }
    }

    private void AppendPlain(ref TextBuilder text, scoped ReadOnlySpan<byte> digits, int pointAt)
    {
        if (pointAt <= 0)
        {
            text.Append(ZeroBeforePoint ? "0."u8 : "."u8);
            text.AppendZeros(-pointAt);
            text.Append(digits);
        }
        else if (digits.Length <= pointAt)
        {
            text.Append(digits);
            text.AppendZeros(pointAt - digits.Length);
            text.Append(ZeroBehindPoint ? ".0"u8 : default);
        }
        else
        {
            text.Append(digits[..pointAt]);
            text.Append((byte)'.');
            text.Append(digits[pointAt..]);
        }
    }

    private void AppendWithExponent(ref TextBuilder text, scoped ReadOnlySpan<byte> digits, int exponent)
    {
        text.Append(digits[0]);
        if (digits.Length > 1)
        {
            text.Append((byte)'.');
            text.Append(digits[1..]);
        }
        else if (DigitBehindPoint)
        {
            text.Append(".0"u8);
        }

        text.Append(exponent < 0 ? "e-"u8 : PlusBeforeExponent ? "e+"u8 : "e"u8);
        text.AppendNumber(Math.Abs(exponent), ExponentFormat);
    }

    /// <summary>Returns the digits without zeros at either end; the number is 0.DIGITS times 10 to the power of <paramref name="pointAt"/>.</summary>
    private static int ShortestDigits(double magnitude, Span<byte> digits, out int pointAt)
    {
        if (magnitude == 0)
        {
            digits[0] = (byte)'0';
            pointAt = 1;
            return 1;
        }

        Span<byte> text = stackalloc byte[MaxLength];
        magnitude.TryFormat(text, out var length, "R", CultureInfo.InvariantCulture);
        text = text[..length];
        pointAt = 0;
        var mark = text.IndexOf((byte)'E');
        if (mark >= 0)
        {
            pointAt = int.Parse(text[(mark + 1)..], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
            text = text[..mark];
        }

        var point = text.IndexOf((byte)'.');
        pointAt += point < 0 ? text.Length : point;
        var count = 0;
        foreach (var character in text)
        {
            if (character != '.')
            {
                digits[count++] = character;
            }
        }

        var leading = count - digits[..count].TrimStart((byte)'0').Length;
        pointAt -= leading;
        var significant = digits[leading..count].TrimEnd((byte)'0');
        significant.CopyTo(digits);
        return significant.Length;
    }
}
