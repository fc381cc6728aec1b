using System.Text;
using TypedCache.Values;

namespace TypedCache.Tests.Values;

public class CodecTests
{
    private static readonly PipelineProbe Probe = PipelineProbe.Pecl;

    [Fact]
    public void Whole_numbers_keep_their_extremes()
    {
        RoundTrip(CacheCodecs.Byte, byte.MaxValue, "255");
        RoundTrip(CacheCodecs.SByte, sbyte.MinValue, "-128");
        RoundTrip(CacheCodecs.Int16, short.MinValue, "-32768");
        RoundTrip(CacheCodecs.UInt16, ushort.MaxValue, "65535");
        RoundTrip(CacheCodecs.Int32, int.MinValue, "-2147483648");
        RoundTrip(CacheCodecs.UInt32, uint.MaxValue, "4294967295");
        RoundTrip(CacheCodecs.Int64, long.MinValue, "-9223372036854775808");
        RoundTrip(CacheCodecs.UInt64, ulong.MaxValue, "18446744073709551615");
        RoundTrip(CacheCodecs.Nullable(CacheCodecs.Int32), 7, "7");

        static void RoundTrip<T>(ICacheCodec<T> codec, T value, string text)
        {
            Assert.Equal((0x300u, text), Probe.EncodeText(codec, value));
            Assert.Equal(value, Probe.Decode(codec, 0x300, text));
        }
    }

    [Theory]
    [InlineData(0x300u, "42", 42)]
    [InlineData(0u, "42", 42)]
    [InlineData(0u, "9 ", 9)]
    [InlineData(0u, "-7", -7)]
    [InlineData(0x300u, "007", 7)]
    [InlineData(0x100u, "1", 1)]
    [InlineData(0x100u, "0", 0)]
    [InlineData(0x1300u, "5", 5)]
    public void An_int_is_read_from_a_number_a_counter_or_a_bool(uint flags, string text, int value) =>
        Assert.Equal(value, Probe.Decode(CacheCodecs.Int32, flags, text));

