using System.Buffers;
using TypedCache.Values.Ruby;

namespace TypedCache.Values;

/// <summary>The flags of dalli (value_serializer.rb, value_compressor.rb): 1 Marshal, 2 zlib or gzip, and since dalli 5 4 for a UTF-8 string.</summary>
internal sealed class DalliDialect : SharedDialect
{
    private const uint MarshalType = 1;
    private const uint Compressed = 2;
    private const uint TextType = 4;

    public static DalliDialect Instance { get; } = new();

    private DalliDialect()
        : base(numbersAreText: false)
    {
    }

    internal override CacheDialect Identity => CacheDialect.Dalli;

    private protected override string Client => "Ruby's dalli";

    // dalli fails to load MessagePack as Marshal, so that nobody takes it for a string.
    internal override uint FlagsOf(ValueKind kind) => kind == ValueKind.MessagePack ? MessagePackMark | MarshalType : MarshalType;

    internal override uint Finish(ValueKind kind, TypeCode type, PayloadBuffer output)
    {
        if (kind == ValueKind.Raw)
        {
            MarshalledScalar.WrapString(output, isText: type == TypeCode.String);
        }

        return FlagsOf(kind);
    }

    private protected override ValueKind KindOfUntagged(uint flags) => (flags & ~Compressed) switch
    {
        0 or TextType => ValueKind.Raw,
        MarshalType => ValueKind.Marshal,
        MessagePackMark or (MessagePackMark | MarshalType) => ValueKind.MessagePack,
        _ => ValueKind.Foreign,
    };

    private protected override ValueKind OpenUntagged(uint flags, ref ReadOnlyMemory<byte> payload)
    {
        var kind = KindOfUntagged(flags);
        return kind == ValueKind.Marshal ? MarshalledScalar.Open(ref payload) : kind;
    }

    internal override bool IsVerbatim(uint flags) => flags is 0 or TextType;

    internal override string Describe(ValueKind kind, ReadOnlySpan<byte> payload) => kind switch
    {
        ValueKind.Marshal when MarshalReader.IsMarshal(payload) => $"that it is an object which Ruby wrote by Marshal, or a string that is not in UTF-8, {payload.Length} bytes",
        ValueKind.Marshal => $"that Ruby's dalli wrote it by another serializer than Marshal, {payload.Length} bytes",
        _ => base.Describe(kind, payload),
    };

    private protected override string WayOutOfOwn =>
        "Marshal other than that of a number, a bool, nil, a symbol or a UTF-8 or binary string is not read. Let Ruby store one of these or JSON text, or delete the key.";

    private protected override uint CompressedFlag => Compressed;

    internal override bool CanBeAddedTo => false;

    internal override ReadOnlySpan<byte> TextOf(bool value) => MarshalledScalar.Of(value);

    internal override void WriteInteger(ulong value, TypeCode type, IBufferWriter<byte> output) =>
        MarshalledScalar.WriteInteger(value, IsNegative(value, type), output);

    private static bool IsNegative(ulong value, TypeCode type) =>
        type is TypeCode.SByte or TypeCode.Int16 or TypeCode.Int32 or TypeCode.Int64 && (long)value < 0;

    internal override void WriteFloat(double value, TypeCode type, IBufferWriter<byte> output) => MarshalledScalar.WriteFloat(value, output);

    internal override uint Compress(ICompressor compressor, PayloadBuffer value, double minimumSaving) =>
        compressor.TryCompress(value, header: default, largest: (int)(value.Length * (1 - minimumSaving))) ? Compressed : 0;

    // dalli can be told to use gzip, under the same flag.
    internal override void Expand(ReadOnlyMemory<byte> payload, uint flags, CompressionOptions options, ExpandedPayload output)
    {
        var zlib = options.RequiredCompressor;
        var compressor = Gzip.Is(payload.Span) ? Gzip.Instance : zlib;
        compressor.Expand(payload, output);
    }
}
