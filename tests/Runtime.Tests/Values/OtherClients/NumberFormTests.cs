using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using System.Text.Json;
using TypedCache.Tests.Vectors;
using TypedCache.Values;

namespace TypedCache.Tests.Values.OtherClients;

/// <summary>Numbers as Python, Ruby and JavaScript write them: the same bytes are written, and what was written is read.</summary>
public class NumberFormTests(ITestOutputHelper output)
{
    private const uint Serialized = 1;
    private const uint NodeNumber = 8;

    private static readonly PipelineProbe Pymemcache = new(ValueDialect.Pymemcache);
    private static readonly PipelineProbe PythonMemcached = new(ValueDialect.PythonMemcached);
    private static readonly PipelineProbe Dalli = new(ValueDialect.Dalli);
    private static readonly PipelineProbe Node = new(ValueDialect.NodeMemcached);

    [Fact]
    public void Floating_point_numbers()
    {
        var compared = 0;
        foreach (var recorded in RecordedVectors.Load("other-clients/number-forms").GetProperty("doubles").EnumerateArray())
        {
            var value = BinaryPrimitives.ReadDoubleLittleEndian(recorded.GetProperty("bits_le_b64").GetBytesFromBase64());
            Compare(PythonMemcached, Serialized, value, Bytes(recorded, "pickle0_b64"));
            Compare(Pymemcache, Serialized, value, Bytes(recorded, "pickle5_b64"));
            Compare(Dalli, Serialized, value, Bytes(recorded, "marshal_b64"));

            // JavaScript has no text for the sign of zero.
            if (BitConverter.DoubleToUInt64Bits(value) != 1UL << 63)
            {
                Compare(Node, NodeNumber, value, Encoding.ASCII.GetBytes(recorded.GetProperty("javascript").GetString()!));
            }

            compared++;
        }

        output.WriteLine($"{compared} floating-point numbers in the forms of Python, Ruby and JavaScript");
        Assert.Equal(1688, compared);
    }

    [Fact]
    public void Whole_numbers()
    {
        var compared = 0;
        foreach (var recorded in RecordedVectors.Load("other-clients/number-forms").GetProperty("integers").EnumerateArray())
        {
            var text = recorded.GetProperty("value").GetString()!;
            var marshal = Bytes(recorded, "marshal_b64");
            Assert.Equal(text, Dalli.Decode(CacheCodecs.String, Serialized, marshal));
            foreach (var pickle in recorded.GetProperty("pickles_b64").EnumerateArray())
            {
                Assert.Equal(text, Pymemcache.Decode(CacheCodecs.String, Serialized, pickle.GetBytesFromBase64()));
            }

            var written = ulong.TryParse(text, CultureInfo.InvariantCulture, out var number)
                ? Dalli.Encode(CacheCodecs.UInt64, number)
                : Dalli.Encode(CacheCodecs.Int64, long.Parse(text, CultureInfo.InvariantCulture));
            Assert.Equal(Convert.ToHexString(marshal), Convert.ToHexString(written.Bytes));
            compared++;
        }

        output.WriteLine($"{compared} whole numbers in Marshal, and in pickles of the protocols 0 to 5");
        Assert.Equal(628, compared);
    }

    [Theory]
    [InlineData(0, 0x200, "")]
    [InlineData(1, 0x200, "01")]
    [InlineData(-1, 0x200, "FFFFFFFF")]
    [InlineData(int.MinValue, 0x200, "80000000")]
    public void Whole_numbers_of_Java(int value, uint flags, string bytes)
    {
        var probe = new PipelineProbe(ValueDialect.Spymemcached);
        var written = probe.Encode(CacheCodecs.Int32, value);
        Assert.Equal((flags, bytes), (written.Flags, Convert.ToHexString(written.Bytes)));

        // xmemcached can be told to keep the zeros; nobody writes some of them.
        Assert.Equal(value, probe.Decode(CacheCodecs.Int32, flags, Convert.FromHexString(bytes.PadLeft(8, '0'))));
        if (bytes.Length < 6)
        {
            probe.Refused(CacheCodecs.Int32, flags, Convert.FromHexString("00" + bytes));
        }
    }

