using System.Buffers.Binary;

namespace TypedCache.Values.Ruby;

/// <summary>Reads one value without parts in Ruby's Marshal format 4.8.</summary>
/// <param name="marshal">All of the bytes.</param>
internal ref struct MarshalReader(ReadOnlyMemory<byte> marshal)
{
    /// <summary>The length of <see cref="Header"/>.</summary>
    public const int HeaderLength = 2;

    private readonly ReadOnlySpan<byte> _bytes = marshal.Span;
    private int _at;

    /// <summary>The version of the format.</summary>
    public static ReadOnlySpan<byte> Header => [4, 8];

    /// <summary>What follows a string in UTF-8: one instance variable, <c>:E</c>, true.</summary>
    public static ReadOnlySpan<byte> IsUtf8 => [6, (byte)':', 6, (byte)'E', (byte)'T'];

    // The same with false: US-ASCII.
    private static ReadOnlySpan<byte> IsAscii => [6, (byte)':', 6, (byte)'E', (byte)'F'];

    private readonly int Left => _bytes.Length - _at;

    /// <summary>Whether bytes are in this format.</summary>
    public static bool IsMarshal(ReadOnlySpan<byte> bytes) => bytes.StartsWith(Header);

    /// <summary>Reads the value.</summary>
    /// <returns>False if it is of another kind, too large, a string in another encoding than UTF-8, or damaged.</returns>
    public bool TryRead(out ValueKind kind, out ReadOnlyMemory<byte> value)
    {
        (kind, value) = (ValueKind.Marshal, default);
        if (!IsMarshal(_bytes))
        {
            return false;
        }

        _at = HeaderLength;
        return TryTakeByte(out var type) && TryReadValue(type, out kind, out value) && Left == 0;
    }

    private bool TryReadValue(byte type, out ValueKind kind, out ReadOnlyMemory<byte> value)
    {
        (kind, value) = (ValueKind.Raw, default);
        switch (type)
        {
            case (byte)'0':
                kind = ValueKind.Null;
                return true;
            case (byte)'T' or (byte)'F':
                (kind, value) = (ValueKind.Boolean, CanonicalText.Of(type == 'T'));
                return true;
            case (byte)'"' or (byte)':':
                return TryTakeBytes(out value);
            case (byte)'I':
                return TryTakeByte(out type) && type is (byte)'"' or (byte)':' && TryTakeBytes(out value) && TryTakeEncoding();
            case (byte)'i':
                kind = ValueKind.Integer;
                return TryTakeFixed(out value);
            case (byte)'l':
                kind = ValueKind.Integer;
                return TryTakeLarge(out value);
            case (byte)'f':
                kind = ValueKind.Float;
                return TryTakeBytes(out value) && FloatText.TryRead(value.Span, out _);
            default:
                return false;
        }
    }

    private bool TryTakeEncoding()
    {
        var isKnown = _bytes[_at..].StartsWith(IsUtf8) || _bytes[_at..].StartsWith(IsAscii);
        _at += isKnown ? IsUtf8.Length : 0;
        return isKnown;
    }

    private bool TryTakeFixed(out ReadOnlyMemory<byte> value)
    {
        var isThere = TryTakeLong(out var number);
        value = isThere ? CanonicalText.Of((long)number) : default;
        return isThere;
    }

    // The sign, the number of 16-bit units, and these, the lowest first.
    private bool TryTakeLarge(out ReadOnlyMemory<byte> value)
    {
        value = default;
        if (!TryTakeByte(out var sign) || sign is not ((byte)'+' or (byte)'-')
            || !TryTakeLong(out var shorts) || shorts is < 0 or > sizeof(ulong) / sizeof(ushort) || Left < shorts * sizeof(ushort))
        {
            return false;
        }

        Span<byte> wide = stackalloc byte[sizeof(ulong)];
        wide.Clear();
        _bytes.Slice(_at, shorts * sizeof(ushort)).CopyTo(wide);
        _at += shorts * sizeof(ushort);
        var magnitude = BinaryPrimitives.ReadUInt64LittleEndian(wide);
        if (sign == '-' && magnitude > 1UL << 63)
        {
            return false;
        }

        value = sign == '-' ? CanonicalText.Of((long)(0 - magnitude)) : CanonicalText.Of(magnitude);
        return true;
    }

    private bool TryTakeBytes(out ReadOnlyMemory<byte> bytes)
    {
        bytes = default;
        if (!TryTakeLong(out var length) || length < 0 || length > Left)
        {
            return false;
        }

        bytes = marshal.Slice(_at, length);
        _at += length;
        return true;
    }

    // marshal.c, r_long.
    private bool TryTakeLong(out int value)
    {
        value = 0;
        if (!TryTakeByte(out var code))
        {
            return false;
        }

        var first = (sbyte)code;
        switch (first)
        {
            case 0:
                return true;
            case > 4:
                value = first - 5;
                return true;
            case < -4:
                value = first + 5;
                return true;
            default:
                return TryTakeLongBytes(Math.Abs((int)first), isNegative: first < 0, out value);
        }
    }

    private bool TryTakeLongBytes(int count, bool isNegative, out int value)
    {
        value = isNegative ? -1 : 0;
        if (count > Left)
        {
            return false;
        }

        for (var i = 0; i < count; i++)
        {
            var shift = 8 * i;
            value = (value & ~(0xFF << shift)) | (_bytes[_at++] << shift);
        }

        return isNegative == value < 0;
    }

    private bool TryTakeByte(out byte value)
    {
        var isThere = Left > 0;
        value = isThere ? _bytes[_at++] : default;
        return isThere;
    }
}
