using MessagePack;
using TypedCache.Values;

namespace TypedCache.Tests.Values;

public class MessagePackCodecTests
{
    private static readonly PipelineProbe Probe = PipelineProbe.Pecl;
    private static readonly byte[] Valid = [0x92, 0x05, 0xA1, (byte)'x'];

    [Fact]
    public void A_value_goes_under_the_serialized_flag_with_the_mark_of_MessagePack()
    {
        var (flags, bytes) = Probe.Encode(new PairCodec(), (5, "x"));
        Assert.Equal(0x10001u, flags);
        Assert.Equal(Valid, bytes);
        Assert.Equal((5, "x"), Probe.Decode(new PairCodec(), flags, bytes));
    }

    [Fact]
    public void Messages_name_types_as_they_are_written()
    {
        Assert.Contains("as List<Int32> as MessagePack:", Message(new TextOnlyCodec<List<int>>()), StringComparison.Ordinal);
        Assert.Contains("as Dictionary<String, Int32?> as MessagePack:", Message(new TextOnlyCodec<Dictionary<string, int?>>()), StringComparison.Ordinal);

        static string Message<T>(MessagePackCodec<T> codec) => Probe.Refused(codec, 0, "x").Message;
    }

    [Fact]
    public void The_mark_alone_is_read_as_well() => Assert.Equal((5, "x"), Probe.Decode(new PairCodec(), 0x10000, Valid));

    [Fact]
    public void Shared_with_PHP_the_mark_is_written_alone()
    {
        var shared = new PipelineProbe(ValueDialect.PeclSharedWithPhp);
        Assert.Equal(0x10000u, shared.Encode(new PairCodec(), (5, "x")).Flags);
        Assert.Equal(0x10002u, shared.Encode(new PairCodec(), (1, new string('y', 100_000))).Flags);
        Assert.Equal((5, "x"), shared.Decode(new PairCodec(), 0x10001, Valid));
    }

    [Fact]
    public void Large_values_are_compressed()
    {
        var (flags, bytes) = Probe.Encode(new PairCodec(), (1, new string('y', 100_000)));
        Assert.Equal(0x10003u, flags);
        Assert.True(bytes.Length < 2000);
        Assert.Equal(100_000, Probe.Decode(new PairCodec(), flags, bytes).Item2.Length);
    }

    [Theory]
    [InlineData(0u)]
    [InlineData(0x300u)]
    [InlineData(4u)]
    public void Other_kinds_are_refused(uint flags) =>
        Assert.Contains("as MessagePack", Probe.Refused(new PairCodec(), flags, Valid).Message, StringComparison.Ordinal);

    [Fact]
    public void A_value_cut_at_any_byte_is_refused()
    {
        for (var length = 0; length < Valid.Length; length++)
        {
            Assert.NotNull(Probe.Refused(new PairCodec(), 0x10001, Valid[..length]).InnerException);
        }
    }

    [Fact]
    public void Bytes_behind_the_value_are_refused() =>
        Assert.Contains("1 bytes follow", Probe.Refused(new PairCodec(), 0x10001, [.. Valid, 0xC0]).Message, StringComparison.Ordinal);

    [Fact]
    public void Another_shape_is_refused_with_its_cause()
    {
        var exception = Probe.Refused(new PairCodec(), 0x10001, [0x92, 0xA1, (byte)'x', 0x05]);
        Assert.IsType<MessagePackSerializationException>(exception.InnerException);
        Assert.Contains(exception.InnerException.Message, exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(typeof(OverflowException))]
    [InlineData(typeof(InvalidOperationException))]
    [InlineData(typeof(EndOfStreamException))]
    [InlineData(typeof(FormatException))]
    public void Whatever_a_codec_throws_while_reading_becomes_one_exception(Type thrown)
    {
        var exception = Probe.Refused(new ThrowingCodec(thrown), 0x10001, Valid);
        Assert.IsType(thrown, exception.InnerException);
        Assert.Equal("some:key", exception.Key);
    }

    [Fact]
    public void What_a_codec_throws_while_writing_stays_as_it_is() =>
        Assert.Throws<OverflowException>(() => Probe.Encode(new ThrowingCodec(typeof(OverflowException)), 1));

    [Fact]
    public void A_codec_which_begins_MessagePack_and_writes_nothing_is_named() =>
        Assert.Contains(nameof(EmptyCodec), Assert.Throws<InvalidOperationException>(() => Probe.Encode(new EmptyCodec(), 1)).Message, StringComparison.Ordinal);

    private sealed class PairCodec : MessagePackCodec<(int, string)>
    {
        protected override void Serialize(ref MessagePackWriter writer, (int, string) value)
        {
            writer.WriteArrayHeader(2);
            writer.Write(value.Item1);
            writer.Write(value.Item2);
        }

        protected override (int, string) Deserialize(ref MessagePackReader reader)
        {
            reader.ReadArrayHeader();
            return (reader.ReadInt32(), reader.ReadString()!);
        }
    }

    private sealed class ThrowingCodec(Type exception) : MessagePackCodec<int>
    {
        protected override void Serialize(ref MessagePackWriter writer, int value) => throw Make();

        protected override int Deserialize(ref MessagePackReader reader) => throw Make();

        private Exception Make() => (Exception)Activator.CreateInstance(exception)!;
    }

    private sealed class TextOnlyCodec<T> : MessagePackCodec<T>
    {
        protected override void Serialize(ref MessagePackWriter writer, T value) => writer.Write(value?.ToString());

        protected override T Deserialize(ref MessagePackReader reader) => throw new InvalidOperationException("never reached");
    }

    private sealed class EmptyCodec : MessagePackCodec<int>
    {
        protected override void Serialize(ref MessagePackWriter writer, int value)
        {
        }

        protected override int Deserialize(ref MessagePackReader reader) => 0;
    }
}