    [Fact]
    public void Unsigned_types_become_the_next_larger_ones_in_Java()
    {
        var probe = new PipelineProbe(ValueDialect.Spymemcached);
        Assert.Equal(0x200u, probe.Encode(CacheCodecs.Byte, byte.MaxValue).Flags);
        Assert.Equal(0x200u, probe.Encode(CacheCodecs.UInt16, ushort.MaxValue).Flags);
        Assert.Equal(0x300u, probe.Encode(CacheCodecs.UInt32, uint.MaxValue).Flags);
        Assert.Equal(0x300u, probe.Encode(CacheCodecs.UInt64, (ulong)long.MaxValue).Flags);
        var exception = Assert.Throws<ArgumentOutOfRangeException>(() => probe.Encode(CacheCodecs.UInt64, 1UL << 63));
        Assert.Contains("Java's long holds no number beyond 2^63 - 1.", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Codecs_of_callers_write_long_ulong_and_double()
    {
        var probe = new PipelineProbe(ValueDialect.Enyim);
        Assert.Equal(267u, probe.Encode<object>(new WidestCodec(), 1L).Flags);
        Assert.Equal(268u, probe.Encode<object>(new WidestCodec(), 1UL).Flags);
        Assert.Equal(270u, probe.Encode<object>(new WidestCodec(), 1.0).Flags);
        Assert.Equal(8, probe.Encode<object>(new WidestCodec(), 1L).Bytes.Length);
    }

    [Fact]
    public void Codecs_of_callers_see_the_same_kinds_and_texts_for_all_dialects()
    {
        foreach (var dialect in AllDialects.Of)
        {
            var probe = new PipelineProbe(dialect);
            var isPlain = dialect == ValueDialect.Plain;
            Assert.Equal((isPlain ? ValueKind.Raw : ValueKind.Integer, "-42"), Seen(probe.Encode(CacheCodecs.Int32, -42)));
            Assert.Equal((isPlain ? ValueKind.Raw : ValueKind.Float, "1.5"), Seen(probe.Encode(CacheCodecs.Double, 1.5)));
            Assert.Equal((isPlain ? ValueKind.Raw : ValueKind.Boolean, "1"), Seen(probe.Encode(CacheCodecs.Boolean, true)));
            Assert.Equal((ValueKind.Raw, "a\r\nb"), Seen(probe.Encode(CacheCodecs.String, "a\r\nb")));

            (ValueKind Kind, string Text) Seen((uint Flags, byte[] Bytes) item) => ((ValueKind, string))probe.Decode(new WidestCodec(), item.Flags, item.Bytes);
        }
    }

    private static byte[] Bytes(JsonElement recorded, string name) => recorded.GetProperty(name).GetBytesFromBase64();

    private static void Compare(PipelineProbe probe, uint flags, double value, byte[] bytes)
    {
        var written = probe.Encode(CacheCodecs.Double, value);
        Assert.Equal(flags, written.Flags);
        Assert.Equal(Encoding.Latin1.GetString(bytes), Encoding.Latin1.GetString(written.Bytes));
        Assert.Equal(value, probe.Decode(CacheCodecs.Double, flags, bytes));
    }

    private sealed class WidestCodec : ICacheCodec<object>
    {
        public void Write(ref ValueWriter writer, object value)
        {
            switch (value)
            {
                case long number:
                    writer.WriteInteger(number);
                    break;
                case ulong number:
                    writer.WriteUnsigned(number);
                    break;
                default:
                    writer.WriteFloat((double)value);
                    break;
            }
        }

        public object Read(in StoredValue stored) => (stored.Kind, Encoding.UTF8.GetString(stored.Payload.Span));
    }
}
