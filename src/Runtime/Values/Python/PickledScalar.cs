using System.Buffers;
using System.Buffers.Binary;

namespace TypedCache.Values.Python;

/// <summary>
/// The pickles of numbers, bools, None, strings and bytes. A pickle is a program for a stack machine that may call anything; here only
/// the opcodes that push one such value are known, so nothing runs (pickletools.py, <c>opcodes</c>).
/// </summary>
internal static class PickledScalar
{
    // The opcode, the number and the stop, behind whose length they come.
    private const int FloatFrameLength = 1 + sizeof(double) + 1;

    /// <summary>Takes the value out of its pickle; another pickle stays as it is.</summary>
    public static ValueKind Open(ref ReadOnlyMemory<byte> payload)
    {
        if (!new PickleReader(payload).TryRead(out var kind, out var value))
        {
            return ValueKind.Pickle;
        }

        payload = value;
        return kind;
    }

    /// <summary>The pickle of a bool.</summary>
    public static ReadOnlySpan<byte> Of(bool value, PickleProtocol protocol) => (protocol, value) switch
    {
        (PickleProtocol.Oldest, true) => "I01\n."u8,
        (PickleProtocol.Oldest, false) => "I00\n."u8,
        (_, true) => [PickleReader.Protocol, (byte)PickleProtocol.Newest, PickleReader.NewTrue, PickleReader.Stop],
        (_, false) => [PickleReader.Protocol, (byte)PickleProtocol.Newest, PickleReader.NewFalse, PickleReader.Stop],
    };

    /// <summary>Writes the pickle of a floating-point number.</summary>
    public static void Write(double value, PickleProtocol protocol, IBufferWriter<byte> output)
    {
        if (protocol == PickleProtocol.Oldest)
        {
            output.Write("F"u8);
            PythonFloat.Texts.Write(value, output);
            output.Write("\n."u8);
            return;
        }

        output.Write([PickleReader.Protocol, (byte)PickleProtocol.Newest, PickleReader.Frame]);
        var rest = output.GetSpan(sizeof(ulong) + FloatFrameLength);
        BinaryPrimitives.WriteUInt64LittleEndian(rest, FloatFrameLength);
        rest[sizeof(ulong)] = PickleReader.BinaryFloat;
        BinaryPrimitives.WriteDoubleBigEndian(rest[(sizeof(ulong) + 1)..], NotANumber.WithoutSign(value));
        rest[sizeof(ulong) + FloatFrameLength - 1] = PickleReader.Stop;
        output.Advance(sizeof(ulong) + FloatFrameLength);
    }
}
