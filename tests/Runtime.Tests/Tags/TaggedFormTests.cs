using System.Text;
using TypedCache.Tags;
using TypedCache.Tests.Values;
using TypedCache.Tests.Values.OtherClients;
using TypedCache.Values;

namespace TypedCache.Tests.Tags;

/// <summary>The stored form of a value with the versions of its tags.</summary>
public sealed class TaggedFormTests
{
    private static readonly PipelineProbe[] Dialects =
    [
        .. AllDialects.Of.Select(static dialect => new PipelineProbe(dialect)),
        .. AllDialects.Of.Select(static dialect => new PipelineProbe(dialect, new CompressionOptions { Threshold = 1, MinimumSaving = 0 })),
    ];

    [Fact]
    public void Values_of_all_kinds_come_back_with_their_versions()
    {
        foreach (var probe in Dialects)
        {
            RoundTrip(probe, CacheCodecs.String, "text");
            RoundTrip(probe, CacheCodecs.String, "");
            RoundTrip(probe, CacheCodecs.String, new string('x', 5000));
            RoundTrip(probe, CacheCodecs.Int64, -42L);
            RoundTrip(probe, CacheCodecs.Double, 1.5);
            RoundTrip(probe, CacheCodecs.Boolean, false);
        }
    }

    [Fact]
    public void The_bytes_are_as_the_documentation_says()
    {
        var (flags, bytes) = PipelineProbe.Pecl.Encode(Codec(CacheCodecs.String), NewValue("v", [0x0102, 3], new OwnTags([[(byte)'k']], [5])));
        Assert.Equal(0x80u, flags);
        Assert.Equal(
            [(byte)'v', 5, 0, 0, 0, 0, 0, 0, 0, (byte)'k', 1, 2, 1, 0, 0, 0, 0, 0, 0, 3, 0, 0, 0, 0, 0, 0, 0, 1, 0x82],
            bytes);
    }

    // pymemcache, python-memcached, spymemcached and xmemcached read bits of the flags: those of text would give the text and its end.
    [Fact]
    public void Clients_that_read_bits_of_the_flags_see_none_of_their_own_in_those_of_a_value_with_tags()
    {
        var value = NewValue("text", [1]);
        Assert.Equal(0x1080u, new PipelineProbe(ValueDialect.Pymemcache).Encode(Codec(CacheCodecs.String), value).Flags);
        Assert.Equal(0x1080u, new PipelineProbe(ValueDialect.PythonMemcached).Encode(Codec(CacheCodecs.String), value).Flags);
        Assert.Equal(0xE80u, new PipelineProbe(ValueDialect.Spymemcached).Encode(Codec(CacheCodecs.String), value).Flags);

        // Enyim knows no such type code, and Marshal ends before the versions.
        Assert.Equal(0x192u, new PipelineProbe(ValueDialect.Enyim).Encode(Codec(CacheCodecs.String), value).Flags);
        Assert.Equal(0x81u, new PipelineProbe(ValueDialect.Dalli).Encode(Codec(CacheCodecs.String), value).Flags);
    }

    [Fact]
    public void What_another_client_has_under_the_flag_of_tags_is_no_value_with_tags()
    {
        // Whalin's transcoder in Java has it for a float.
        var probe = new PipelineProbe(ValueDialect.Spymemcached);
        Assert.Contains("nothing that Java's spymemcached writes", probe.Refused(CacheCodecs.Single, 0x80, [0x3F, 0xC0, 0, 0]).Message, StringComparison.Ordinal);
        var read = probe.Decode(Codec(CacheCodecs.String), 0x80, [0x3F, 0xC0, 0, 0]);
        Assert.Equal((true, false, null), (read.IsFound, read.IsVersioned, read.Value));
    }

    [Fact]
    public void A_reader_without_tags_gets_a_clear_refusal()
    {
        var (flags, bytes) = PipelineProbe.Pecl.Encode(Codec(CacheCodecs.String), NewValue("secret", [1]));
        foreach (var read in new Action[]
        {
            () => PipelineProbe.Pecl.Decode(CacheCodecs.String, flags, bytes),
            () => PipelineProbe.Pecl.Decode(CacheCodecs.Bytes, flags, bytes),
            () => PipelineProbe.PhpMemcached.Decode(CacheCodecs.Int32, flags, bytes),
        })
        {
            var refused = Assert.Throws<CacheValueException>(read);
            Assert.Contains("ends with the versions of its tags", refused.Message, StringComparison.Ordinal);
            Assert.Contains("Read it by a method that has its tags, or delete the key.", refused.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_value_that_was_stored_without_tags_has_no_versions()
    {
        var (flags, bytes) = PipelineProbe.Pecl.Encode(CacheCodecs.String, "plain");
        var read = PipelineProbe.Pecl.Decode(Codec(CacheCodecs.String), flags, bytes);
        Assert.Equal((true, false, null), (read.IsFound, read.IsVersioned, read.Value));
    }

    [Fact]
    public void Damaged_ends_are_refused_and_nothing_else_happens()
    {
        var random = new Random(7);
        var (flags, bytes) = PipelineProbe.Pecl.Encode(Codec(CacheCodecs.String), NewValue("v", [1, 2], new OwnTags([Encoding.UTF8.GetBytes("key"), [1]], [3, 4])));
        var refused = 0;
        for (var i = 0; i < 20_000; i++)
        {
            var damaged = bytes[random.Next(bytes.Length)..];
            damaged[^(1 + random.Next(Math.Min(damaged.Length, 3)))] = (byte)random.Next(256);
            try
            {
                PipelineProbe.Pecl.Decode(Codec(CacheCodecs.String), flags, damaged);
            }
            catch (CacheValueException)
            {
                refused++;
            }
        }

        Assert.InRange(refused, 10_000, 20_000);
        Assert.Throws<CacheValueException>(() => PipelineProbe.Pecl.Decode(Codec(CacheCodecs.String), flags, Array.Empty<byte>()));
    }

    private static ICacheCodec<Tagged<T>> Codec<T>(ICacheCodec<T> codec) => new TaggedCodec<T>(codec).Stored;

    private static Tagged<T> NewValue<T>(T value, ulong[] versions, OwnTags? own = null)
    {
        var all = default(TagVersions);
        Array.ForEach(versions, version => all.Add(version));
        return new Tagged<T> { IsFound = true, Value = value, IsVersioned = true, Versions = all, OwnTags = own };
    }

    private static void RoundTrip<T>(PipelineProbe probe, ICacheCodec<T> codec, T value)
    {
        ulong[] versions = [1, ulong.MaxValue, 3, 4, 5, 6, 7, 8];
        foreach (var count in new[] { 0, 1, 8 })
        {
            foreach (var own in new[] { null, new OwnTags([Encoding.UTF8.GetBytes("~t:a"), new byte[250]], [9, 10]) })
            {
                var (flags, bytes) = probe.Encode(Codec(codec), NewValue(value, versions[..count], own));
                var read = probe.Decode(Codec(codec), flags, bytes);
                var readVersions = read.Versions;
                Assert.Equal(value, read.Value);
                Assert.True(read is { IsFound: true, IsVersioned: true, Begun: 0 });
                Assert.Equal(versions[..count], readVersions.Span.ToArray());
                Assert.Equal(own?.Keys, read.OwnTags?.Keys);
                Assert.Equal(own?.Versions, read.OwnTags?.Versions);
            }
        }
    }
}
