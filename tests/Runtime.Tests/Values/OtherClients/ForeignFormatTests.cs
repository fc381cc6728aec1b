using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using TypedCache.Values;

namespace TypedCache.Tests.Values.OtherClients;

/// <summary>What other clients' formats have besides the values that were recorded.</summary>
public class ForeignFormatTests
{
    private const int MiB = 1024 * 1024;
    private const uint JavaGzip = 2;

    private static readonly PipelineProbe Python = new(ValueDialect.Pymemcache);
    private static readonly PipelineProbe Dalli = new(ValueDialect.Dalli);
    private static readonly PipelineProbe Java = new(ValueDialect.Spymemcached);
    private static readonly PipelineProbe Node = new(ValueDialect.NodeMemcached);

    [Theory]
    [InlineData("8005958B000000000000008C046B6579732E", "a frame of another length")]
    [InlineData("80064E2E", "a protocol of the future")]
    [InlineData("63706F7369780A73797374656D0A2E", "a global")]
    [InlineData("80024B012E2E", "bytes after the end")]
    [InlineData("80028A0A000000000000000000012E", "a number beyond 64 bits")]
    [InlineData("80024B01", "no end")]
    [InlineData("4930310A7030", "a line without an end")]
    [InlineData("800258FFFFFFFF612E", "a length beyond the end")]
    [InlineData("", "nothing")]
    public void Other_pickles_are_refused(string pickle, string why)
    {
        Assert.True(Python.Refused(CacheCodecs.Bytes, 1, Convert.FromHexString(pickle)).Message.Contains("Python wrote by pickle", StringComparison.Ordinal), why);
    }

    [Theory]
    [InlineData("8C0568656C6C6F2E")]
    [InlineData("80049509000000000000008C0568656C6C6F942E")]
    [InlineData("8002580500000068656C6C6F71002E")]
    [InlineData("8003430568656C6C6F71002E")]
    [InlineData("580500000068656C6C6F70300A2E")]
    public void Strings_and_bytes_in_pickles_are_read(string pickle) => Assert.Equal("hello", Python.Decode(CacheCodecs.String, 1, Convert.FromHexString(pickle)));

    [Theory]
    [InlineData("04085B00", "an array")]
    [InlineData("0408690606", "bytes after the end")]
    [InlineData("04086C2B0A00000000000000000100", "a number beyond 64 bits")]
    [InlineData("04086C2D09FFFFFFFFFFFFFFFF", "a negative number beyond 64 bits")]
    [InlineData("04082202FFFF61", "a length beyond the end")]
    [InlineData("0408220161", "a length beyond the end")]
    [InlineData("040822FA", "a negative length")]
    [InlineData("040849220661063A06455400", "more than the encoding")]
    [InlineData("0408660661", "no number")]
    [InlineData("0408", "nothing")]
    public void Other_Marshal_is_refused(string marshal, string why)
    {
        Assert.True(Dalli.Refused(CacheCodecs.Bytes, 1, Convert.FromHexString(marshal)).Message.Contains("Ruby wrote by Marshal", StringComparison.Ordinal), why);
    }

    [Fact]
    public void The_strings_of_the_npm_package_have_a_backslash_before_the_ends_of_lines()
    {
        foreach (var text in new[] { "\r", "\n\n", "a\r\nb\r\n", "\\\r", "\\\\\n", "\\", "a\\b", "ends\r" })
        {
            var (flags, bytes) = Node.Encode(CacheCodecs.String, text);
            Assert.Equal(text.Replace("\r", "\\\r", StringComparison.Ordinal).Replace("\n", "\\\n", StringComparison.Ordinal), Encoding.UTF8.GetString(bytes));
            Assert.Equal(text, Node.Decode(CacheCodecs.String, flags, bytes));
        }
    }

    [Fact]
    public void The_npm_package_doubles_bytes_beyond_ASCII()
    {
        var all = Enumerable.Range(0, 256).Select(static value => (byte)value).ToArray();
        var (flags, bytes) = Node.Encode(CacheCodecs.Bytes, all);
        Assert.Equal(4u, flags);
        Assert.Equal(256 + 128 + 2, bytes.Length);
        Assert.Equal(all, Node.Decode(CacheCodecs.Bytes, flags, bytes));
        Node.Refused(CacheCodecs.Bytes, 4, "€");
        Node.Refused(CacheCodecs.Bytes, 4, [0xC3]);
        Node.Refused(CacheCodecs.Bytes, 4, [0xC2, 0x20]);
    }

