using System.Buffers;
using TypedCache.Values.Node;

namespace TypedCache.Values;

/// <summary>
/// The flags of the npm package memcached (lib/memcached.js, <c>setters</c> and <c>parsers</c>): 0 text, 2 JSON, 4 bytes, 8 a number. It
/// compares them as a whole, and takes what it does not know for text.
/// </summary>
internal sealed class NodeMemcachedDialect : SharedDialect
{
    private const uint JsonType = 2;
    private const uint BytesType = 4;
    private const uint NumberType = 8;

    private static readonly FloatText Numbers = new()
    {
        NotANumber = "NaN",
        Infinity = "Infinity",
        IsPlain = static (_, pointAt) => pointAt is > -6 and <= 21,
        ZeroBeforePoint = true,
        DigitBehindPoint = false,
        ExponentFormat = "D1",
    };

    public static NodeMemcachedDialect Instance { get; } = new();

    private NodeMemcachedDialect()
        : base(numbersAreText: true)
    {
    }

    internal override CacheDialect Identity => CacheDialect.NodeMemcached;

    private protected override string Client => "the npm package memcached";

    internal override uint FlagsOf(ValueKind kind) => kind switch
    {
        ValueKind.Raw => BytesType,
        ValueKind.Integer or ValueKind.Float => NumberType,
        ValueKind.Boolean or ValueKind.Date => JsonType,
        ValueKind.MessagePack => MessagePackMark,
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "This kind of value is only read, never written."),
    };

    internal override uint Finish(ValueKind kind, TypeCode type, PayloadBuffer output)
    {
        if (kind != ValueKind.Raw)
        {
            return FlagsOf(kind);
        }

        var isText = type == TypeCode.String;
        if (!isText)
        {
            Latin1.Encode(output);
        }

        EscapedLines.Escape(output);
        return isText ? 0 : BytesType;
    }

    private protected override ValueKind KindOfUntagged(uint flags) => flags switch
    {
        0 or BytesType => ValueKind.Raw,
        NumberType => ValueKind.Float,
        JsonType => ValueKind.Json,
        MessagePackMark => ValueKind.MessagePack,
        _ => ValueKind.Foreign,
    };

    private protected override ValueKind OpenUntagged(uint flags, ref ReadOnlyMemory<byte> payload)
    {
        switch (flags)
        {
            case 0:
                payload = EscapedLines.Unescape(payload);
                return ValueKind.Raw;
            case BytesType:
                return Latin1.TryDecode(EscapedLines.Unescape(payload), out payload) ? ValueKind.Raw : ValueKind.Foreign;
            case NumberType when NumberText.IsInteger(payload.Span):
                return ValueKind.Integer;
            case NumberType when !FloatText.TryRead(payload.Span, out _):
                return ValueKind.Foreign;
            case JsonType:
                return JsonScalar.Open(ref payload);
            default:
                return KindOfUntagged(flags);
        }
    }

    internal override bool IsVerbatim(uint flags) => false;

    internal override string Describe(ValueKind kind, ReadOnlySpan<byte> payload) =>
        kind == ValueKind.Json ? $"that it is JSON which Node.js wrote, {payload.Length} bytes" : base.Describe(kind, payload);

    private protected override string WayOutOfOwn =>
        "Only bools, null and dates are read of the JSON that the npm package memcached writes by itself. Store a string with the JSON text in Node.js and read it as text, or delete the key.";

    internal override ReadOnlySpan<byte> TextOf(bool value) => value ? "true"u8 : "false"u8;

    internal override void WriteFloat(double value, TypeCode type, IBufferWriter<byte> output) => Numbers.Write(value, output);

    internal override void WriteDateTime(DateTime value, IBufferWriter<byte> output) => output.Write(JsonScalar.Of(value));
}
