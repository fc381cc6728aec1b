using System.Buffers;
using TypedCache.Values.Python;

namespace TypedCache.Values;

/// <summary>
/// The flags of pymemcache (serde.py) and python-memcached (memcache.py): 0 bytes, 1 pickle, 2 and 4 whole numbers as text, 8 zlib, 16
/// text.
/// </summary>
/// <param name="identity">Which of both.</param>
/// <param name="protocol">The protocol of its pickles.</param>
internal sealed class PythonDialect(CacheDialect identity, PickleProtocol protocol) : SharedDialect(numbersAreText: true)
{
    private const uint PickleType = 1;
    private const uint IntegerType = 2;
    private const uint LongType = 4;
    private const uint Compressed = 8;
    private const uint TextType = 16;

    // With the flags of text, clients would take the versions of the tags for its end. Up here they see none of their own.
    private const int TaggedShift = 8;

    public static PythonDialect OfPymemcache { get; } = new(CacheDialect.Pymemcache, PickleProtocol.Newest);

    public static PythonDialect OfPythonMemcached { get; } = new(CacheDialect.PythonMemcached, PickleProtocol.Oldest);

    internal override CacheDialect Identity => identity;

    private protected override string Client => identity == CacheDialect.Pymemcache ? "Python's pymemcache" : "Python's python-memcached";

    internal override uint FlagsOf(ValueKind kind) => kind switch
    {
        ValueKind.Raw => 0,
        ValueKind.Integer => IntegerType,
        ValueKind.Float or ValueKind.Boolean => PickleType,
        ValueKind.MessagePack => MessagePackMark,
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "This kind of value is only read, never written."),
    };

    internal override uint Finish(ValueKind kind, TypeCode type, PayloadBuffer output) => type == TypeCode.String ? TextType : FlagsOf(kind);

    private protected override ValueKind KindOfUntagged(uint flags) => (flags & ~Compressed) switch
    {
        0 or TextType => ValueKind.Raw,
        PickleType => ValueKind.Pickle,
        IntegerType or LongType => ValueKind.Integer,
        MessagePackMark => ValueKind.MessagePack,
        _ => ValueKind.Foreign,
    };

    private protected override ValueKind OpenUntagged(uint flags, ref ReadOnlyMemory<byte> payload) => KindOfUntagged(flags) switch
    {
        ValueKind.Pickle => PickledScalar.Open(ref payload),
        ValueKind.Integer when !NumberText.IsInteger(payload.Span) => ValueKind.Foreign,
        var kind => kind,
    };

    internal override bool IsVerbatim(uint flags) => flags is 0 or TextType;

    internal override uint Tag(uint flags) => TaggedMark | (flags << TaggedShift);

    internal override uint Untag(uint flags) => (flags & 0xFF & ~Compressed) == TaggedMark ? (flags >> TaggedShift) | (flags & Compressed) : flags;

    internal override string Describe(ValueKind kind, ReadOnlySpan<byte> payload) =>
        kind == ValueKind.Pickle ? $"that it is an object which Python wrote by pickle, {payload.Length} bytes" : base.Describe(kind, payload);

    private protected override string WayOutOfOwn =>
        "Pickles other than those of a number, a bool, None, a string or bytes are not read, because they can run code. Let Python store text, bytes, a number or JSON text, or delete the key.";

    private protected override uint CompressedFlag => Compressed;

    internal override ReadOnlySpan<byte> TextOf(bool value) => PickledScalar.Of(value, protocol);

    internal override void WriteFloat(double value, TypeCode type, IBufferWriter<byte> output) => PickledScalar.Write(value, protocol, output);

    // python-memcached keeps only what is smaller.
    internal override uint Compress(ICompressor compressor, PayloadBuffer value, double minimumSaving) =>
        compressor.TryCompress(value, header: default, largest: (int)Math.Min(value.Length - 1, value.Length * (1 - minimumSaving))) ? Compressed : 0;

    internal override void Expand(ReadOnlyMemory<byte> payload, uint flags, CompressionOptions options, ExpandedPayload output) =>
        options.RequiredCompressor.Expand(payload, output);
}
