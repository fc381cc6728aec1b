using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using TypedCache.Tests.Vectors;
using TypedCache.Values;

namespace TypedCache.Tests.Values;

/// <summary>Every value which php-memcached 3.2 was recorded to store: we store the same, and read what it stored.</summary>
public class PhpMemcachedVectorTests(ITestOutputHelper output)
{
    private const uint UserFlags = 0xFFFF0000;
    private const uint ZlibFlags = 0x30;
    private const uint CompressionFlags = 0x70;

    [Fact]
    public void Strings_numbers_and_bools_are_written_as_php_memcached_writes_them()
    {
        var compared = 0;
        var skipped = 0;
        foreach (var stored in RecordedValue.Load("lm_values"))
        {
            if (stored.Input is not { } input)
            {
                continue;
            }

            // We write neither fastlz nor application flags, and a factor of 0 keeps what is larger than the value.
            if ((stored.Flags & (UserFlags | 0x40)) != 0 || Factor(stored) == 0)
            {
                skipped++;
                continue;
            }

            var (flags, bytes) = new PipelineProbe(ValueDialect.PhpMemcached, Compression(stored)).EncodeScalar(input);
            Assert.True(stored.Flags == flags, $"{stored.Expression}: 0x{flags:X} for 0x{stored.Flags:X}");
            Assert.Equal(Plain(stored.Flags, stored.Bytes), Plain(flags, bytes));
            compared++;
        }

        output.WriteLine($"{compared} values written and compared, {skipped} not ours to write");
        Assert.Equal((136, 43), (compared, skipped));
    }

    [Fact]
    public void Strings_numbers_and_bools_which_php_memcached_wrote_are_read()
    {
        var probe = new PipelineProbe(ValueDialect.PhpMemcached);
        var compared = 0;
        var fastLz = 0;
        foreach (var stored in RecordedValue.Load("lm_values"))
        {
            if (stored.Input is { } input)
            {
                Assert.Equal(input, probe.DecodeLike(input, stored.Flags, stored.Bytes));
                compared++;
                fastLz += (stored.Flags & 0x40) != 0 ? 1 : 0;
            }
        }

        output.WriteLine($"{compared} values read and compared, {fastLz} of them fastlz");
        Assert.Equal((179, 21), (compared, fastLz));
    }

    [Fact]
    public void Every_recorded_double_has_the_same_text()
    {
        var probe = new PipelineProbe(ValueDialect.PhpMemcached);
        var compared = 0;
        foreach (var row in RecordedVectors.Load("doubles").GetProperty("rows").EnumerateArray())
        {
            var value = BitConverter.ToDouble(row.GetProperty("bits_le_b64").GetBytesFromBase64());
            Assert.Equal((2u, row.GetProperty("memcached").GetString()), probe.EncodeText(CacheCodecs.Double, value));
            compared++;
        }

        Assert.Equal(1688, compared);
    }

    [Fact]
    public void MessagePack_has_a_type_of_its_own()
    {
        Assert.Equal(ValueKind.MessagePack, ValueDialect.PhpMemcached.KindOf(7));
        Assert.Equal(7u, ValueDialect.PhpMemcached.FlagsOf(ValueKind.MessagePack));
        var probe = new PipelineProbe(ValueDialect.PhpMemcached);
        Assert.Contains("PHP's serialize()", probe.Refused(CacheCodecs.String, 4, "a:0:{}").Message, StringComparison.Ordinal);
        Assert.Contains("igbinary_serialize()", probe.Refused(CacheCodecs.String, 5, "x").Message, StringComparison.Ordinal);
        Assert.Contains("json_encode()", probe.Refused(CacheCodecs.String, 6, "[]").Message, StringComparison.Ordinal);
        Assert.Contains("dialect PhpMemcached", probe.Refused(CacheCodecs.String, 8, "x").Message, StringComparison.Ordinal);
        Assert.Contains("dialect PhpMemcached", probe.Refused(CacheCodecs.Int32, 0x300, "5").Message, StringComparison.Ordinal);
    }

    private static CompressionOptions Compression(RecordedValue stored)
    {
        var isOff = stored.Argument("opts") is { } options
            && options.EnumerateArray().Any(option => option[0].GetString() == "OPT_COMPRESSION");
        var threshold = int.Parse(stored.Setting("memcached.compression_threshold") ?? "2000", CultureInfo.InvariantCulture);

        // For PHP a threshold of 0 means every size, for us none.
        return new CompressionOptions { Threshold = isOff ? 0 : Math.Max(threshold, 1), MinimumSaving = 1 - (1 / Factor(stored)) };
    }

    private static double Factor(RecordedValue stored) =>
        double.Parse(stored.Setting("memcached.compression_factor") ?? "1.3", CultureInfo.InvariantCulture);

    private static string Plain(uint flags, byte[] bytes)
    {
        if ((flags & CompressionFlags) == 0)
        {
            return Encoding.Latin1.GetString(bytes);
        }

        Assert.Equal(ZlibFlags, flags & CompressionFlags);
        var plain = RecordedValue.Inflate(bytes[sizeof(uint)..]);
        Assert.Equal((uint)plain.Length, BinaryPrimitives.ReadUInt32LittleEndian(bytes));
        return Encoding.Latin1.GetString(plain);
    }
}
