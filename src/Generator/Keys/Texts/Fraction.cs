using System.Numerics;

namespace TypedCache.Generator.Keys.Texts;

/// <summary>An exact positive number.</summary>
internal readonly struct Fraction(BigInteger numerator, BigInteger denominator) : IComparable<Fraction>
{
    private readonly BigInteger _numerator = numerator;
    private readonly BigInteger _denominator = denominator;

    /// <summary>How many bits are before the binary point, give or take one; negative where zeros follow it.</summary>
    public int Magnitude => Bits(_numerator) - Bits(_denominator);

    public static Fraction Decimal(BigInteger digits, int exponent) => Scale(digits, 10, exponent);

    public static Fraction Binary(BigInteger significand, int exponent) => Scale(significand, 2, exponent);

    /// <summary>The largest whole multiple of a power of ten that is not larger.</summary>
    public BigInteger Floor(int exponent)
    {
        var scaled = Times(10, -exponent);
        return BigInteger.DivRem(scaled._numerator, scaled._denominator, out _);
    }

    /// <summary>The nearest multiple of a power of two; the even one where two are as near.</summary>
    public BigInteger Round(int exponent)
    {
        var scaled = Times(2, -exponent);
        var whole = BigInteger.DivRem(scaled._numerator, scaled._denominator, out var rest);
        var half = (2 * rest).CompareTo(scaled._denominator);
        return half > 0 || (half == 0 && !whole.IsEven) ? whole + 1 : whole;
    }

    public int CompareTo(Fraction other) => (_numerator * other._denominator).CompareTo(other._numerator * _denominator);

    public static Fraction operator -(Fraction left, Fraction right) => new(
        (left._numerator * right._denominator) - (right._numerator * left._denominator), left._denominator * right._denominator);

    private Fraction Times(int factor, int exponent) => exponent >= 0
        ? new Fraction(_numerator * BigInteger.Pow(factor, exponent), _denominator)
        : new Fraction(_numerator, _denominator * BigInteger.Pow(factor, -exponent));

    private static Fraction Scale(BigInteger number, int factor, int exponent) => new Fraction(number, BigInteger.One).Times(factor, exponent);

    private static int Bits(BigInteger number)
    {
        var bytes = number.ToByteArray();
        var bits = 8 * (bytes.Length - 1);
        for (var top = (int)bytes[bytes.Length - 1]; top > 0; top >>= 1)
        {
            bits++;
        }

        return bits;
    }
}
