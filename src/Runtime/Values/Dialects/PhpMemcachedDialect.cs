using System.Buffers;
using System.Buffers.Binary;
using TypedCache.Values.Php;

namespace TypedCache.Values;

/// <summary>
/// The flags and texts of php-memcached 3 (php_memcached.c, <c>s_zval_to_payload</c> and <c>s_compress_value</c>): bits 0
/// to 3 the type, 0x10 compressed, 0x20 zlib, 0x40 fastlz, bits 16 to 31 the application's. MessagePack has a type of its
/// own, which PHP reads. Compressed values begin with their original length, 32 bits little-endian.
/// </summary>
internal sealed class PhpMemcachedDialect : ValueDialect
{
    private const uint TypeMask = 0xF;
    private const uint IntegerType = 1;
    private const uint FloatType = 2;
    private const uint BooleanType = 3;
    private const uint PhpSerializedType = 4;
    private const uint IgbinaryType = 5;
    private const uint JsonType = 6;
    private const uint MessagePackType = 7;
    private const uint Compressed = 0x10;
    private const uint ZlibCompressed = 0x20;
    private const uint FastLzCompressed = 0x40;
    private const uint ForeignBits = 0xFF80;
    private const int HeaderLength = sizeof(uint);

    private static readonly FloatText Texts = new()
    {
        NotANumber = "NaN",
        Infinity = "Infinity",
        IsPlain = static (digits, pointAt) => pointAt > -4 && pointAt <= digits + 5,
        ZeroBeforePoint = false,
        DigitBehindPoint = false,
        ExponentFormat = "D2",
    };

    public static PhpMemcachedDialect Instance { get; } = new();

    private PhpMemcachedDialect()
    {
    }

    internal override CacheDialect Identity => CacheDialect.PhpMemcached;

    internal override uint FlagsOf(ValueKind kind) => kind switch
    {
        ValueKind.Raw => 0,
        ValueKind.Integer => IntegerType,
        ValueKind.Float => FloatType,
        ValueKind.Boolean => BooleanType,
        ValueKind.MessagePack => MessagePackType,
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "This kind of value is only read, never written."),
    };

    internal override uint Finish(ValueKind kind, TypeCode type, PayloadBuffer output) => FlagsOf(kind);

    private protected override ValueKind KindOfUntagged(uint flags) => (flags & (TypeMask | ForeignBits)) switch
    {
        0 => ValueKind.Raw,
        IntegerType => ValueKind.Integer,
        FloatType => ValueKind.Float,
        BooleanType => ValueKind.Boolean,
        PhpSerializedType => ValueKind.PhpSerialized,
        IgbinaryType => ValueKind.Igbinary,
        JsonType => ValueKind.Json,
        MessagePackType => ValueKind.MessagePack,
        _ => ValueKind.Unknown,
    };

    private protected override ValueKind OpenUntagged(uint flags, ref ReadOnlyMemory<byte> payload) => PhpScalar.Open(KindOfUntagged(flags), ref payload);

    internal override bool IsVerbatim(uint flags) => (flags & TaggedMark) == 0 && KindOfUntagged(flags) == ValueKind.Raw;

    private protected override bool IsCompressedUntagged(uint flags) => (flags & (ForeignBits | Compressed)) == Compressed;

    internal override string Describe(ValueKind kind, ReadOnlySpan<byte> payload) => kind == ValueKind.Json
        ? $"that it was written by PHP's json_encode(), {payload.Length} bytes"
        : base.Describe(kind, payload);

    internal override string WayOut(ValueKind kind) => kind == ValueKind.Json ? PhpSerialized.WayOut : base.WayOut(kind);

    internal override ReadOnlySpan<byte> TextOf(bool value) => value ? "1"u8 : default;

    internal override bool IsTrue(ReadOnlySpan<byte> text) => text.StartsWith("1"u8);

    internal override void WriteFloat(double value, TypeCode type, IBufferWriter<byte> output) => Texts.Write(value, output);

    internal override uint Compress(ICompressor compressor, PayloadBuffer value, double minimumSaving)
    {
        Span<byte> header = stackalloc byte[HeaderLength];
        BinaryPrimitives.WriteInt32LittleEndian(header, value.Length);
        return compressor.TryCompress(value, header, Largest(value.Length, minimumSaving)) ? Compressed | ZlibCompressed : 0;
    }

    internal override void Expand(ReadOnlyMemory<byte> payload, uint flags, CompressionOptions options, ExpandedPayload output)
    {
        // Python's clients have the flag of compression for text.
        if ((flags & (ZlibCompressed | FastLzCompressed)) is not (ZlibCompressed or FastLzCompressed))
        {
            throw new InvalidDataException("The flags say that the value is compressed, but not how.");
        }

        if (payload.Length < HeaderLength)
        {
            throw new InvalidDataException("The compressed value is shorter than the length field before it.");
        }

        var length = BinaryPrimitives.ReadUInt32LittleEndian(payload.Span);
        if (length > output.MaxSize)
        {
            throw output.TooLarge();
        }

        if ((flags & ZlibCompressed) != 0)
        {
            options.RequiredCompressor.Expand(payload[HeaderLength..], (int)length, output);
        }
        else
        {
            FastLz.Expand(payload.Span[HeaderLength..], (int)length, output);
        }
    }

    // php-memcached states the saving as a factor and keeps what is smaller than the length divided by it. The rounding
    // makes 1.3 of what 1 / (1 - (1 - 1 / 1.3)) leaves.
    private static int Largest(int length, double saving)
    {
        const int Decimals = 9;
        var factor = Math.Round(1 / (1 - saving), Decimals);
        return (int)Math.Ceiling(length / factor) - 1;
    }
}
