using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using TypedCache.Values;

namespace TypedCache.Tests.Values;

public class CompressionTests
{
    private static readonly string Compressible = string.Concat(Enumerable.Repeat("the same words again and again ", 1000));

    [Theory]
    [InlineData(19_999, 0u)]
    [InlineData(20_000, 2u)]
    public void The_threshold_is_the_first_size_which_is_compressed(int length, uint flags)
    {
        var (written, bytes) = PipelineProbe.Pecl.Encode(CacheCodecs.String, Compressible[..length]);
        Assert.Equal(flags, written);
        Assert.Equal(flags == 0, bytes.Length == length);
        Assert.Equal(Compressible[..length], PipelineProbe.Pecl.Decode(CacheCodecs.String, written, bytes));
    }

    [Fact]
    public void A_threshold_of_0_turns_compression_off()
    {
        var probe = new PipelineProbe(ValueDialect.Pecl, new CompressionOptions { Threshold = 0 });
        Assert.Equal(0u, probe.Encode(CacheCodecs.String, Compressible).Flags);
    }

    [Fact]
    public void What_saves_too_little_stays_as_it_is()
    {
        var random = RandomNumberGenerator.GetBytes(100_000);
        var (flags, bytes) = PipelineProbe.Pecl.Encode(CacheCodecs.Bytes, random);
        Assert.Equal(0u, flags);
        Assert.Equal(random, bytes);
    }

    [Fact]
    public void The_saving_asked_for_is_exact_to_the_byte()
    {
        var value = Encoding.UTF8.GetBytes(Compressible[..10_000]);
        var size = Encode(0).Bytes.Length;

        // The largest size kept is floor(length * (1 - saving)): at the size itself the value is compressed, one below it is not.
        Assert.Equal(2u, Encode(1 - ((size + 0.5) / value.Length)).Flags);
        Assert.Equal(0u, Encode(1 - ((size - 0.5) / value.Length)).Flags);

        (uint Flags, byte[] Bytes) Encode(double saving) => new PipelineProbe(
            ValueDialect.Pecl, new CompressionOptions { Threshold = 1, MinimumSaving = saving }).Encode(CacheCodecs.Bytes, value);
    }

    [Fact]
    public void What_could_not_be_expanded_again_is_not_stored()
    {
        var limited = new CompressionOptions { MaxExpandedSize = 25_000 };
        Assert.Equal(2u, new PipelineProbe(ValueDialect.Pecl, limited).Encode(CacheCodecs.String, Compressible[..25_000]).Flags);
        Assert.Contains("CompressionOptions.MaxExpandedSize", Refused(ValueDialect.Pecl, limited), StringComparison.Ordinal);
        Assert.Contains("CompressionOptions.MaxExpandedSize", Refused(ValueDialect.PhpMemcached, limited), StringComparison.Ordinal);
        Assert.Contains("CompressionOptions.MaxExpandedTogether", Refused(ValueDialect.Pecl, new CompressionOptions { MaxExpandedTogether = 25_000 }), StringComparison.Ordinal);

        // It stays as it is, so that nothing has to be expanded.
        var random = RandomNumberGenerator.GetBytes(30_000);
        Assert.Equal(random, new PipelineProbe(ValueDialect.Pecl, limited).Encode(CacheCodecs.Bytes, random).Bytes);

        static string Refused(ValueDialect dialect, CompressionOptions options) =>
            Assert.ThrowsAny<ArgumentException>(() => new PipelineProbe(dialect, options).Encode(CacheCodecs.String, Compressible)).Message;
    }

    [Fact]
    public void What_would_close_the_connection_of_its_reader_is_not_stored()
    {
        var pipeline = new ValuePipeline(ValueDialect.Pecl, new CompressionOptions(), maxLength: 1000);
        pipeline.Encode(CacheCodecs.Bytes, new byte[1000], new PayloadBuffer());
        pipeline.Encode(CacheCodecs.String, Compressible, new PayloadBuffer());
        Assert.Contains("MemcachedPoolOptions.MaxValueLength", Refused(buffer => pipeline.Encode(CacheCodecs.Bytes, new byte[1001], buffer)), StringComparison.Ordinal);
        Assert.Contains("MemcachedPoolOptions.MaxValueLength", Refused(buffer => pipeline.EncodePart(CacheCodecs.Bytes, new byte[1001], buffer)), StringComparison.Ordinal);

        static string Refused(Action<PayloadBuffer> encode) => Assert.ThrowsAny<ArgumentException>(() => encode(new PayloadBuffer())).Message;
    }

    // The samples say no only where compressing says so too.
    [Theory]
    [InlineData(0, true, true)]
    [InlineData(1, false, false)]
    [InlineData(0.95, true, false)]
    [InlineData(0.5, true, true)]
    public void A_large_value_is_judged_by_samples_of_all_of_it(double randomPart, bool isPromising, bool isCompressed)
    {
        var value = new byte[3 * 1024 * 1024];
        var words = "the same words again and again "u8;
        for (var i = 0; i < value.Length; i++)
        {
            value[i] = words[i % words.Length];
        }

        new Random(1).NextBytes(value.AsSpan(0, (int)(value.Length * randomPart)));
        var asked = 0;
        var promising = CompressionSamples.ArePromising(value, (int)(value.Length * 0.8), (sample, buffer) =>
        {
            asked++;
            return SizeOf(sample.ToArray());
        });

        Assert.Equal(isPromising, promising);
        Assert.Equal(3, asked);
        Assert.Equal(isCompressed ? 2u : 0u, PipelineProbe.Pecl.Encode(CacheCodecs.Bytes, value).Flags);

        static int SizeOf(byte[] sample)
        {
            using var target = new MemoryStream();
            using (var zlib = new ZLibStream(target, CompressionLevel.Fastest, leaveOpen: true))
            {
                zlib.Write(sample);
            }

            return (int)target.Length;
        }
    }

