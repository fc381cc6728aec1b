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
