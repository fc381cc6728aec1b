using System.Buffers.Binary;

namespace TypedCache.Values.Python;

/// <summary>Reads a pickle of one value without parts, of protocol 0 to 5.</summary>
/// <param name="pickle">All of the pickle.</param>
internal ref struct PickleReader(ReadOnlyMemory<byte> pickle)
{
    /// <summary>The opcode of True since protocol 2.</summary>
    public const byte NewTrue = 0x88;

    /// <summary>The opcode of False since protocol 2.</summary>
    public const byte NewFalse = 0x89;

    /// <summary>The opcode in front of the protocol's number.</summary>
    public const byte Protocol = 0x80;

    /// <summary>The opcode in front of the length of what follows.</summary>
    public const byte Frame = 0x95;

    /// <summary>The opcode of a floating-point number in binary form.</summary>
    public const byte BinaryFloat = (byte)'G';

    /// <summary>The opcode of the end.</summary>
    public const byte Stop = (byte)'.';

    private const byte Long1 = 0x8A;
    private const byte Long4 = 0x8B;
    private const byte ShortText = 0x8C;
    private const byte LongText = 0x8D;
    private const byte LongBytes = 0x8E;
    private const byte Memoize = 0x94;

    private readonly ReadOnlySpan<byte> _bytes = pickle.Span;
    private int _at;

    private readonly int Left => _bytes.Length - _at;

    /// <summary>Reads the value.</summary>
    /// <returns>False if it is of another kind, too large, or damaged.</returns>
    public bool TryRead(out ValueKind kind, out ReadOnlyMemory<byte> value)
    {
        (kind, value) = (ValueKind.Pickle, default);
        return TrySkipHeader() && TryTakeByte(out var code) && TryReadValue(code, ref kind, ref value) && TrySkipMemo() && Left == 0;
    }

    private bool TrySkipHeader()
    {
        if (Left > 0 && _bytes[_at] == Protocol)
        {
            _at++;
            if (!TryTakeByte(out var version) || version > (byte)PickleProtocol.Newest)
            {
                return false;
            }
        }

        if (Left > 0 && _bytes[_at] == Frame)
        {
            _at++;
            return TryTake(sizeof(ulong), out var length) && BinaryPrimitives.ReadUInt64LittleEndian(length.Span) == (ulong)Left;
        }

        return true;
    }

    private bool TryReadValue(byte code, ref ValueKind kind, ref ReadOnlyMemory<byte> value) => code switch
    {
        (byte)'N' => Found(ValueKind.Null, default, out kind, out value),
        NewTrue or NewFalse => Found(ValueKind.Boolean, CanonicalText.Of(code == NewTrue), out kind, out value),
        (byte)'I' => TryReadIntegerLine(out kind, out value),
        (byte)'L' => TryReadLongLine(out kind, out value),
        (byte)'K' => TryReadInteger(sizeof(byte), isUnsigned: true, out kind, out value),
        (byte)'M' => TryReadInteger(sizeof(ushort), isUnsigned: true, out kind, out value),
        (byte)'J' => TryReadInteger(sizeof(int), isUnsigned: false, out kind, out value),
        Long1 => TryReadLong(sizeof(byte), out kind, out value),
        Long4 => TryReadLong(sizeof(int), out kind, out value),
        (byte)'F' => TryReadFloatLine(out kind, out value),
        BinaryFloat => TryReadFloat(out kind, out value),
        ShortText or (byte)'C' => TryReadSlice(sizeof(byte), out kind, out value),
        (byte)'X' or (byte)'B' => TryReadSlice(sizeof(int), out kind, out value),
        LongText or LongBytes => TryReadSlice(sizeof(long), out kind, out value),
        _ => false,
    };

    // The value may be remembered for later use before the pickle ends.
    private bool TrySkipMemo()
    {
        if (!TryTakeByte(out var code))
        {
            return false;
        }

        var isRemembered = code switch
        {
            Memoize => true,
            (byte)'p' => TryTakeLine(out _),
            (byte)'q' => TryTake(sizeof(byte), out _),
            (byte)'r' => TryTake(sizeof(int), out _),
            _ => false,
        };
        return (!isRemembered || TryTakeByte(out code)) && code == Stop;
    }

    // Protocols 0 and 1 write a bool as a number with a zero before it.
    private bool TryReadIntegerLine(out ValueKind kind, out ReadOnlyMemory<byte> value)
    {
        (kind, value) = (ValueKind.Integer, default);
        if (!TryTakeLine(out var line))
        {
            return false;
        }

        if (line.Span is [(byte)'0', (byte)'0' or (byte)'1'])
        {
            return Found(ValueKind.Boolean, line[1..], out kind, out value);
        }

        value = line;
        return NumberText.IsInteger(line.Span);
    }

    private bool TryReadLongLine(out ValueKind kind, out ReadOnlyMemory<byte> value)
    {
        (kind, value) = (ValueKind.Integer, default);
        if (!TryTakeLine(out var line))
        {
            return false;
        }

        value = line.Span is [.., (byte)'L'] ? line[..^1] : line;
        return NumberText.IsInteger(value.Span);
    }

    private bool TryReadFloatLine(out ValueKind kind, out ReadOnlyMemory<byte> value)
    {
        (kind, value) = (ValueKind.Float, default);
        return TryTakeLine(out value) && FloatText.TryRead(value.Span, out _);
    }

    private bool TryReadFloat(out ValueKind kind, out ReadOnlyMemory<byte> value)
    {
        (kind, value) = (ValueKind.Float, default);
        if (!TryTake(sizeof(double), out var bytes))
        {
            return false;
        }

        value = CanonicalText.Of(BinaryPrimitives.ReadDoubleBigEndian(bytes.Span));
        return true;
    }

    // Two's complement, little-endian, in any number of bytes; what no .NET integer holds is not read.
    private bool TryReadInteger(int length, bool isUnsigned, out ValueKind kind, out ReadOnlyMemory<byte> value)
    {
        (kind, value) = (ValueKind.Integer, default);
        if (!TryTake(length, out var bytes) || TextOf(bytes.Span, isUnsigned) is not { } text)
        {
            return false;
        }

        value = text;
        return true;
    }

    private bool TryReadLong(int lengthSize, out ValueKind kind, out ReadOnlyMemory<byte> value)
    {
        (kind, value) = (ValueKind.Integer, default);
        return TryTakeLength(lengthSize, out var length) && TryReadInteger(length, isUnsigned: false, out kind, out value);
    }

    // Null: no integer of 64 bits holds it.
    private static byte[]? TextOf(ReadOnlySpan<byte> number, bool isUnsigned)
    {
        if (number.Length > sizeof(ulong) + 1)
        {
            return null;
        }

        Span<byte> wide = stackalloc byte[2 * sizeof(ulong)];
        wide.Fill(!isUnsigned && !number.IsEmpty && number[^1] >= 0x80 ? byte.MaxValue : (byte)0);
        number.CopyTo(wide);
        var value = BinaryPrimitives.ReadInt128LittleEndian(wide);
        return value >= 0 && value <= ulong.MaxValue ? CanonicalText.Of((ulong)value)
            : value < 0 && value >= long.MinValue ? CanonicalText.Of((long)value)
            : null;
    }

    private bool TryReadSlice(int lengthSize, out ValueKind kind, out ReadOnlyMemory<byte> value)
    {
        (kind, value) = (ValueKind.Raw, default);
        return TryTakeLength(lengthSize, out var length) && TryTake(length, out value);
    }

    private bool TryTakeLength(int size, out int length)
    {
        length = -1;
        if (!TryTake(size, out var bytes))
        {
            return false;
        }

        Span<byte> wide = stackalloc byte[sizeof(ulong)];
        wide.Clear();
        bytes.Span.CopyTo(wide);
        var value = BinaryPrimitives.ReadUInt64LittleEndian(wide);
        length = value <= (ulong)Left ? (int)value : -1;
        return length >= 0;
    }

    private bool TryTakeLine(out ReadOnlyMemory<byte> line)
    {
        var length = _bytes[_at..].IndexOf((byte)'\n');
        line = length < 0 ? default : pickle.Slice(_at, length);
        _at += length + 1;
        return length >= 0;
    }

    private bool TryTakeByte(out byte value)
    {
        var isThere = Left > 0;
        value = isThere ? _bytes[_at++] : default;
        return isThere;
    }

    private bool TryTake(int count, out ReadOnlyMemory<byte> bytes)
    {
        var isThere = count >= 0 && count <= Left;
        bytes = isThere ? pickle.Slice(_at, count) : default;
        _at += isThere ? count : 0;
        return isThere;
    }

    private static bool Found(ValueKind found, ReadOnlyMemory<byte> foundValue, out ValueKind kind, out ReadOnlyMemory<byte> value)
    {
        (kind, value) = (found, foundValue);
        return true;
    }
}
