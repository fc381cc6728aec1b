using System.Buffers.Binary;
using TypedCache.Values;

namespace TypedCache.Tests.Values.OtherClients;

/// <summary>Dates in the forms of the clients that have one.</summary>
public class DateTests
{
    private const uint EnyimDate = 272;
    private const uint JavaDate = 0x400;
    private const uint NodeJson = 2;

    private static readonly DateTime Moment = new DateTime(2024, 2, 29, 23, 59, 58, 123, DateTimeKind.Utc).AddTicks(4567);

    [Theory]
    [InlineData(DateTimeKind.Utc)]
    [InlineData(DateTimeKind.Unspecified)]
    [InlineData(DateTimeKind.Local)]
    public void Enyim_keeps_ticks_and_kind(DateTimeKind kind)
    {
        var probe = new PipelineProbe(ValueDialect.Enyim);
        var value = DateTime.SpecifyKind(Moment, kind);
        var (flags, bytes) = probe.Encode(CacheCodecs.DateTime, value);
        Assert.Equal(EnyimDate, flags);
        Assert.Equal(value.ToBinary(), BinaryPrimitives.ReadInt64LittleEndian(bytes));

        var read = probe.Decode(CacheCodecs.DateTime, flags, bytes);
        Assert.Equal(value, read);
        Assert.Equal(kind, read.Kind);
    }

    [Fact]
    public void Java_and_Node_keep_milliseconds_of_UTC()
    {
        foreach (var dialect in new[] { ValueDialect.Spymemcached, ValueDialect.NodeMemcached })
        {
            var probe = new PipelineProbe(dialect);
            foreach (var value in new[] { Moment, Moment.ToLocalTime(), DateTime.SpecifyKind(Moment, DateTimeKind.Unspecified), DateTime.MinValue, DateTime.MaxValue, DateTime.UnixEpoch, DateTime.UnixEpoch.AddTicks(-1) })
            {
                var (flags, bytes) = probe.Encode(CacheCodecs.DateTime, value);
                var read = probe.Decode(CacheCodecs.DateTime, flags, bytes);
                var utc = value.Kind == DateTimeKind.Local ? value.ToUniversalTime() : value;
                Assert.Equal(utc.Ticks - (utc.Ticks % TimeSpan.TicksPerMillisecond), read.Ticks);
                Assert.Equal(DateTimeKind.Utc, read.Kind);
            }
        }
    }

    [Fact]
    public void Node_has_dates_as_JSON() =>
        Assert.Equal((NodeJson, "\"2024-02-29T23:59:58.123Z\""), new PipelineProbe(ValueDialect.NodeMemcached).EncodeText(CacheCodecs.DateTime, Moment));

    [Fact]
    public void Dialects_without_dates_say_what_to_do()
    {
        foreach (var dialect in AllDialects.Of.Except([ValueDialect.Enyim, ValueDialect.EnyimMessagePack, ValueDialect.Spymemcached, ValueDialect.NodeMemcached]))
        {
            var exception = Assert.Throws<InvalidOperationException>(() => new PipelineProbe(dialect).Encode(CacheCodecs.DateTime, Moment));
            Assert.StartsWith($"The dialect {dialect} has no form of its own for dates.", exception.Message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData(0x3FFF_FFFF_FFFF_FFFF)]
    [InlineData(long.MaxValue)]
    public void Ticks_that_are_no_date_are_refused(long binary)
    {
        var bytes = new byte[sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, binary);
        Assert.Contains("nothing that EnyimMemcachedCore writes", new PipelineProbe(ValueDialect.Enyim).Refused(CacheCodecs.DateTime, EnyimDate, bytes).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("7FFFFFFFFFFFFFFF")]
    [InlineData("8000000000000000")]
    [InlineData("E677D21FDC00")]
    [InlineData("FFFFC77CEDD327FF")]
    [InlineData("010203040506070809")]
    public void Milliseconds_that_are_no_date_are_refused(string bytes) =>
        Assert.Contains("nothing that Java's spymemcached writes", new PipelineProbe(ValueDialect.Spymemcached).Refused(CacheCodecs.DateTime, JavaDate, Convert.FromHexString(bytes)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("\"2020-02-30T00:00:00.000Z\"")]
    [InlineData("\"+012020-01-01T00:00:00.000Z\"")]
    [InlineData("\"2020-01-01T00:00:00Z\"")]
    [InlineData("\"2020-01-01\"")]
    public void Other_JSON_text_is_no_date(string json) =>
        Assert.Contains("JSON which Node.js wrote", new PipelineProbe(ValueDialect.NodeMemcached).Refused(CacheCodecs.DateTime, NodeJson, json).Message, StringComparison.Ordinal);

    [Fact]
    public void A_text_of_Python_is_no_date_of_the_year_9226()
    {
        // EnyimMemcachedCore takes the flags of Python's text for those of a date, and so eight letters for ticks.
        var text = "abcdefgh"u8.ToArray();
        Assert.Equal(9226, DateTime.FromBinary(BinaryPrimitives.ReadInt64LittleEndian(text)).Year);

        var (flags, bytes) = new PipelineProbe(ValueDialect.Pymemcache).Encode(CacheCodecs.String, "abcdefgh");
        Assert.Equal((uint)TypeCode.DateTime, flags);
        Assert.Equal(text, bytes);
        foreach (var type in TypedRead.All)
        {
            var exception = Assert.Throws<CacheValueException>(() => type.Read(new PipelineProbe(ValueDialect.Enyim), flags, bytes));
            Assert.Contains("If Python's pymemcache or python-memcached stored it, create the pool's options by MemcachedPoolOptions.ForPymemcache() or ForPythonMemcached().", exception.Message, StringComparison.Ordinal);
        }
    }
}
