using System.Buffers;
using TypedCache.Values.Python;

namespace TypedCache.Values;

/// <summary>No flags: text and bytes as they are, numbers and bools as text.</summary>
internal sealed class PlainDialect : SharedDialect
{
    public static PlainDialect Instance { get; } = new();

    private PlainDialect()
        : base(numbersAreText: true)
    {
    }

    internal override CacheDialect Identity => CacheDialect.Plain;

    private protected override string Client => "a client without types of its own";

    internal override uint FlagsOf(ValueKind kind) => kind == ValueKind.MessagePack ? MessagePackMark : 0;

    internal override uint Finish(ValueKind kind, TypeCode type, PayloadBuffer output) => FlagsOf(kind);

    private protected override ValueKind KindOfUntagged(uint flags) => flags switch
    {
        0 => ValueKind.Raw,
        MessagePackMark => ValueKind.MessagePack,
        _ => ValueKind.Foreign,
    };

    private protected override ValueKind OpenUntagged(uint flags, ref ReadOnlyMemory<byte> payload) => KindOfUntagged(flags);

    internal override bool IsVerbatim(uint flags) => flags == 0;

    internal override ReadOnlySpan<byte> TextOf(bool value) => value ? "1"u8 : "0"u8;

    internal override void WriteFloat(double value, TypeCode type, IBufferWriter<byte> output) => PythonFloat.Texts.Write(value, output);
}
