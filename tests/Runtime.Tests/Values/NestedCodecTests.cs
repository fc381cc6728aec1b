using System.Buffers;
using MessagePack;
using TypedCache.Values;

namespace TypedCache.Tests.Values;

/// <summary>What a codec of the project writes inside a MessagePack value.</summary>
public class NestedCodecTests
{
    private static readonly int[] Pair = [1, 2];
    private static readonly int[] Five = [5];

    [Theory]
    [InlineData(long.MinValue)]
    [InlineData(-129)]
    [InlineData(-1)]
    [InlineData(0)]
    [InlineData(127)]
    [InlineData(128)]
    [InlineData(long.MaxValue)]
    public void A_number_is_a_number(long value) => Same(CacheCodecs.Int64, value, value);

    [Fact]
    public void A_number_that_only_an_unsigned_type_holds_is_a_number() => Same(CacheCodecs.UInt64, ulong.MaxValue, ulong.MaxValue);

    [Theory]
    [InlineData(0.1)]
    [InlineData(-1e300)]
    [InlineData(double.NaN)]
    [InlineData(double.NegativeInfinity)]
    public void A_fraction_is_a_double(double value) => Same(CacheCodecs.Double, value, value);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_bool_is_a_bool(bool value) => Same(CacheCodecs.Boolean, value, value);

    [Theory]
    [InlineData("")]
    [InlineData("käse")]
    public void Text_is_text(string value) => Same(CacheCodecs.String, value, value);

    [Fact]
    public void Bytes_are_bytes() => Same(CacheCodecs.Bytes, [0, 255], new byte[] { 0, 255 });

    [Fact]
    public void What_a_MessagePack_codec_writes_stands_there_as_it_is() => Same(new Pairs(), (1, 2), Pair);

    [Fact]
    public void MessagePack_of_another_codec_is_the_only_element_of_an_array()
    {
        var codec = new Inlined();

        Same(codec, 5, Five);
        Assert.Equal(ValueKind.MessagePack, codec.Kind);
    }

    [Fact]
    public void A_codec_may_call_itself()
    {
        var chain = new Chain(1, new Chain(2, new Chain(3, null)));

        Assert.Equal(chain, Read(new ChainCodec(), Write(new ChainCodec(), chain)));
    }

    [Fact]
    public void Two_values_in_a_row_do_not_mix()
    {
        var output = new ArrayBufferWriter<byte>();
        var writer = new MessagePackWriter(output);
        NestedCodec.Write(ref writer, CacheCodecs.Int32, 12345);
        NestedCodec.Write(ref writer, CacheCodecs.String, "x");
        writer.Flush();
        var reader = new MessagePackReader(output.WrittenMemory);

        Assert.Equal(12345, NestedCodec.Read(ref reader, CacheCodecs.Int32));
        Assert.Equal("x", NestedCodec.Read(ref reader, CacheCodecs.String));
        Assert.True(reader.End);
        Assert.Equal(0, reader.Depth);
    }

    [Fact]
    public void What_the_codec_does_not_read_is_told_as_damage_of_the_outer_value()
    {
        var exception = Assert.Throws<MessagePackSerializationException>(() => Read(CacheCodecs.Int32, MessagePackSerializer.Serialize("text", cancellationToken: TestContext.Current.CancellationToken)));
        Assert.IsType<CacheValueException>(exception.InnerException);

        foreach (var hostile in new byte[][] { [0xC0], [0x92, 1, 2], [0x80], [0x90], [0xC7, 0, 1] })
        {
            Assert.Throws<MessagePackSerializationException>(() => Read(CacheCodecs.Int32, hostile));
        }
    }

    [Fact]
    public void A_number_allocates_nothing()
    {
        var output = new ArrayBufferWriter<byte>(64);
        Run(output);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++)
        {
            Run(output);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);

        static void Run(ArrayBufferWriter<byte> output)
        {
            output.ResetWrittenCount();
            var writer = new MessagePackWriter(output);
            NestedCodec.Write(ref writer, CacheCodecs.Int64, 1_234_567_890_123);
            writer.Flush();
            var reader = new MessagePackReader(output.WrittenMemory);
            Assert.True(NestedCodec.Read(ref reader, CacheCodecs.Int64) == 1_234_567_890_123);
        }
    }

    private static void Same<T, TPlain>(ICacheCodec<T> codec, T value, TPlain plain)
    {
        var bytes = Write(codec, value);
        Assert.Equal(MessagePackSerializer.Serialize(plain, cancellationToken: TestContext.Current.CancellationToken), bytes);
        Assert.Equal(value, Read(codec, bytes));
    }

    private static byte[] Write<T>(ICacheCodec<T> codec, T value)
    {
        var output = new ArrayBufferWriter<byte>();
        var writer = new MessagePackWriter(output);
        NestedCodec.Write(ref writer, codec, value);
        writer.Flush();
        return output.WrittenSpan.ToArray();
    }

    private static T Read<T>(ICacheCodec<T> codec, byte[] bytes)
    {
        var reader = new MessagePackReader(bytes);
        return NestedCodec.Read(ref reader, codec);
    }

    private sealed class Pairs : MessagePackCodec<(int, int)>
    {
        protected override void Serialize(ref MessagePackWriter writer, (int, int) value)
        {
            writer.WriteArrayHeader(2);
            writer.Write(value.Item1);
            writer.Write(value.Item2);
        }

        protected override (int, int) Deserialize(ref MessagePackReader reader)
        {
            Assert.Equal(2, reader.ReadArrayHeader());
            return (reader.ReadInt32(), reader.ReadInt32());
        }
    }

    private sealed class Inlined : ICacheCodec<int>
    {
        public ValueKind Kind { get; private set; }

        public void Write(ref ValueWriter writer, int value)
        {
            var messagePack = new MessagePackWriter(writer.BeginMessagePack());
            messagePack.Write(value);
            messagePack.Flush();
        }

        public int Read(in StoredValue stored)
        {
            Kind = stored.Kind;
            return new MessagePackReader(stored.Payload).ReadInt32();
        }
    }

    private sealed record Chain(int Id, Chain? Next);

    private sealed class ChainCodec : ICacheCodec<Chain>
    {
        public void Write(ref ValueWriter writer, Chain value)
        {
            var messagePack = new MessagePackWriter(writer.BeginMessagePack());
            messagePack.WriteArrayHeader(value.Next is null ? 1 : 2);
            messagePack.Write(value.Id);
            if (value.Next is { } next)
            {
                NestedCodec.Write(ref messagePack, this, next);
            }

            messagePack.Flush();
        }

        public Chain Read(in StoredValue stored)
        {
            var reader = new MessagePackReader(stored.Payload);
            var count = reader.ReadArrayHeader();
            return new Chain(reader.ReadInt32(), count == 1 ? null : NestedCodec.Read(ref reader, this));
        }
    }
}