    [Fact]
    public void Gzip_that_is_cut_off_changed_or_added_to_is_refused()
    {
        var value = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, 1000)));
        var gzip = Gzip(value);
        Assert.Equal(value, Java.Decode(CacheCodecs.Bytes, JavaGzip, gzip));
        for (var length = 0; length < gzip.Length; length++)
        {
            Java.Refused(CacheCodecs.Bytes, JavaGzip, gzip[..length]);
        }

        Java.Refused(CacheCodecs.Bytes, JavaGzip, [.. gzip, 1, 2, 3]);
        Java.Refused(CacheCodecs.Bytes, JavaGzip, [.. gzip, .. gzip]);
        gzip[^5] ^= 1;
        Java.Refused(CacheCodecs.Bytes, JavaGzip, gzip);
    }

    [Fact]
    public void Gzip_that_expands_to_too_much_is_refused_and_gets_no_memory()
    {
        var bomb = Gzip(new byte[130 * MiB]);
        Java.Refused(CacheCodecs.Bytes, JavaGzip, bomb);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Contains("MaxExpandedSize", Java.Refused(CacheCodecs.Bytes, JavaGzip, bomb).Message, StringComparison.Ordinal);
        Assert.Contains("MaxExpandedSize", Dalli.Refused(CacheCodecs.Bytes, 3, bomb).Message, StringComparison.Ordinal);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, MiB);
    }

    [Fact]
    public void Options_without_zlib_refuse_what_any_client_compressed()
    {
        var text = new string('x', 50_000);
        foreach (var dialect in new[] { ValueDialect.Pymemcache, ValueDialect.PythonMemcached, ValueDialect.Dalli, ValueDialect.Spymemcached })
        {
            var (flags, bytes) = new PipelineProbe(dialect).Encode(CacheCodecs.String, text);
            Assert.InRange(bytes.Length, 1, 1000);
            Assert.Contains("have no zlib", new PipelineProbe(dialect, CompressionOptions.WithoutZlib()).Refused(CacheCodecs.String, flags, bytes).Message, StringComparison.Ordinal);
            Assert.Equal(text.Length, new PipelineProbe(dialect, CompressionOptions.WithoutZlib()).Encode(CacheCodecs.Bytes, new byte[text.Length]).Bytes.Length, tolerance: 20);
        }
    }

    [Fact]
    public void Clients_that_compress_nothing_get_nothing_compressed()
    {
        var text = new string('x', 50_000);
        foreach (var dialect in new[] { ValueDialect.Enyim, ValueDialect.EnyimMessagePack, ValueDialect.NodeMemcached, ValueDialect.Plain })
        {
            Assert.Equal(text.Length, new PipelineProbe(dialect).Encode(CacheCodecs.String, text).Bytes.Length);
        }
    }

    [Fact]
    public void What_would_grow_is_not_compressed()
    {
        var random = new byte[30_000];
        new Random(5).NextBytes(random);
        foreach (var dialect in new[] { ValueDialect.Pymemcache, ValueDialect.Dalli, ValueDialect.Spymemcached })
        {
            var probe = new PipelineProbe(dialect, new CompressionOptions { Threshold = 1, MinimumSaving = 0 });
            var (flags, bytes) = probe.Encode(CacheCodecs.Bytes, random);
            Assert.InRange(bytes.Length, random.Length, random.Length + 10);
            Assert.Equal(random, probe.Decode(CacheCodecs.Bytes, flags, bytes));
        }
    }

    [Fact]
    public void Nothing_can_be_added_to_Marshal()
    {
        var pipeline = new ValuePipeline(ValueDialect.Dalli, new CompressionOptions());
        var exception = Assert.Throws<InvalidOperationException>(() => pipeline.EncodePart(CacheCodecs.String, "more", new PayloadBuffer()));
        Assert.StartsWith("Under the dialect Dalli nothing can be appended or prepended", exception.Message, StringComparison.Ordinal);

        var part = new PayloadBuffer();
        new ValuePipeline(ValueDialect.Pymemcache, new CompressionOptions()).EncodePart(CacheCodecs.String, "more", part);
        Assert.Equal("more"u8, part.WrittenSpan);
    }

    [Fact]
    public void Counters_are_text_under_every_dialect()
    {
        foreach (var dialect in AllDialects.Of)
        {
            Assert.Equal(ulong.MaxValue, new PipelineProbe(dialect).Decode(CacheCodecs.UInt64, 0, "18446744073709551615"));
            Assert.Equal(9, new PipelineProbe(dialect).Decode(CacheCodecs.Int32, 0, "9 "));
        }
    }

    [Fact]
    public void Null_of_another_client_is_read_where_the_type_has_one()
    {
        foreach (var (dialect, flags, bytes) in new (ValueDialect, uint, byte[])[]
        {
            (ValueDialect.Enyim, 258, []),
            (ValueDialect.EnyimMessagePack, 256, []),
            (ValueDialect.Pymemcache, 1, [0x80, 5, (byte)'N', (byte)'.']),
            (ValueDialect.PythonMemcached, 1, "N."u8.ToArray()),
            (ValueDialect.Dalli, 1, [4, 8, (byte)'0']),
            (ValueDialect.NodeMemcached, 2, "null"u8.ToArray()),
        })
        {
            var probe = new PipelineProbe(dialect);
            Assert.Null(probe.Decode(CacheCodecs.String, flags, bytes));
            Assert.Null(probe.Decode(CacheCodecs.Bytes, flags, bytes));
            Assert.Null(probe.Decode(CacheCodecs.Nullable(CacheCodecs.Int32), flags, bytes));
            Assert.Null(probe.Decode(new TextListCodec(), flags, bytes));
            Assert.Contains("say that it is null.", probe.Refused(CacheCodecs.Int32, flags, bytes).Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Bytes_that_need_no_codec_are_those_that_the_codec_reads()
    {
        foreach (var dialect in AllDialects.Of)
        {
            var (pipeline, probe) = (new ValuePipeline(dialect, new CompressionOptions()), new PipelineProbe(dialect));
            var verbatim = 0;
            for (uint flags = 0; flags <= 0x10FFF; flags++)
            {
                if (!pipeline.IsVerbatim(CacheCodecs.Bytes, flags))
                {
                    continue;
                }

                foreach (var bytes in new byte[][] { [], [4, 8, (byte)'T'], "a\\\r\n"u8.ToArray(), [0xC3, 0xBF] })
                {
                    Assert.Equal(bytes, probe.Decode(CacheCodecs.Bytes, flags, bytes));
                }

                verbatim++;
            }

            Assert.True(verbatim > 0 || dialect == ValueDialect.NodeMemcached, $"{dialect}");
        }
    }

    private static byte[] Gzip(byte[] value)
    {
        using var target = new MemoryStream();
        using (var gzip = new GZipStream(target, CompressionLevel.Fastest, leaveOpen: true))
        {
            gzip.Write(value);
        }

        return target.ToArray();
    }
}
