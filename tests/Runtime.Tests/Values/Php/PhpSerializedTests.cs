using System.Text;
using MessagePack;
using TypedCache.Values;

namespace TypedCache.Tests.Values.Php;

public class PhpSerializedTests
{
    private const uint Serialized = 1;
    private static readonly PipelineProbe Probe = PipelineProbe.Pecl;

    [Fact]
    public void Scalars_are_read_as_what_they_are()
    {
        Assert.Equal("a\"b;é", Probe.Decode(CacheCodecs.String, Serialized, "s:6:\"a\"b;é\";"));
        Assert.Equal(-42, Probe.Decode(CacheCodecs.Int32, Serialized, "i:-42;"));
        Assert.Equal(1e25, Probe.Decode(CacheCodecs.Double, Serialized, "d:1.0E+25;"));
        Assert.Equal(double.NegativeInfinity, Probe.Decode(CacheCodecs.Double, Serialized, "d:-INF;"));
        Assert.True(Probe.Decode(CacheCodecs.Boolean, Serialized, "b:1;"));
        Assert.False(PipelineProbe.PhpMemcached.Decode(CacheCodecs.Boolean, 4, "b:0;"));
    }

    [Fact]
    public void Null_is_read_where_the_type_has_one()
    {
        Assert.Null(Probe.Decode(CacheCodecs.String, Serialized, "N;"));
        Assert.Null(Probe.Decode(CacheCodecs.Bytes, Serialized, "N;"));
        Assert.Null(Probe.Decode(CacheCodecs.Nullable(CacheCodecs.Int32), Serialized, "N;"));
        Assert.Contains("PHP's null", Probe.Refused(CacheCodecs.Int32, Serialized, "N;").Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("s:3:\"ab\";")]
    [InlineData("s:1:\"ab\";")]
    [InlineData("s:-1:\"\";")]
    [InlineData("s:4294967295:\"\";")]
    [InlineData("s:1:\"a\"")]
    [InlineData("s:1:a;")]
    [InlineData("b:2;")]
    [InlineData("i:;")]
    [InlineData("i:1;i:2;")]
    [InlineData("i:99999999999999999999;")]
    [InlineData("")]
    public void A_damaged_scalar_is_refused(string text)
    {
        Probe.Refused(CacheCodecs.Int64, Serialized, text);
        Probe.Refused(CacheCodecs.Boolean, Serialized, text);
        Probe.Refused(new JsonCodec(), Serialized, text);
    }

    [Fact]
    public void Objects_become_maps_by_property_name_whatever_their_visibility() =>
        Assert.Equal(
            """{"x":1,"y":"p","z":[1,2]}""",
            Probe.Decode(new JsonCodec(), Serialized, "O:2:\"Pt\":3:{s:1:\"x\";i:1;s:4:\"\0*\0y\";s:1:\"p\";s:5:\"\0Pt\0z\";a:2:{i:0;i:1;i:1;i:2;}}"));

    [Fact]
    public void An_array_takes_the_form_which_the_type_asks_for()
    {
        Assert.Equal([], Probe.Decode(new NamesCodec(), Serialized, "a:0:{}"));
        Assert.Equal("a,b", Join(Probe.Decode(new NamesCodec(), Serialized, "a:2:{i:0;s:1:\"a\";i:1;s:1:\"b\";}").Values));
        Assert.Equal("7,8", Join(Probe.Decode(new NamesCodec(), Serialized, "a:2:{i:7;s:1:\"a\";i:8;s:1:\"b\";}").Keys));
        Assert.Equal("7,x", Join(Probe.Decode(new NamesCodec(), Serialized, "a:2:{i:7;s:1:\"a\";s:1:\"x\";s:1:\"b\";}").Keys));

        static string Join(IEnumerable<string> texts) => string.Join(',', texts);
    }

    [Fact]
    public void Arrays_of_arrays_take_their_form_together()
    {
        var text = new StringBuilder("a:1000:{");
        for (var i = 0; i < 1000; i++)
        {
            text.Append($"i:{i};a:1:{{i:{i % 3};s:1:\"v\";}}");
        }

        Assert.Equal(1000, Probe.Decode(new ListOfNamesCodec(), Serialized, text.Append('}').ToString()));
    }

    [Theory]
    [InlineData("a:1:{i:0;R:1;}", "references")]
    [InlineData("a:1:{i:0;C:1:\"X\":0:{}}", "Serializable")]
    [InlineData("E:6:\"Suit:H\";", "enum")]
    [InlineData("a:2147483647:{}", "damaged")]
    [InlineData("a:2:{i:0;i:1;}", "damaged")]
    [InlineData("a:1:{i:0;i:1;", "damaged")]
    [InlineData("a:1:{N;i:1;}", "damaged")]
    [InlineData("a:1:{i:0;i:1;}x", "1 bytes follow")]
    [InlineData("\0\0\0\u0002\u0014", "igbinary_serialize()")]
    public void What_cannot_be_read_is_named(string text, string reason) =>
        Assert.Contains(reason, Probe.Refused(new JsonCodec(), Serialized, text).Message, StringComparison.Ordinal);

    [Fact]
    public void Levels_are_limited()
    {
        Assert.Contains("[[[", Probe.Decode(new JsonCodec(), Serialized, Nested(500)), StringComparison.Ordinal);
        Assert.Contains("500", Probe.Refused(new JsonCodec(), Serialized, Nested(501)).Message, StringComparison.Ordinal);
        Probe.Refused(new JsonCodec(), Serialized, Nested(100_000));

        static string Nested(int levels) =>
            string.Concat(Enumerable.Repeat("a:1:{i:0;", levels)) + "N;" + new string('}', levels);
    }

    [Fact]
    public void Damage_anywhere_ends_in_the_named_exception_or_a_value()
    {
        var valid = Encoding.ASCII.GetBytes("a:3:{s:1:\"a\";i:1;s:1:\"b\";a:2:{i:0;d:0.5;i:1;N;}s:1:\"c\";O:1:\"X\":1:{s:1:\"p\";b:1;}}");
        var random = new Random(7);
        var refused = 0;
        for (var i = 0; i < 20_000; i++)
        {
            var damaged = valid.ToArray();
            for (var change = random.Next(1, 4); change > 0; change--)
            {
                damaged[random.Next(damaged.Length)] = (byte)random.Next(256);
            }

            try
            {
                Probe.Decode(new JsonCodec(), Serialized, damaged[..random.Next(damaged.Length + 1)]);
            }
            catch (CacheValueException)
            {
                refused++;
            }
        }

        Assert.InRange(refused, 15_000, 20_000);
    }

    // Each array is in a place of its own, and only its last key tells that it is no list.
    [Fact]
    public void Any_number_of_arrays_may_turn_out_to_be_maps()
    {
        var text = new StringBuilder("a:1000:{");
        for (var i = 0; i < 1000; i++)
        {
            text.Append($"s:5:\"k{i:0000}\";a:3:{{i:0;s:1:\"v\";i:1;s:1:\"v\";i:7;s:1:\"v\";}}");
        }

        Assert.Equal(3000, Probe.Decode(new MapOfNamesCodec(), Serialized, text.Append('}').ToString()));
    }

    // Nothing in the text tells that these are maps.
    [Theory]
    [InlineData("a:0:{}")]
    [InlineData("a:2:{i:0;s:1:\"v\";i:1;s:1:\"v\";}")]
    public void Any_number_of_lists_may_be_read_as_maps(string inner)
    {
        var text = new StringBuilder("a:1000:{");
        for (var i = 0; i < 1000; i++)
        {
            text.Append($"s:5:\"k{i:0000}\";{inner}");
        }

        Assert.Equal(inner.Length > 6 ? 2000 : 0, Probe.Decode(new MapOfNamesCodec(), Serialized, text.Append('}').ToString()));
    }

    // Lists and maps alternate under names that come again, and under names that do not.
    [Fact]
    public void A_guess_that_was_wrong_is_taken_back()
    {
        var text = new StringBuilder("a:1000:{");
        for (var i = 0; i < 1000; i++)
        {
            text.Append($"s:5:\"k{i:0000}\";a:2:{{s:4:\"list\";a:1:{{i:0;i:{i};}}s:3:\"map\";a:1:{{i:0;s:1:\"v\";}}}}");
        }

        Assert.Equal(1000, Probe.Decode(new MapOfPairsCodec(), Serialized, text.Append('}').ToString()));
    }

    private sealed class MapOfNamesCodec : MessagePackCodec<int>
    {
        protected override void Serialize(ref MessagePackWriter writer, int value) => throw new NotSupportedException();

        protected override int Deserialize(ref MessagePackReader reader)
        {
            var found = 0;
            var count = reader.ReadMapHeader();
            for (var i = 0; i < count; i++)
            {
                Assert.Equal($"k{i:0000}", reader.ReadString());
                for (var left = reader.ReadMapHeader(); left > 0; left--, found++)
                {
                    Assert.InRange(int.Parse(reader.ReadString()!, System.Globalization.CultureInfo.InvariantCulture), 0, 7);
                    Assert.Equal("v", reader.ReadString());
                }
            }

            return found;
        }
    }

    private sealed class MapOfPairsCodec : MessagePackCodec<int>
    {
        protected override void Serialize(ref MessagePackWriter writer, int value) => throw new NotSupportedException();

        protected override int Deserialize(ref MessagePackReader reader)
        {
            var count = reader.ReadMapHeader();
            for (var i = 0; i < count; i++)
            {
                Assert.Equal($"k{i:0000}", reader.ReadString());
                Assert.Equal(2, reader.ReadMapHeader());
                Assert.Equal("list", reader.ReadString());
                Assert.Equal(1, reader.ReadArrayHeader());
                Assert.Equal(i, reader.ReadInt32());
                Assert.Equal("map", reader.ReadString());
                Assert.Equal(1, reader.ReadMapHeader());
                Assert.Equal(0, reader.ReadInt32());
                Assert.Equal("v", reader.ReadString());
            }

            return count;
        }
    }

    private sealed class NamesCodec : MessagePackCodec<Dictionary<string, string>>
    {
        protected override void Serialize(ref MessagePackWriter writer, Dictionary<string, string> value) => throw new NotSupportedException();

        protected override Dictionary<string, string> Deserialize(ref MessagePackReader reader)
        {
            var names = new Dictionary<string, string>();
            var count = reader.ReadMapHeader();
            for (var i = 0; i < count; i++)
            {
                names.Add(reader.ReadString()!, reader.ReadString()!);
            }

            return names;
        }
    }

    private sealed class ListOfNamesCodec : MessagePackCodec<int>
    {
        protected override void Serialize(ref MessagePackWriter writer, int value) => throw new NotSupportedException();

        protected override int Deserialize(ref MessagePackReader reader)
        {
            var count = reader.ReadArrayHeader();
            for (var i = 0; i < count; i++)
            {
                Assert.Equal(1, reader.ReadMapHeader());
                Assert.Equal($"{i % 3}", reader.ReadString());
                Assert.Equal("v", reader.ReadString());
            }

            return count;
        }
    }
}
