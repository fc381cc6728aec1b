using System.Globalization;
using TypedCache.Tests.Vectors;
using TypedCache.Values;

namespace TypedCache.Tests.Values;

/// <summary>Every value which pecl-memcache 8 was recorded to store: we store the same, and read what it stored.</summary>
public class PeclVectorTests(ITestOutputHelper output)
{
    private const uint CompressedFlag = 2;
    private const uint UserFlags = 0xFFFF0000;

    [Fact]
    public void Strings_numbers_and_bools_are_written_as_pecl_writes_them()
    {
        var compared = 0;
        foreach (var stored in Stored())
        {
            if (stored.Input is not { } input || stored.Argument("flags") is not null)
            {
                continue;
            }

            var (flags, bytes) = new PipelineProbe(ValueDialect.Pecl, Compression(stored)).EncodeScalar(input);
            Assert.True(stored.Flags == flags, $"{stored.Expression}: 0x{flags:X} for 0x{stored.Flags:X}");
            if (input is not double)
            {
                Assert.Equal(Plain(stored.Flags, stored.Bytes), Plain(flags, bytes));
            }

            compared++;
        }

        output.WriteLine($"{compared} values written and compared");
        Assert.Equal(122, compared);
    }

    [Fact]
    public void Strings_numbers_and_bools_which_pecl_wrote_are_read()
    {
        var probe = PipelineProbe.Pecl;
        var compared = 0;
        foreach (var stored in Stored().Where(stored => (stored.Flags & UserFlags) == 0))
        {
            if (stored.Input is not { } input)
            {
                continue;
            }

            // pecl keeps 14 digits of a float, so what it gives back itself is what there is to read.
            Assert.Equal(input is double ? stored.Got : input, probe.DecodeLike(input, stored.Flags, stored.Bytes));
            compared++;
        }

        output.WriteLine($"{compared} values read and compared");
        Assert.Equal(135, compared);
    }

    [Fact]
    public void Strings_under_the_applications_own_flags_are_read_except_under_the_mark_of_MessagePack()
    {
        var compared = 0;
        foreach (var stored in Stored().Where(stored => stored.Input is byte[] && (stored.Flags & UserFlags) != 0))
        {
            if ((stored.Flags & 0x10000) != 0)
            {
                Assert.Contains("MessagePack", PipelineProbe.Pecl.Refused(CacheCodecs.String, stored.Flags, stored.Bytes).Message, StringComparison.Ordinal);
            }
            else
            {
                Assert.Equal("user", PipelineProbe.Pecl.Decode(CacheCodecs.String, stored.Flags, stored.Bytes));
            }

            compared++;
        }

        Assert.Equal(11, compared);
    }

    [Fact]
    public void Arrays_and_objects_of_PHP_are_refused_as_text_by_name()
    {
        var compared = 0;
        foreach (var stored in Stored().Where(stored => stored is { Input: null, Expression: not "null" }))
        {
            var exception = PipelineProbe.Pecl.Refused(CacheCodecs.String, stored.Flags, stored.Bytes);
            Assert.Contains("PHP's serialize()", exception.Message, StringComparison.Ordinal);
            Assert.Equal(stored.Flags, exception.Flags);
            compared++;
        }

        Assert.Equal(28, compared);
    }

    private static byte[] Plain(uint flags, byte[] bytes) => (flags & CompressedFlag) == 0 ? bytes : RecordedValue.Inflate(bytes);

    private static IEnumerable<RecordedValue> Stored() => RecordedValue.Load("pecl8_values");

    private static CompressionOptions Compression(RecordedValue stored)
    {
        var options = new CompressionOptions();
        if (stored.Argument("threshold") is { } arguments)
        {
            options.Threshold = arguments[0].GetInt32();
            options.MinimumSaving = arguments.GetArrayLength() > 1 ? arguments[1].GetDouble() : options.MinimumSaving;
        }
        else if (stored.Setting("memcache.compress_threshold") is { } threshold)
        {
            options.Threshold = int.Parse(threshold, CultureInfo.InvariantCulture);
        }

        return options;
    }
}