    [Theory]
    [InlineData(0x300u, "2147483648")]
    [InlineData(0x300u, "")]
    [InlineData(0x300u, "-")]
    [InlineData(0x300u, "1.5")]
    [InlineData(0x300u, "12abc")]
    [InlineData(0x300u, "1\0")]
    [InlineData(0x300u, "1,000")]
    [InlineData(0u, "hello")]
    [InlineData(0x700u, "5")]
    [InlineData(0x200u, "5")]
    [InlineData(0x10001u, "5")]
    public void An_int_is_not_read_from_anything_else(uint flags, string text)
    {
        var exception = Probe.Refused(CacheCodecs.Int32, flags, text);
        Assert.Equal(flags, exception.Flags);
        Assert.Equal("some:key", exception.Key);
        Assert.Contains("'some:key'", exception.Message, StringComparison.Ordinal);
        Assert.Contains("as Int32", exception.Message, StringComparison.Ordinal);
        Assert.Contains($"0x{flags:X}", exception.Message, StringComparison.Ordinal);
        Assert.Contains("delete the key", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Numbers_which_do_not_fit_are_refused()
    {
        Assert.Contains("as Byte", Probe.Refused(CacheCodecs.Byte, 0x300, "256").Message, StringComparison.Ordinal);
        Assert.Contains("as UInt64", Probe.Refused(CacheCodecs.UInt64, 0x300, "-1").Message, StringComparison.Ordinal);
        Assert.Contains("as Int64", Probe.Refused(CacheCodecs.Int64, 0x300, "9223372036854775808").Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0x100u, "1", true)]
    [InlineData(0x100u, "0", false)]
    [InlineData(0x100u, "2 ", false)]
    [InlineData(0u, "1", true)]
    [InlineData(0x300u, "0", false)]
    public void A_bool_is_read_as_pecl_reads_it(uint flags, string text, bool value) =>
        Assert.Equal(value, Probe.Decode(CacheCodecs.Boolean, flags, text));

    [Theory]
    [InlineData(0u, "true")]
    [InlineData(0x300u, "5")]
    [InlineData(0x700u, "1")]
    public void A_bool_is_not_guessed(uint flags, string text) =>
        Assert.Contains("as Boolean", Probe.Refused(CacheCodecs.Boolean, flags, text).Message, StringComparison.Ordinal);

    [Fact]
    public void Bools_and_text_are_written_as_pecl_writes_them()
    {
        Assert.Equal((0x100u, "1"), Probe.EncodeText(CacheCodecs.Boolean, true));
        Assert.Equal((0x100u, "0"), Probe.EncodeText(CacheCodecs.Boolean, false));
        Assert.Equal((0u, "缓存"), Probe.EncodeText(CacheCodecs.String, "缓存"));
        Assert.Equal((0u, ""), Probe.EncodeText(CacheCodecs.String, ""));
    }

    [Theory]
    [InlineData(0x300u, "42")]
    [InlineData(0x700u, "1.5")]
    [InlineData(0x100u, "1")]
    [InlineData(0u, "")]
    [InlineData(0u, "缓存 \U0001F600")]
    public void Text_is_read_from_text_numbers_and_bools(uint flags, string text) =>
        Assert.Equal(text, Probe.Decode(CacheCodecs.String, flags, text));

    [Fact]
    public void Text_of_every_length_around_the_kept_buffer_survives()
    {
        foreach (var length in (int[])[1, 255, 256, 257, 511, 512, 513, 5000])
        {
            var text = string.Concat(Enumerable.Range(0, length).Select(i => (char)('a' + (i % 26)))) + "é缓";
            Assert.Equal(text, Probe.EncodeText(CacheCodecs.String, text).Text);
        }
    }

    [Fact]
    public void Bytes_can_be_written_piece_by_piece_and_none_at_all()
    {
        Assert.Equal((0u, "abc"), Probe.EncodeText(new PiecesCodec(), ["a", "bc"]));
        Assert.Equal((0u, ""), Probe.EncodeText(new PiecesCodec(), []));
    }

    [Fact]
    public void Bytes_which_are_not_UTF8_are_no_text()
    {
        byte[] bytes = [0x61, 0xFF, 0x80];
        Assert.Contains("not UTF-8", Probe.Refused(CacheCodecs.String, 0, bytes).Message, StringComparison.Ordinal);
        Assert.Equal(bytes, Probe.Decode(CacheCodecs.Bytes, 0, bytes));
        Assert.Equal(bytes, Probe.Decode(CacheCodecs.Memory, 0, bytes).ToArray());
    }

    [Fact]
    public void Half_a_surrogate_pair_is_not_written()
    {
        var exception = Assert.Throws<ArgumentException>(() => Probe.Encode(CacheCodecs.String, "a\uD800"));
        Assert.Contains("surrogate", exception.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => Probe.Encode(CacheCodecs.String, new string('a', 1000) + '\uDC00'));
    }

    [Fact]
    public void Bytes_are_read_under_unknown_flags_but_not_when_serialized()
    {
        Assert.Equal("abc"u8.ToArray(), Probe.Decode(CacheCodecs.Bytes, 0x20, "abc"));
        Assert.Contains("PHP's serialize()", Probe.Refused(CacheCodecs.Bytes, 1, "a:0:{}").Message, StringComparison.Ordinal);
        Assert.Contains("MessagePack", Probe.Refused(CacheCodecs.Bytes, 0x10001, "a").Message, StringComparison.Ordinal);
        Assert.Contains("dialect Pecl", Probe.Refused(CacheCodecs.String, 0x20, "abc").Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Memory_is_written_as_it_is_and_read_as_a_copy()
    {
        var source = "0123456789"u8.ToArray();
        Assert.Equal((0u, "345"), Probe.EncodeText(CacheCodecs.Memory, source.AsMemory(3, 3)));

        var read = Probe.Decode(CacheCodecs.Memory, 0, source);
        source[0] = (byte)'x';
        Assert.Equal((byte)'0', read.Span[0]);
    }

    [Fact]
    public void Null_is_refused_with_what_to_do_instead()
    {
        Refused(CacheCodecs.String, null!);
        Refused(CacheCodecs.Bytes, null!);
        Refused(CacheCodecs.Nullable(CacheCodecs.Int32), null);

        static void Refused<T>(ICacheCodec<T> codec, T value)
        {
            var exception = Assert.Throws<ArgumentNullException>(() => Probe.Encode(codec, value));
            Assert.Contains("Delete the key", exception.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_codec_which_writes_nothing_or_twice_is_named()
    {
        foreach (var calls in (int[])[0, 2])
        {
            var exception = Assert.Throws<InvalidOperationException>(() => Probe.Encode(new MiscountingCodec(calls), 1));
            Assert.Contains(nameof(MiscountingCodec), exception.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Keys_in_messages_are_cut_and_cannot_forge_log_lines()
    {
        var exception = Probe.Refused(CacheCodecs.Int32, 0, "x", key: "a\r\nb" + new string('k', 240));
        Assert.DoesNotContain('\n', exception.Message);
        Assert.Contains("'a??bkkk", exception.Message, StringComparison.Ordinal);
        Assert.Contains("...'", exception.Message, StringComparison.Ordinal);
        Assert.True(exception.Message.Length < 300, exception.Message);
        Assert.Equal(244, Encoding.UTF8.GetByteCount(exception.Key!));
    }

    private sealed class MiscountingCodec(int calls) : ICacheCodec<int>
    {
        public void Write(ref ValueWriter writer, int value)
        {
            for (var i = 0; i < calls; i++)
            {
                writer.WriteInteger(value);
            }
        }

        public int Read(in StoredValue stored) => 0;
    }

    private sealed class PiecesCodec : ICacheCodec<string[]>
    {
        public void Write(ref ValueWriter writer, string[] value)
        {
            var buffer = writer.BeginRaw();
            foreach (var piece in value)
            {
                Encoding.UTF8.GetBytes(piece, buffer);
            }
        }

        public string[] Read(in StoredValue stored) => [stored.ReadText()];
    }
}
