using System.Buffers;
using TypedCache.Values.Java;

namespace TypedCache.Values;

/// <summary>
/// The flags of spymemcached and xmemcached (SerializingTranscoder.java, <c>encode</c> and <c>decode</c>): 1 serialized, 2 gzip, the type
/// in the second byte.
/// </summary>
internal sealed class SpymemcachedDialect : SharedDialect
{
    private const uint Serialized = 1;
    private const uint Compressed = 2;
    private const uint BooleanType = 0x100;
    private const uint IntegerType = 0x200;
    private const uint LongType = 0x300;
    private const uint DateType = 0x400;
    private const uint ByteType = 0x500;
    private const uint FloatType = 0x600;
    private const uint DoubleType = 0x700;
    private const uint BytesType = 0x800;

    // The clients know no such types, and return null.
    private const uint TaggedType = 0xE00;
    private const uint MessagePackType = 0xF00;

    // With the flags of text, clients would take the versions of the tags for its end.
    private const int TaggedShift = 16;

    public static SpymemcachedDialect Instance { get; } = new();

    private SpymemcachedDialect()
        : base(numbersAreText: false)
    {
    }

    internal override CacheDialect Identity => CacheDialect.Spymemcached;

    private protected override string Client => "Java's spymemcached";

    internal override uint FlagsOf(ValueKind kind) => kind switch
    {
        ValueKind.Raw => BytesType,
        ValueKind.Integer => LongType,
        ValueKind.Float => DoubleType,
        ValueKind.Boolean => BooleanType,
        ValueKind.Date => DateType,
        ValueKind.MessagePack => MessagePackType,
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "This kind of value is only read, never written."),
    };

    internal override uint Finish(ValueKind kind, TypeCode type, PayloadBuffer output) => type switch
    {
        TypeCode.String => 0,
        TypeCode.SByte => ByteType,
        TypeCode.Byte or TypeCode.Int16 or TypeCode.UInt16 or TypeCode.Int32 => IntegerType,
        TypeCode.Single => FloatType,
        _ => FlagsOf(kind),
    };

    private protected override ValueKind KindOfUntagged(uint flags) => flags switch
    {
        0 or Compressed or BytesType or (BytesType | Compressed) => ValueKind.Raw,
        Serialized or (Serialized | Compressed) => ValueKind.JavaSerialized,
        BooleanType => ValueKind.Boolean,
        IntegerType or LongType or ByteType => ValueKind.Integer,
        DateType => ValueKind.Date,
        FloatType or DoubleType => ValueKind.Float,
        MessagePackType or (MessagePackType | Compressed) => ValueKind.MessagePack,
        _ => ValueKind.Foreign,
    };

    private protected override ValueKind OpenUntagged(uint flags, ref ReadOnlyMemory<byte> payload)
    {
        var kind = KindOfUntagged(flags);
        if (kind is ValueKind.Raw or ValueKind.JavaSerialized or ValueKind.MessagePack or ValueKind.Foreign)
        {
            return kind;
        }

        if (TryRead(flags, payload.Span) is not { } text)
        {
            return ValueKind.Foreign;
        }

        payload = text;
        return kind;
    }

    // Null: the bytes are none of the type.
    private static byte[]? TryRead(uint flags, ReadOnlySpan<byte> bytes) => flags switch
    {
        BooleanType => bytes switch
        {
            [(byte)'1'] => CanonicalText.Of(true),
            [(byte)'0'] => CanonicalText.Of(false),
            _ => null,
        },
        IntegerType => PackedNumber.TryRead(bytes, sizeof(int), out var bits) ? CanonicalText.Of((long)(int)bits) : null,
        LongType => PackedNumber.TryRead(bytes, sizeof(long), out var bits) ? CanonicalText.Of((long)bits) : null,
        ByteType => bytes.Length == sizeof(sbyte) ? CanonicalText.Of((long)(sbyte)bytes[0]) : null,
        FloatType => PackedNumber.TryRead(bytes, sizeof(float), out var bits) ? CanonicalText.Of((double)BitConverter.UInt32BitsToSingle((uint)bits)) : null,
        DoubleType => PackedNumber.TryRead(bytes, sizeof(double), out var bits) ? CanonicalText.Of(BitConverter.UInt64BitsToDouble(bits)) : null,
        _ => PackedNumber.TryRead(bytes, sizeof(long), out var bits) && UnixMilliseconds.TryRead((long)bits, out var date) ? DateText.Of(date) : null,
    };

    internal override bool IsVerbatim(uint flags) => flags is 0 or BytesType;

    internal override uint Tag(uint flags) => TaggedMark | TaggedType | (flags << TaggedShift);

    internal override uint Untag(uint flags) =>
        (flags & 0xFFFF & ~Compressed) == (TaggedMark | TaggedType) ? (flags >> TaggedShift) | (flags & Compressed) : flags;

    internal override string Describe(ValueKind kind, ReadOnlySpan<byte> payload) =>
        kind == ValueKind.JavaSerialized ? $"that it is a serialized Java object, {payload.Length} bytes" : base.Describe(kind, payload);

    private protected override string WayOutOfOwn =>
        "Java's serialized objects, which include Short, Character and BigDecimal, are not read. Let Java store a String, a byte[], a number, a Boolean, a Date or JSON text, or delete the key.";

    private protected override uint CompressedFlag => Compressed;

    internal override ReadOnlySpan<byte> TextOf(bool value) => value ? "1"u8 : "0"u8;

    internal override void WriteInteger(ulong value, TypeCode type, IBufferWriter<byte> output)
    {
        switch (type)
        {
            case TypeCode.SByte:
                output.Write([(byte)value]);
                break;
            case TypeCode.UInt64 when value > long.MaxValue:
                throw new ArgumentOutOfRangeException(nameof(value), value, "Java's long holds no number beyond 2^63 - 1. Store it as text.");
            case TypeCode.Int64 or TypeCode.UInt32 or TypeCode.UInt64:
                PackedNumber.Write(value, sizeof(long), output);
                break;
            default:
                PackedNumber.Write(value, sizeof(int), output);
                break;
        }
    }

    internal override void WriteFloat(double value, TypeCode type, IBufferWriter<byte> output)
    {
        var number = NotANumber.WithoutSign(value);
        if (type == TypeCode.Single)
        {
            PackedNumber.Write(BitConverter.SingleToUInt32Bits((float)number), sizeof(float), output);
        }
        else
        {
            PackedNumber.Write(BitConverter.DoubleToUInt64Bits(number), sizeof(double), output);
        }
    }

    internal override void WriteDateTime(DateTime value, IBufferWriter<byte> output) => PackedNumber.Write((ulong)UnixMilliseconds.Of(value), sizeof(long), output);

    internal override uint Compress(ICompressor compressor, PayloadBuffer value, double minimumSaving) =>
        Gzip.Instance.TryCompress(value, header: default, largest: (int)Math.Min(value.Length - 1, value.Length * (1 - minimumSaving))) ? Compressed : 0;

    internal override void Expand(ReadOnlyMemory<byte> payload, uint flags, CompressionOptions options, ExpandedPayload output)
    {
        _ = options.RequiredCompressor;
        Gzip.Instance.Expand(payload, output);
    }
}
