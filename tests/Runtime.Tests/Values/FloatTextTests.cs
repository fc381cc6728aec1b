using System.Globalization;
using System.Text;
using System.Text.Json;
using CsCheck;
using TypedCache.Tests.Vectors;
using TypedCache.Values;

namespace TypedCache.Tests.Values;

public class FloatTextTests(ITestOutputHelper output)
{
    private static readonly PipelineProbe Probe = PipelineProbe.Pecl;

    [Fact]
    public void Every_recorded_double_comes_back_bit_by_bit()
    {
        var compared = 0;
        foreach (var row in Rows())
        {
            var value = Value(row);
            var (flags, bytes) = Probe.Encode(CacheCodecs.Double, value);
            Assert.Equal(BitConverter.DoubleToInt64Bits(value), BitConverter.DoubleToInt64Bits(Probe.Decode(CacheCodecs.Double, flags, bytes)));
            compared++;
        }

        Assert.Equal(1688, compared);
    }

    [Fact]
    public void Where_pecls_text_is_exact_ours_is_the_same()
    {
        var compared = 0;
        foreach (var row in Rows().Where(row => row.GetProperty("memcache_roundtrip_exact").GetBoolean()))
        {
            Assert.Equal(row.GetProperty("memcache").GetString(), Probe.EncodeText(CacheCodecs.Double, Value(row)).Text);
            compared++;
        }

        output.WriteLine($"{compared} texts equal");
        Assert.Equal(520, compared);
    }

    [Theory]
    [InlineData("memcache", "memcache_roundtrip_exact")]
    [InlineData("memcached", "memcached_roundtrip_exact")]
    public void Texts_which_PHP_wrote_are_read(string extension, string exact)
    {
        var compared = 0;
        foreach (var row in Rows())
        {
            var text = row.GetProperty(extension).GetString()!;
            var read = Probe.Decode(CacheCodecs.Double, 0x700, text);
            Assert.Equal(double.Parse(text, CultureInfo.InvariantCulture), read);
            Assert.Equal(row.GetProperty(exact).GetBoolean(), Value(row).Equals(read));
            compared++;
        }

        Assert.Equal(1688, compared);
    }

    [Theory]
    [InlineData(0.0, "0")]
    [InlineData(-0.0, "-0")]
    [InlineData(1.0, "1")]
    [InlineData(-2.25, "-2.25")]
    [InlineData(1e25, "1.0e+25")]
    [InlineData(1.5e-7, "1.5e-7")]
    [InlineData(0.0001, "0.0001")]
    [InlineData(0.00001, "1.0e-5")]
    [InlineData(1e14, "1.0e+14")]
    [InlineData(99999999999999, "99999999999999")]
    [InlineData(1.0 / 3, "0.3333333333333333")]
    [InlineData(double.MaxValue, "1.7976931348623157e+308")]
    [InlineData(double.Epsilon, "5.0e-324")]
    [InlineData(double.NaN, "NAN")]
    [InlineData(double.PositiveInfinity, "INF")]
    [InlineData(double.NegativeInfinity, "-INF")]
    public void Pecls_forms_are_written(double value, string text)
    {
        Assert.Equal((0x700u, text), Probe.EncodeText(CacheCodecs.Double, value));
        Assert.Equal(BitConverter.DoubleToInt64Bits(value), BitConverter.DoubleToInt64Bits(Probe.Decode(CacheCodecs.Double, 0x700, text)));
    }

    [Theory]
    [InlineData("nan", double.NaN)]
    [InlineData("Infinity", double.PositiveInfinity)]
    [InlineData("-Infinity", double.NegativeInfinity)]
    [InlineData("+inf", double.PositiveInfinity)]
    [InlineData("1e400", double.PositiveInfinity)]
    [InlineData(".1", .1)]
    [InlineData("5.", 5)]
    [InlineData(" 7 ", 7)]
    [InlineData("1E+05", 100000)]
    public void Other_forms_which_C_reads_are_read(string text, double value) =>
        Assert.Equal(value, Probe.Decode(CacheCodecs.Double, 0x700, text));

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("-")]
    [InlineData("1,5")]
    [InlineData("12abc")]
    [InlineData("0x10")]
    [InlineData("1\0")]
    [InlineData("INFX")]
    public void Text_which_is_not_only_a_number_is_refused(string text) =>
        Assert.Contains("as Double", Probe.Refused(CacheCodecs.Double, 0x700, text).Message, StringComparison.Ordinal);

    [Fact]
    public void Any_double_survives() => Check.Sample(
        Gen.Double,
        value =>
        {
            var (flags, bytes) = Probe.Encode(CacheCodecs.Double, value);
            Assert.Equal(value, Probe.Decode(CacheCodecs.Double, flags, bytes));
            Assert.Equal(value, double.IsFinite(value) ? double.Parse(Encoding.ASCII.GetString(bytes), CultureInfo.InvariantCulture) : value);
        },
        iter: 20_000);

    [Fact]
    public void Any_float_survives() => Check.Sample(
        Gen.Float,
        value =>
        {
            var (flags, bytes) = Probe.Encode(CacheCodecs.Single, value);
            Assert.Equal(value, Probe.Decode(CacheCodecs.Single, flags, bytes));
        },
        iter: 20_000);

    [Fact]
    public void A_double_beyond_a_floats_range_is_refused()
    {
        Assert.Contains("as Single", Probe.Refused(CacheCodecs.Single, 0x700, "1e300").Message, StringComparison.Ordinal);
        Assert.Equal(float.PositiveInfinity, Probe.Decode(CacheCodecs.Single, 0x700, "INF"));
    }

    private static JsonElement[] Rows() => [.. RecordedVectors.Load("doubles").GetProperty("rows").EnumerateArray()];

    private static double Value(JsonElement row) => BitConverter.ToDouble(row.GetProperty("bits_le_b64").GetBytesFromBase64());
}
