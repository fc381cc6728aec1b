using System.Buffers;
using TypedCache.Values.Php;

namespace TypedCache.Values;

/// <summary>
/// The flags and texts of pecl-memcache (memcache_pool.c, <c>mmc_pack_value</c> and <c>mmc_unpack_value</c>): bit 0
/// serialized, bit 1 zlib, bits 8 to 11 the type, bits 16 to 31 the application's. Bit 16 marks MessagePack, which PHP
/// would otherwise take for its own <c>serialize()</c>.
/// </summary>
/// <param name="sharedWithPhp">Whether the mark stands alone, so that PHP returns MessagePack as a string.</param>
internal sealed class PeclDialect(bool sharedWithPhp) : ValueDialect
{
    private const uint Serialized = 0x1;
    private const uint Compressed = 0x2;
    private const uint TypeMask = 0xF00;
    private const uint BooleanType = 0x100;
    private const uint IntegerType = 0x300;
    private const uint FloatType = 0x700;
    private const uint MessagePackMark = 0x10000;

    // pecl writes none of these bits. It ignores them when reading, and so returns other clients' formats as strings.
    private const uint ForeignBits = 0xFC;

    // pecl's own texts switch to the exponent form at 14 digits, so both write the same bytes for the same number.
    private static readonly FloatText Texts = new()
    {
        NotANumber = "NAN",
        Infinity = "INF",
        IsPlain = static (_, pointAt) => pointAt is >= -3 and <= 14,
        ZeroBeforePoint = true,
        DigitBehindPoint = true,
        ExponentFormat = "D1",
    };

    /// <summary>For values that PHP need not read as MessagePack.</summary>
    public static PeclDialect Alone { get; } = new(sharedWithPhp: false);

    /// <summary>For values that PHP unpacks itself.</summary>
    public static PeclDialect SharedWithPhp { get; } = new(sharedWithPhp: true);

    internal override CacheDialect Identity => sharedWithPhp ? CacheDialect.PeclSharedWithPhp : CacheDialect.Pecl;

    internal override uint FlagsOf(ValueKind kind) => kind switch
    {
        ValueKind.Raw => 0,
        ValueKind.Integer => IntegerType,
        ValueKind.Float => FloatType,
        ValueKind.Boolean => BooleanType,
        ValueKind.MessagePack => sharedWithPhp ? MessagePackMark : Serialized | MessagePackMark,
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "This kind of value is only read, never written."),
    };

    internal override uint Finish(ValueKind kind, TypeCode type, PayloadBuffer output) => FlagsOf(kind);

    private protected override ValueKind KindOfUntagged(uint flags)
    {
        if ((flags & ForeignBits) != 0)
        {
            return ValueKind.Unknown;
        }

        var isMarked = (flags & MessagePackMark) != 0;
        if ((flags & Serialized) != 0)
        {
            return isMarked ? ValueKind.MessagePack : ValueKind.PhpSerialized;
        }

        return (flags & TypeMask) switch
        {
            0 => isMarked ? ValueKind.MessagePack : ValueKind.Raw,
            BooleanType => ValueKind.Boolean,
            IntegerType => ValueKind.Integer,
            FloatType => ValueKind.Float,
            _ => ValueKind.Unknown,
        };
    }

    private protected override ValueKind OpenUntagged(uint flags, ref ReadOnlyMemory<byte> payload) => PhpScalar.Open(KindOfUntagged(flags), ref payload);

    internal override bool IsVerbatim(uint flags) => (flags & TaggedMark) == 0 && KindOfUntagged(flags) == ValueKind.Raw;

    private protected override bool IsCompressedUntagged(uint flags) => (flags & (ForeignBits | Compressed)) == Compressed;

    internal override ReadOnlySpan<byte> TextOf(bool value) => value ? "1"u8 : "0"u8;

    internal override void WriteFloat(double value, TypeCode type, IBufferWriter<byte> output) => Texts.Write(value, output);

    internal override uint Compress(ICompressor compressor, PayloadBuffer value, double minimumSaving) =>
        compressor.TryCompress(value, header: default, largest: (int)(value.Length * (1 - minimumSaving))) ? Compressed : 0;

    internal override void Expand(ReadOnlyMemory<byte> payload, uint flags, CompressionOptions options, ExpandedPayload output) =>
        options.RequiredCompressor.Expand(payload, output);
}
