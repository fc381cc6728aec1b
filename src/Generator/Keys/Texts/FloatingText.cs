using System.Globalization;
using System.Numerics;

namespace TypedCache.Generator.Keys.Texts;

/// <summary>
/// Tells which decimal numbers are the text of a binary one: the shortest that reads back as the same number, of those the closest, and of
/// two as close the even one (what <c>ToString</c> gives since .NET Core 3.0). The compiler may run where numbers are formatted differently, so that this is
/// calculated.
/// </summary>
/// <param name="maxDigits">The most digits that are needed, and the most before the point where there is no exponent.</param>
/// <param name="significandBits">The bits of the significand, with the hidden one.</param>
/// <param name="minExponent">The exponent of the smallest positive number.</param>
/// <param name="maxExponent">The exponent of the last bit of the largest number.</param>
internal sealed class FloatingText(int maxDigits, int significandBits, int minExponent, int maxExponent)
{
    private const int MostZeros = 3;

    private static readonly FloatingText Half = new(5, 11, -24, 5);
    private static readonly FloatingText Single = new(9, 24, -149, 104);
    private static readonly FloatingText Double = new(17, 53, -1074, 971);

    public static FloatingText Of(KeyValueType type) => type switch
    {
        KeyValueType.Half => Half,
        KeyValueType.Single => Single,
        _ => Double,
    };

    /// <summary>Texts among which all of the type are; which of them, <see cref="IsText"/> tells.</summary>
    public TextPattern Pattern()
    {
        var fraction = TextPattern.Maybe(TextPattern.Sequence(TextPattern.Text("."), TextPattern.Digits(0, maxDigits + MostZeros - 1), TextPattern.NonZeroDigit));
        var whole = TextPattern.Choice(TextPattern.Text("0"), TextPattern.Sequence(TextPattern.NonZeroDigit, TextPattern.Digits(0, maxDigits - 1)));
        var exponent = TextPattern.Sequence(TextPattern.Text("E"), TextPattern.Set("+-"), TextPattern.Digits(2, 3));
        var number = TextPattern.Choice(TextPattern.Sequence(whole, fraction), TextPattern.Sequence(TextPattern.NonZeroDigit, fraction, exponent));
        return TextPattern.Choice(
            TextPattern.Sequence(TextPattern.MaybeMinus, TextPattern.Choice(number, TextPattern.Text("Infinity"))),
            TextPattern.Text("NaN"));
    }

    /// <summary>Whether a value of the type has this text in a key, where no zero is negative.</summary>
    public bool IsText(string text)
    {
        if (text is "NaN" or "Infinity" or "-Infinity" or "0")
        {
            return true;
        }

        var number = text.StartsWith("-", StringComparison.Ordinal) ? text.Substring(1) : text;
        return Split(number) is var (digits, point) && digits.Length <= maxDigits && Render(digits, point) == number && IsShortest(digits, point);
    }

    // The digits without zeros around them, and where the point is: 0.digits * 10^point.
    private static (string Digits, int Point)? Split(string number)
    {
        var parts = number.Split('E');
        var exponent = 0;
        if (parts.Length > 2 || (parts.Length == 2 && !int.TryParse(parts[1], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out exponent)))
        {
            return null;
        }

        var halves = parts[0].Split('.');
        var all = string.Concat(halves);
        var digits = all.TrimStart('0');
        return halves.Length > 2 || digits.Length == 0 || !digits.All(static character => character is >= '0' and <= '9')
            ? null
            : (digits.TrimEnd('0'), halves[0].Length - (all.Length - digits.Length) + exponent);
    }

    private string Render(string digits, int point)
    {
        if (point > maxDigits || point < -MostZeros)
        {
            var exponent = (point - 1).ToString("+00;-00", CultureInfo.InvariantCulture);
            return $"{digits[0]}{(digits.Length > 1 ? "." : "")}{digits.Substring(1)}E{exponent}";
        }

        return point <= 0 ? $"0.{new string('0', -point)}{digits}"
            : point >= digits.Length ? digits.PadRight(point, '0')
            : $"{digits.Substring(0, point)}.{digits.Substring(point)}";
    }

    private bool IsShortest(string digits, int point)
    {
        var number = Fraction.Decimal(BigInteger.Parse(digits, CultureInfo.InvariantCulture), point - digits.Length);
        if (Nearest(number) is not var (significand, exponent))
        {
            return false;
        }

        // All that reads back as this number lies between the middles to its neighbors; those themselves only where it is even.
        var value = Fraction.Binary(significand, exponent);
        var isNarrow = significand == BigInteger.One << (significandBits - 1) && exponent > minExponent;
        var low = Fraction.Binary((4 * significand) - (isNarrow ? 1 : 2), exponent - 2);
        var high = Fraction.Binary((4 * significand) + 2, exponent - 2);
        var last = point - digits.Length;
        return Closest(value, low, high, last + 1, significand.IsEven) is null
            && Closest(value, low, high, last, significand.IsEven) is { } closest && number.CompareTo(closest) == 0;
    }

    // The decimal number that ends at this power of ten and is closest to the value; null where none reads back as it.
    private static Fraction? Closest(Fraction value, Fraction low, Fraction high, int last, bool isEven)
    {
        var whole = value.Floor(last);
        var (below, above) = (Fraction.Decimal(whole, last), Fraction.Decimal(whole + 1, last));
        return (IsBetween(below), IsBetween(above)) switch
        {
            (true, true) => IsNearer(above) ? above : below,
            (true, false) => below,
            (false, true) => above,
            _ => null,
        };

        bool IsNearer(Fraction candidate)
        {
            var order = (candidate - value).CompareTo(value - below);
            return order < 0 || (order == 0 && !whole.IsEven);
        }

        bool IsBetween(Fraction candidate)
        {
            var (fromLow, fromHigh) = (candidate.CompareTo(low), candidate.CompareTo(high));
            return (fromLow > 0 && fromHigh < 0) || (isEven && (fromLow == 0 || fromHigh == 0));
        }
    }

    private (BigInteger Significand, int Exponent)? Nearest(Fraction number)
    {
        var exponent = Math.Max(number.Magnitude - significandBits, minExponent);
        var significand = number.Round(exponent);
        while (significand >= BigInteger.One << significandBits)
        {
            exponent++;
            significand = number.Round(exponent);
        }

        return significand.IsZero || exponent > maxExponent ? null : (significand, exponent);
    }
}
