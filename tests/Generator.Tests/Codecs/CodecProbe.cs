using System.Buffers;
using CsCheck;
using MessagePack;
using MessagePack.Resolvers;

namespace TypedCache.Generator.Tests.Codecs;

public delegate void WriteMessagePack<in T>(ref MessagePackWriter writer, T value);

public delegate T? ReadMessagePack<out T>(ref MessagePackReader reader);

/// <summary>A codec which was emitted and compiled, beside the MessagePackSerializer whose bytes it must give.</summary>
public abstract class CodecProbe
{
    /// <summary>Contractless: it follows the annotations where there are any, as the standard resolver does.</summary>
    protected static readonly MessagePackSerializerOptions Oracle = ContractlessStandardResolver.Options;

    public abstract string Name { get; }

    public static CodecProbe Of<T>(string name, WriteMessagePack<T> write, ReadMessagePack<T> read, Gen<T> values) =>
        new CodecProbe<T>(name, write, read, values);

    /// <summary>Compares codec and oracle over random values, in both directions.</summary>
    public void Compare(long iterations) => Compare(iterations, Oracle);

    /// <summary>Compares the codec with an oracle with other options.</summary>
    public abstract void Compare(long iterations, MessagePackSerializerOptions oracle);

    /// <summary>Compares how codec and oracle read bytes which somebody else wrote; tells whether they could be read.</summary>
    public abstract bool CompareForeign(byte[] payload);

    /// <summary>The bytes of some random values, always the same ones.</summary>
    public abstract IReadOnlyList<byte[]> Payloads(int count);

    /// <summary>Reads with the codec.</summary>
    public abstract object? Read(byte[] payload);

    /// <summary>Writes with the codec.</summary>
    public abstract byte[] Write(object? value);
}

public sealed class CodecProbe<T>(string name, WriteMessagePack<T> write, ReadMessagePack<T> read, Gen<T> values) : CodecProbe
{
    private const string Seed = "0000KOIPe036";

    public override string Name => name;

    public override void Compare(long iterations, MessagePackSerializerOptions oracle) =>
        values.Sample(value => Compare(value, oracle), iter: iterations, threads: 2);

    public override IReadOnlyList<byte[]> Payloads(int count)
    {
        var payloads = new List<byte[]>();
        values.Array[count].Sample(array => payloads.AddRange(array.Select(value => Write(value))), seed: Seed, iter: 1, threads: 1);
        return payloads;
    }

    /// <summary>
    /// What the oracle reads, the codec must read the same. What the oracle refuses, the codec may read: it skips members which nothing
    /// can set, where the oracle parses them.
    /// </summary>
    public override bool CompareForeign(byte[] payload)
    {
        T expected;
        try
        {
            var reader = new MessagePackReader(payload);
            expected = MessagePackSerializer.Deserialize<T>(ref reader, Oracle);
            if (!reader.End)
            {
                return false;
            }
        }
        catch (MessagePackSerializationException)
        {
            var exception = Record.Exception(() => Read(payload));
            Assert.False(exception is NullReferenceException or InvalidCastException or OutOfMemoryException, $"{name}: {exception}");
            return false;
        }

        var difference = Record.Exception(() => Assert.Equal(MessagePackSerializer.Serialize(expected, Oracle), MessagePackSerializer.Serialize((T)Read(payload)!, Oracle)));
        Assert.True(difference is null, $"{name} reads {Convert.ToHexString(payload)}: {difference}");
        return true;
    }

    public override object? Read(byte[] payload)
    {
        var reader = new MessagePackReader(payload);
        var value = read(ref reader);
        Assert.Equal(payload.Length, reader.Consumed);
        Assert.Equal(0, reader.Depth);
        return value;
    }

    public override byte[] Write(object? value)
    {
        var buffer = new ArrayBufferWriter<byte>();
        var writer = new MessagePackWriter(buffer);
        write(ref writer, (T)value!);
        writer.Flush();
        return buffer.WrittenSpan.ToArray();
    }

    private void Compare(T value, MessagePackSerializerOptions oracle)
    {
        var expected = MessagePackSerializer.Serialize(value, oracle);
        Assert.Equal(expected, Write(value));
        var restored = MessagePackSerializer.Serialize(MessagePackSerializer.Deserialize<T>(expected, oracle), oracle);
        Assert.Equal(restored, MessagePackSerializer.Serialize((T)Read(expected)!, oracle));
    }
}
