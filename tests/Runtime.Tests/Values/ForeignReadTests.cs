using System.Text;
using TypedCache.Tests.Vectors;
using TypedCache.Values;

namespace TypedCache.Tests.Values;

/// <summary>Hand-made items which both PHP extensions read: what we read is what PHP reads, or it is refused.</summary>
public class ForeignReadTests(ITestOutputHelper output)
{
    [Fact]
    public void Pecl_items() => Compare(ValueDialect.Pecl, "memcache", read: 114, refused: 355);

    [Fact]
    public void Php_memcached_items() => Compare(ValueDialect.PhpMemcached, "memcached", read: 68, refused: 401);

    [Theory]
    [InlineData(1u, "42")]
    [InlineData(2u, "1.5")]
    [InlineData(3u, "1")]
    [InlineData(4u, "a:0:{}")]
    [InlineData(6u, "[]")]
    [InlineData(0x30u, "xxxxyyyy")]
    [InlineData(0x50u, "xxxxyyyy")]
    public void What_php_memcached_wrote_hints_at_its_preset(uint flags, string text) =>
        Assert.Contains("MemcachedPoolOptions.ForPhpMemcached()", PipelineProbe.Pecl.Refused(CacheCodecs.Int32, flags, text).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData(0x300u, "42")]
    [InlineData(0x100u, "1")]
    [InlineData(0x10001u, "xx")]
    public void What_pecl_memcache_wrote_hints_at_its_preset(uint flags, string text) =>
        Assert.Contains("MemcachedPoolOptions.ForPeclMemcache()", PipelineProbe.PhpMemcached.Refused(CacheCodecs.Int32, flags, text).Message, StringComparison.Ordinal);

    [Fact]
    public void A_value_of_the_dialect_itself_hints_at_no_other()
    {
        Assert.DoesNotContain("MemcachedPoolOptions", PipelineProbe.Pecl.Refused(CacheCodecs.Int32, 0, "text").Message, StringComparison.Ordinal);
        Assert.DoesNotContain("MemcachedPoolOptions", PipelineProbe.Pecl.Refused(CacheCodecs.Int32, 0x10001, "text").Message, StringComparison.Ordinal);
        Assert.DoesNotContain("MemcachedPoolOptions", PipelineProbe.PhpMemcached.Refused(CacheCodecs.Int32, 7, "text").Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("9223372036854775808")]
    [InlineData("18446744073709551615  ")]
    public void A_counter_that_is_too_large_for_the_type_hints_at_one_that_holds_it(string text)
    {
        Assert.Contains("read as Int64, because it is too large; read it as UInt64", PipelineProbe.Pecl.Refused(CacheCodecs.Int64, 0, text).Message, StringComparison.Ordinal);
        Assert.Contains("read it as UInt64", PipelineProbe.Pecl.Refused(CacheCodecs.Byte, 0x300, text).Message, StringComparison.Ordinal);
        Assert.DoesNotContain("too large", PipelineProbe.Pecl.Refused(CacheCodecs.UInt64, 0, "99999999999999999999").Message, StringComparison.Ordinal);
    }

    [Fact]
    public void MessagePack_items_are_never_read_as_text()
    {
        foreach (var item in RecordedVectors.Load("msgpack_reads").GetProperty("items").EnumerateObject())
        {
            var bytes = item.Value.GetBytesFromBase64();
            PipelineProbe.Pecl.Refused(CacheCodecs.String, 0x10000, bytes);
            PipelineProbe.Pecl.Refused(CacheCodecs.String, 0x10001, bytes);
            PipelineProbe.Pecl.Refused(CacheCodecs.String, 1, bytes);
            new PipelineProbe(ValueDialect.PhpMemcached).Refused(CacheCodecs.String, 7, bytes);
        }
    }

    private void Compare(ValueDialect dialect, string extension, int read, int refused)
    {
        var probe = new PipelineProbe(dialect);
        var (equal, thrown) = (0, 0);
        foreach (var item in RecordedVectors.Load("reads").GetProperty("items").EnumerateArray())
        {
            var flags = item.GetProperty("flags").GetUInt32();
            var bytes = item.GetProperty("data_b64").GetBytesFromBase64();
            try
            {
                var ours = Read(probe, dialect.KindOf(flags), flags, bytes);
                Assert.True(PhpScalar.Matches(item.GetProperty(extension).GetProperty("get"), ours), $"0x{flags:X} {item}");
                equal++;
            }
            catch (CacheValueException exception)
            {
                Assert.Equal(flags, exception.Flags);
                thrown++;
            }
        }

        output.WriteLine($"{equal} read as PHP reads them, {thrown} refused");
        Assert.Equal((read, refused), (equal, thrown));
    }

    private static object Read(PipelineProbe probe, ValueKind kind, uint flags, byte[] bytes) => kind switch
    {
        ValueKind.PhpSerialized => ReadSerialized(probe, flags, bytes),
        ValueKind.Integer => probe.Decode(CacheCodecs.Int64, flags, bytes),
        ValueKind.Float => probe.Decode(CacheCodecs.Double, flags, bytes),
        ValueKind.Boolean => probe.Decode(CacheCodecs.Boolean, flags, bytes),
        ValueKind.Raw => probe.Decode(CacheCodecs.Bytes, flags, bytes),
        _ => Encoding.UTF8.GetBytes(probe.Decode(CacheCodecs.String, flags, bytes)),
    };

    // PHP's null is false to pecl-memcache and null to php-memcached, and is compared as that.
    private static object ReadSerialized(PipelineProbe probe, uint flags, byte[] bytes) => bytes switch
    {
        [(byte)'i', ..] => probe.Decode(CacheCodecs.Int64, flags, bytes),
        [(byte)'d', ..] => probe.Decode(CacheCodecs.Double, flags, bytes),
        [(byte)'b', ..] => probe.Decode(CacheCodecs.Boolean, flags, bytes),
        [(byte)'N', ..] => probe.Decode(CacheCodecs.Nullable(CacheCodecs.Boolean), flags, bytes) ?? false,
        _ => probe.Decode(CacheCodecs.Bytes, flags, bytes),
    };
}
