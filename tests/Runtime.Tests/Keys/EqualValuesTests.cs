using System.Globalization;
using System.Numerics;
using System.Runtime.InteropServices;
using CsCheck;
using TypedCache.Keys;

namespace TypedCache.Tests.Keys;

public class EqualValuesTests
{
    [Theory]
    [InlineData("1.00", "1")]
    [InlineData("1.50", "1.5")]
    [InlineData("-1.500", "-1.5")]
    [InlineData("0.000", "0")]
    [InlineData("-0.0", "0")]
    [InlineData("100", "100")]
    [InlineData("100.0", "100")]
    [InlineData("0.0000001000", "0.0000001")]
    [InlineData("0.0000000000000000000000000001", "0.0000000000000000000000000001")]
    [InlineData("7922816251426433759354395033.50", "7922816251426433759354395033.5")]
    [InlineData("79228162514264337593543950335", "79228162514264337593543950335")]
    public void Equal_decimals_have_one_text(string number, string text) =>
        Assert.Equal(text, Key(decimal.Parse(number, CultureInfo.InvariantCulture)));

    [Fact]
    public void The_text_of_a_decimal_gives_the_same_number_whatever_its_scale() =>
        Gen.Select(Gen.Int, Gen.Int, Gen.Int, Gen.Bool, Gen.Byte[0, 28]).Sample(static (low, middle, high, isNegative, scale) =>
        {
            var number = new decimal(low, middle, high, isNegative, scale);
            var text = Key(number);
            Assert.Equal(number, decimal.Parse(text, CultureInfo.InvariantCulture));
            Assert.False(text.Contains('.', StringComparison.Ordinal) && text.EndsWith('0'), text);
        });

    [Fact]
    public void Negative_zero_is_written_like_zero()
    {
        Assert.Equal("0", Key(-0.0));
        Assert.Equal("0", Key(-0.0f));
        Assert.Equal("0", Key(-(Half)0));
        Assert.Equal("0", Key((NFloat)(-0.0)));
        Assert.Equal(Key(new Complex(0, 0)), Key(new Complex(-0.0, -0.0)));
        Assert.Equal("0.00", Key(-0.0, "F2"));
        Assert.Equal("-1.5", Key(-1.5));
        Assert.Equal("-5E-324", Key(-double.Epsilon));
        Assert.Equal("NaN", Key(BitConverter.UInt64BitsToDouble(0xFFF8_0000_0000_0001)));
    }

    [Fact]
    public void Equal_moments_are_written_in_utc()
    {
        var moment = new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.FromHours(2));

        Assert.Equal("2026-01-02T01:04:05.0000000+00:00", Key(moment, "O"));
        Assert.Equal(Key(moment.ToUniversalTime()), Key(moment));

        // A format of the caller's own may be about the local day.
        Assert.Equal("20260102+02", Key(moment, "yyyyMMddzz"));
    }

    [Fact]
    public void A_value_with_text_alone_is_written_like_that_text()
    {
        Assert.Equal("p:42%3A%25", TextKey(new Text("42:%"), length: 4, delimiter: (byte)':'));
        Assert.Equal(250, TextKey(new Text(new string('x', 5_000)), length: 5_000, delimiter: 0).Length);
        Assert.Equal("x7", StringKey(7));
    }

    private static string Key<T>(T value, string? format = null)
        where T : IUtf8SpanFormattable
    {
        var writer = new CacheKeyWriter(stackalloc byte[CacheKeyWriter.StackSize], KeyPolicy.Escape);
        writer.Append(value, format);
        return writer.FinishText();
    }

    private static string TextKey(Text value, int length, byte delimiter)
    {
        Assert.Equal(length, value.ToString(null, null).Length);
        var writer = new CacheKeyWriter(stackalloc byte[CacheKeyWriter.StackSize], KeyPolicy.Escape);
        writer.AppendLiteral("p:"u8);
        writer.AppendText(value, delimiter: delimiter);
        return writer.FinishText();
    }

    private static string StringKey(int value)
    {
        var writer = new CacheKeyWriter(stackalloc byte[CacheKeyWriter.StackSize], KeyPolicy.Escape);
        writer.AppendString(value, "'x'0");
        return writer.FinishText();
    }

    private readonly struct Text(string text) : ISpanFormattable
    {
        public bool TryFormat(Span<char> destination, out int charsWritten, ReadOnlySpan<char> format, IFormatProvider? provider)
        {
            var fits = text.TryCopyTo(destination);
            charsWritten = fits ? text.Length : 0;
            return fits;
        }

        public string ToString(string? format, IFormatProvider? formatProvider) => text;
    }
}
