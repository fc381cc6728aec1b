using System.Globalization;
using System.Numerics;

namespace TypedCache.Generator.Keys.Texts;

/// <summary>Values of the numeric types, and their texts as the compiler's own runtime formats them.</summary>
internal static class NumberValues
{
    private const int PowersOfTen = 28;

    // Dividing by it leaves no zeros at the end of the fraction, as the runtime does.
    private const decimal OneWithAllZeros = 1.0000000000000000000000000000m;
    private const double HalfEpsilon = 1.0 / (1 << 24);

    private static readonly IFormattable[] NotFinite = [double.NaN, double.PositiveInfinity, double.NegativeInfinity];

    /// <summary>The text of a value.</summary>
    public static string Format(KeyValueType type, string? format, IFormattable value) =>
        (value is BigInteger number && !NumberTexts.IsFloating(type) ? IntegerTexts.Format(type, format, number) : null)
        ?? Narrow(type, format, value).ToString(format, CultureInfo.InvariantCulture);

    /// <summary>The texts of many values of a type.</summary>
    public static IReadOnlyList<string> Samples(KeyValueType type, string? format) =>
    [
        .. Samples().SelectMany(value => Of(type, value)).Concat(NumberTexts.IsFloating(type) ? NotFinite : []).Select(value => Format(type, format, value)),
        .. KeySamples.Format(type, format),
    ];

    /// <summary>Values of a type whose text could be this one.</summary>
    public static IEnumerable<IFormattable> Like(KeyValueType type, string text)
    {
        // Without the signs of an exponent, or without those that a custom format has between digits.
        var number = new string([.. text.Where(static character => character is (>= '0' and <= '9') or '.' or '-' or '+' or 'E' or 'e')]);
        var digits = new string([.. text.Where(static character => character is (>= '0' and <= '9') or '.')]);
        var values = new[] { number, digits, "-" + digits }.Distinct();
        return NumberTexts.IsFloating(type)
            ? values.SelectMany(Floats).Where(static value => value != 0).Concat([0.0, NegativeEpsilon(type)]).Cast<IFormattable>().Concat(NotFinite)
            : values.SelectMany(value => Exact(type, value)).Concat(type == KeyValueType.Decimal ? [new decimal(1, 0, 0, isNegative: true, scale: 28)] : []);
    }

    // What is rounded to a zero with a sign; zero itself has none in a key.
    private static double NegativeEpsilon(KeyValueType type) => type switch
    {
        KeyValueType.Half => -HalfEpsilon,
        KeyValueType.Single => -float.Epsilon,
        _ => -double.Epsilon,
    };

    private static IEnumerable<double> Floats(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) ? [value, value / 100] : [];

    private static IEnumerable<IFormattable> Exact(KeyValueType type, string text) =>
        decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) ? Of(type, value).Concat(Of(type, value / 100))
        : type != KeyValueType.Decimal && IntegerTexts.Read(type, null, text) is { } large ? [large]
        : [];

    // The value as one of the type; nothing where it is none.
    private static IEnumerable<IFormattable> Of(KeyValueType type, decimal value)
    {
        if (type == KeyValueType.Decimal)
        {
            return [value];
        }

        if (NumberTexts.IsFloating(type))
        {
            return [(double)value];
        }

        var (min, max) = IntegerTexts.Bounds(type);
        return decimal.Truncate(value) == value && (BigInteger)value >= min && (BigInteger)value <= max ? [(BigInteger)value] : [];
    }

    private static IFormattable Narrow(KeyValueType type, string? format, IFormattable value) => (type, value) switch
    {
        (KeyValueType.Single, double number) => (float)number,
        (KeyValueType.Half, double number) => Half(number),
        (KeyValueType.Decimal, decimal number) => number / OneWithAllZeros,
        (KeyValueType.SByte, BigInteger number) => (sbyte)number,
        (KeyValueType.Byte, BigInteger number) => (byte)number,
        (KeyValueType.Int16, BigInteger number) => (short)number,
        (KeyValueType.UInt16, BigInteger number) => (ushort)number,
        (KeyValueType.Int32, BigInteger number) => (int)number,
        (KeyValueType.UInt32, BigInteger number) => (uint)number,
        (KeyValueType.Int64, BigInteger number) => (long)number,
        (KeyValueType.UInt64, BigInteger number) => (ulong)number,
        // These round as other numbers do.
        (_, BigInteger number) when BigInteger.Abs(number) <= (BigInteger)decimal.MaxValue => (decimal)number,
        (_, BigInteger number) when NumberFormat.Read(format).Specifier is 'E' or 'G' or 'R' => (double)number,
        _ => value,
    };

    // The nearest value of a Half, which the compiler's runtime may not have.
    private static double Half(double value)
    {
        const double Largest = 65504;
        const int FractionBits = 10;
        if (double.IsNaN(value) || double.IsInfinity(value) || value == 0)
        {
            return value;
        }

        var unit = HalfEpsilon;
        while (unit * (1 << (FractionBits + 1)) <= Math.Abs(value) && unit < Largest)
        {
            unit *= 2;
        }

        var rounded = Math.Round(value / unit) * unit;
        return Math.Abs(rounded) <= Largest ? rounded : Math.Sign(rounded) * double.PositiveInfinity;
    }

    private static IEnumerable<decimal> Samples()
    {
        const int Small = 30;
        for (var i = -Small; i <= Small; i++)
        {
            yield return i;
            yield return i / 4m;
        }

        var power = 1m;
        for (var i = 0; i < PowersOfTen; i++, power *= 10)
        {
            foreach (var value in new[] { power, power - 1, power * 1.2345m, 1 / power })
            {
                yield return value;
                yield return -value;
            }
        }

        foreach (var bits in new[] { 7, 8, 15, 16, 31, 32, 63, 64 })
        {
            var value = (decimal)BigInteger.Pow(2, bits);
            yield return value - 1;
            yield return value;
            yield return -value;
        }
    }
}
