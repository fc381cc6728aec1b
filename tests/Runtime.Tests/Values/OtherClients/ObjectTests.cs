using MessagePack;
using TypedCache.Values;

namespace TypedCache.Tests.Values.OtherClients;

/// <summary>Objects: shared as MessagePack with EnyimMemcachedCore, and never taken for something else by other clients.</summary>
public class ObjectTests
{
    private static readonly PipelineProbe Enyim = new(ValueDialect.EnyimMessagePack);

    [Theory]
    [InlineData("li_ab")]
    [InlineData("poco")]
    [InlineData("map")]
    public void What_the_MessagePackTranscoder_wrote_is_read_and_written(string id)
    {
        var item = RecordedItem.LoadAll().Single(item => item.Id == id && item.Mode == "enyimmemcachedcore messagepack");
        if (id == "li_ab")
        {
            var list = Enyim.Decode(new TextListCodec(), item.Flags, item.Bytes!);
            Assert.Equal(["a", "b"], list);
            Assert.Equal(item.Bytes, Enyim.Encode(new TextListCodec(), list).Bytes);
            return;
        }

        var product = Enyim.Decode(new ProductCodec(), item.Flags, item.Bytes!);
        Assert.Equal((7, "alpha"), (product.Id, product.Name));
        Assert.Equal(["x", "y"], product.Tags);

        // The number of a map of objects is written in four bytes there, and in one here; the transcoder reads both.
        var (flags, bytes) = Enyim.Encode(new ProductCodec(), product);
        Assert.Equal(item.Flags, flags);
        if (id == "poco")
        {
            Assert.Equal(item.Bytes, bytes);
        }
    }

    [Fact]
    public void Objects_have_flags_that_no_client_reads_as_something_else()
    {
        uint[] flags = [0x10001, 0x10000, 7, 273, 257, 0x10000, 0x10000, 0x10001, 0xF00, 0x10000, 0x10000];
        foreach (var (dialect, expected) in AllDialects.Of.Zip(flags))
        {
            foreach (var threshold in new[] { 0, 1 })
            {
                var probe = new PipelineProbe(dialect, new CompressionOptions { Threshold = threshold, MinimumSaving = 0 });
                List<string> list = [new string('a', 500), "b"];
                var (written, bytes) = probe.Encode(new TextListCodec(), list);
                Assert.True(threshold != 0 || written == expected, $"{dialect}: 0x{written:X}");
                Assert.Equal(list, probe.Decode(new TextListCodec(), written, bytes));
                Assert.Contains("MessagePack", probe.Refused(CacheCodecs.String, written, bytes).Message, StringComparison.Ordinal);
                Assert.Contains("MessagePack", probe.Refused(CacheCodecs.Bytes, written, bytes).Message, StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public void Objects_of_other_transcoders_are_refused()
    {
        foreach (var item in RecordedItem.LoadAll().Where(static item => item.Flags == 257 && item.Dialect == ValueDialect.Enyim && item.Bytes is not null))
        {
            Enyim.Refused(new TextListCodec(), item.Flags, item.Bytes!);
            var message = Enyim.Refused(new ProductCodec(), item.Flags, item.Bytes!).Message;
            Assert.Equal(item.Mode is "enyimmemcachedcore default" or "aer bson", message.Contains("looks like the BSON of EnyimMemcachedCore's default transcoder", StringComparison.Ordinal));
            Assert.Contains("EnyimMemcached", new PipelineProbe(ValueDialect.Enyim).Refused(new ProductCodec(), item.Flags, item.Bytes!).Message, StringComparison.Ordinal);
        }
    }

    private sealed record Product(int Id, string Name, List<string> Tags);

    private sealed class ProductCodec : MessagePackCodec<Product>
    {
        protected override void Serialize(ref MessagePackWriter writer, Product value)
        {
            writer.WriteMapHeader(3);
            writer.Write("Id");
            writer.Write(value.Id);
            writer.Write("Name");
            writer.Write(value.Name);
            writer.Write("Tags");
            writer.WriteArrayHeader(value.Tags.Count);
            foreach (var tag in value.Tags)
            {
                writer.Write(tag);
            }
        }

        protected override Product Deserialize(ref MessagePackReader reader)
        {
            var product = new Product(0, "", []);
            var count = reader.ReadMapHeader();
            for (var i = 0; i < count; i++)
            {
                product = reader.ReadString()!.ToUpperInvariant() switch
                {
                    "ID" => product with { Id = reader.ReadInt32() },
                    "NAME" => product with { Name = reader.ReadString()! },
                    _ => product with { Tags = Tags(ref reader) },
                };
            }

            return product;
        }

        private static List<string> Tags(ref MessagePackReader reader)
        {
            var count = reader.ReadArrayHeader();
            var tags = new List<string>();
            for (var i = 0; i < count; i++)
            {
                tags.Add(reader.ReadString()!);
            }

            return tags;
        }
    }
}
