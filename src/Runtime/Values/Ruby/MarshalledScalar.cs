using System.Buffers;
using System.Buffers.Binary;
using System.Numerics;

namespace TypedCache.Values.Ruby;

/// <summary>Numbers, bools, nil, strings and symbols in Ruby's Marshal format 4.8 (marshal.c, <c>w_object</c> and <c>w_long</c>).</summary>
internal static class MarshalledScalar
{
    // The smallest and largest number that is not written as one of any size, whatever the machine.
    private const long SmallestFixed = -(1L << 30);
    private const long LargestFixed = (1L << 30) - 1;
    private const int MaxLongLength = 1 + sizeof(int);
    private const int MaxFloatLength = 32;

    private static readonly FloatText Floats = new()
    {
        NotANumber = "nan",
        Infinity = "inf",
        IsPlain = static (digits, pointAt) => pointAt >= -3 && pointAt <= digits,
        ZeroBeforePoint = true,
        DigitBehindPoint = false,
        PlusBeforeExponent = false,
        ExponentFormat = "D1",
    };

    /// <summary>Takes the value out of its Marshal; another object stays as it is.</summary>
    public static ValueKind Open(ref ReadOnlyMemory<byte> payload)
    {
        if (!new MarshalReader(payload).TryRead(out var kind, out var value))
        {
            return ValueKind.Marshal;
        }

        payload = value;
        return kind;
    }

    /// <summary>A bool.</summary>
    public static ReadOnlySpan<byte> Of(bool value) => value ? [4, 8, (byte)'T'] : [4, 8, (byte)'F'];

    /// <summary>Makes a string of what has been written.</summary>
    /// <param name="value">The bytes.</param>
    /// <param name="isText">Whether they are UTF-8; otherwise the string is binary.</param>
    public static void WrapString(PayloadBuffer value, bool isText)
    {
        Span<byte> before = stackalloc byte[MarshalReader.HeaderLength + 2 + MaxLongLength];
        MarshalReader.Header.CopyTo(before);
        var length = MarshalReader.HeaderLength;
        if (isText)
        {
            before[length++] = (byte)'I';
        }

        before[length++] = (byte)'"';
        length += WriteLong(value.Length, before[length..]);

        var content = value.Length;
        var all = value.Extend(length);
        all[..content].CopyTo(all[length..]);
        before[..length].CopyTo(all);
        if (isText)
        {
            value.Write(MarshalReader.IsUtf8);
        }
    }

    /// <summary>Writes a whole number.</summary>
    /// <param name="bits">The number; a negative one as <see cref="long"/>.</param>
    /// <param name="isNegative">Whether it is negative.</param>
    /// <param name="output">Takes the bytes.</param>
    public static void WriteInteger(ulong bits, bool isNegative, IBufferWriter<byte> output)
    {
        output.Write(MarshalReader.Header);
        if (isNegative ? (long)bits >= SmallestFixed : bits <= LargestFixed)
        {
            var fixedNumber = output.GetSpan(1 + MaxLongLength);
            fixedNumber[0] = (byte)'i';
            output.Advance(1 + WriteLong((int)(long)bits, fixedNumber[1..]));
            return;
        }

        var magnitude = isNegative ? 0 - bits : bits;
        var shorts = (sizeof(ulong) - (BitOperations.LeadingZeroCount(magnitude) / 8) + 1) / sizeof(ushort);
        var number = output.GetSpan(2 + MaxLongLength + sizeof(ulong));
        number[0] = (byte)'l';
        number[1] = isNegative ? (byte)'-' : (byte)'+';
        var written = 2 + WriteLong(shorts, number[2..]);
        BinaryPrimitives.WriteUInt64LittleEndian(number[written..], magnitude);
        output.Advance(written + (shorts * sizeof(ushort)));
    }

    /// <summary>Writes a floating-point number.</summary>
    public static void WriteFloat(double value, IBufferWriter<byte> output)
    {
        var text = new ArrayBufferWriter<byte>(MaxFloatLength);
        Floats.Write(value, text);
        output.Write(MarshalReader.Header);
        var before = output.GetSpan(1 + MaxLongLength);
        before[0] = (byte)'f';
        output.Advance(1 + WriteLong(text.WrittenCount, before[1..]));
        output.Write(text.WrittenSpan);
    }

    // Small numbers in one byte, others behind the number of their bytes (marshal.c, w_long).
    private static int WriteLong(int value, Span<byte> output)
    {
        switch (value)
        {
            case 0:
                output[0] = 0;
                return 1;
            case > 0 and < 123:
                output[0] = (byte)(value + 5);
                return 1;
            case < 0 and > -124:
                output[0] = (byte)(value - 5);
                return 1;
            default:
                return WriteLongBytes(value, output);
        }
    }

    private static int WriteLongBytes(int value, Span<byte> output)
    {
        var end = value < 0 ? -1 : 0;
        var count = 0;
        for (var rest = value; rest != end; rest >>= 8)
        {
            output[++count] = (byte)rest;
        }

        output[0] = (byte)(value < 0 ? -count : count);
        return 1 + count;
    }
}