    [Fact]
    public void What_is_stored_uncompressed_stays_as_it_is_and_compressed_values_are_read_as_well()
    {
        var uncompressed = CacheCodecs.Uncompressed(CacheCodecs.String);
        foreach (var probe in new[] { PipelineProbe.Pecl, PipelineProbe.PhpMemcached })
        {
            Assert.Equal((0u, Compressible), probe.EncodeText(uncompressed, Compressible));
            var (flags, bytes) = probe.Encode(CacheCodecs.String, Compressible);
            Assert.NotEqual(0u, flags);
            Assert.Equal(Compressible, probe.Decode(uncompressed, flags, bytes));
        }
    }

    [Fact]
    public void Numbers_are_never_compressed()
    {
        var probe = new PipelineProbe(ValueDialect.Pecl, new CompressionOptions { Threshold = 1, MinimumSaving = 0 });
        Assert.Equal((0x300u, "1111111111111111111"), probe.EncodeText(CacheCodecs.Int64, 1111111111111111111));
    }

    [Theory]
    [InlineData(CompressionLevel.NoCompression)]
    [InlineData(CompressionLevel.Fastest)]
    [InlineData(CompressionLevel.SmallestSize)]
    public void Every_level_of_zlib_is_read(CompressionLevel level) =>
        Assert.Equal(Compressible, PipelineProbe.Pecl.Decode(CacheCodecs.String, 2, Deflate(Encoding.UTF8.GetBytes(Compressible), level)));

    [Fact]
    public void Compression_is_undone_for_every_type()
    {
        Assert.Equal(123, PipelineProbe.Pecl.Decode(CacheCodecs.Int32, 0x302, Deflate("123"u8.ToArray())));
        Assert.Equal(1.5, PipelineProbe.Pecl.Decode(CacheCodecs.Double, 0x702, Deflate("1.5"u8.ToArray())));
    }

    [Fact]
    public void Zlib_data_cut_at_any_byte_is_refused()
    {
        var whole = Deflate(Encoding.UTF8.GetBytes(Compressible[..2000]));
        for (var length = 0; length < whole.Length; length++)
        {
            var exception = PipelineProbe.Pecl.Refused(CacheCodecs.String, 2, whole[..length]);
            Assert.IsType<InvalidDataException>(exception.InnerException);
        }
    }

    [Fact]
    public void Damaged_zlib_data_never_gives_another_value()
    {
        var original = Compressible[..2000];
        var whole = Deflate(Encoding.UTF8.GetBytes(original));
        for (var at = 0; at < whole.Length; at++)
        {
            var damaged = whole.ToArray();
            damaged[at] ^= 0x10;
            try
            {
                // The header has bits which do not change the content.
                Assert.Equal(original, PipelineProbe.Pecl.Decode(CacheCodecs.String, 2, damaged));
            }
            catch (CacheValueException exception)
            {
                Assert.Contains("as String", exception.Message, StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public void A_bomb_is_refused_within_bounded_memory()
    {
        var bomb = Deflate(new byte[100 * 1024 * 1024]);
        var probe = new PipelineProbe(ValueDialect.Pecl, new CompressionOptions { MaxExpandedSize = 1024 * 1024 });
        var before = GC.GetAllocatedBytesForCurrentThread();
        var exception = probe.Refused(CacheCodecs.Bytes, 2, bomb);
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.Contains("1048576 bytes", exception.Message, StringComparison.Ordinal);
        Assert.True(allocated < 8 * 1024 * 1024, $"{allocated} bytes");
    }

    [Fact]
    public void A_value_may_expand_to_exactly_the_limit()
    {
        var compressed = Deflate(new byte[5000]);
        Assert.Equal(5000, Probe(5000).Decode(CacheCodecs.Bytes, 2, compressed).Length);
        Probe(4999).Refused(CacheCodecs.Bytes, 2, compressed);

        static PipelineProbe Probe(int limit) => new(ValueDialect.Pecl, new CompressionOptions { MaxExpandedSize = limit });
    }

    [Fact]
    public void Options_refuse_what_makes_no_sense()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new CompressionOptions { Threshold = -1 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new CompressionOptions { MinimumSaving = 1.1 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new CompressionOptions { MinimumSaving = double.NaN });
        Assert.Throws<ArgumentOutOfRangeException>(() => new CompressionOptions { MaxExpandedSize = 0 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new CompressionOptions { MaxExpandedSize = int.MaxValue });
        Assert.Throws<ArgumentOutOfRangeException>(() => new CompressionOptions { MaxExpandedTogether = 0 });
    }

    private static byte[] Deflate(byte[] bytes, CompressionLevel level = CompressionLevel.Optimal)
    {
        using var target = new MemoryStream();
        using (var zlib = new ZLibStream(target, level))
        {
            zlib.Write(bytes);
        }

        return target.ToArray();
    }
}
