using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace TypedCache.Values;

/// <summary>
/// The flags and bytes of EnyimMemcached and EnyimMemcachedCore (DefaultTranscoder.cs, <c>Serialize</c> and <c>Deserialize</c>): 0x100 and
/// the <see cref="TypeCode"/>, numbers little-endian in the width of their type. Byte arrays have flags of their own.
/// </summary>
/// <param name="objectsAreMessagePack">Whether objects are MessagePack, as the client's MessagePackTranscoder writes them.</param>
internal sealed class EnyimDialect(bool objectsAreMessagePack) : SharedDialect(numbersAreText: false)
{
    private const uint Bytes = 0xFA52;
    private const uint Typed = 0x100;
    private const uint Object = Typed | (uint)TypeCode.Object;

    // There is no type with this code: the client throws.
    private const uint NoType = Typed | 17;

    /// <summary>For the default transcoder.</summary>
    public static EnyimDialect Default { get; } = new(objectsAreMessagePack: false);

    /// <summary>For the MessagePackTranscoder.</summary>
    public static EnyimDialect WithMessagePack { get; } = new(objectsAreMessagePack: true);

    internal override CacheDialect Identity => objectsAreMessagePack ? CacheDialect.EnyimMessagePack : CacheDialect.Enyim;

    private protected override string Client => "EnyimMemcachedCore";

    internal override uint FlagsOf(ValueKind kind) => kind switch
    {
        ValueKind.Raw => Bytes,
        ValueKind.Integer => Typed | (uint)TypeCode.Int64,
        ValueKind.Float => Typed | (uint)TypeCode.Double,
        ValueKind.Boolean => Typed | (uint)TypeCode.Boolean,
        ValueKind.Date => Typed | (uint)TypeCode.DateTime,
        ValueKind.MessagePack => objectsAreMessagePack ? Object : NoType,
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "This kind of value is only read, never written."),
    };

    internal override uint Finish(ValueKind kind, TypeCode type, PayloadBuffer output) =>
        type == TypeCode.Object ? FlagsOf(kind) : Typed | (uint)type;

    private protected override ValueKind KindOfUntagged(uint flags) => flags switch
    {
        0 or Bytes => ValueKind.Raw,
        NoType => ValueKind.MessagePack,
        >= Typed and <= (Typed | (uint)TypeCode.String) => KindOf((TypeCode)(flags & ~Typed)),
        _ => ValueKind.Foreign,
    };

    private ValueKind KindOf(TypeCode type) => type switch
    {
        TypeCode.Empty or TypeCode.DBNull => ValueKind.Null,
        TypeCode.Object => objectsAreMessagePack ? ValueKind.MessagePack : ValueKind.Bson,
        TypeCode.Boolean => ValueKind.Boolean,
        TypeCode.Char or TypeCode.String => ValueKind.Raw,
        >= TypeCode.SByte and <= TypeCode.UInt64 => ValueKind.Integer,
        TypeCode.Single or TypeCode.Double => ValueKind.Float,
        TypeCode.DateTime => ValueKind.Date,
        _ => ValueKind.Foreign,
    };

    private protected override ValueKind OpenUntagged(uint flags, ref ReadOnlyMemory<byte> payload)
    {
        var kind = KindOfUntagged(flags);
        return kind switch
        {
            ValueKind.Bson => KindOfObject(payload.Span),
            ValueKind.Null => payload.IsEmpty ? kind : ValueKind.Foreign,
            ValueKind.Foreign or ValueKind.MessagePack => kind,
            _ when flags is 0 or Bytes or (Typed | (uint)TypeCode.String) => kind,
            _ when TryRead((TypeCode)(flags & ~Typed), payload.Span) is { } text => Take(kind, text, out payload),
            _ => ValueKind.Foreign,
        };
    }

    private static ValueKind Take(ValueKind kind, byte[] text, out ReadOnlyMemory<byte> payload)
    {
        payload = text;
        return kind;
    }

    // EnyimMemcached 2 writes .NET's binary format or XML, Core writes BSON.
    private static ValueKind KindOfObject(ReadOnlySpan<byte> payload) =>
        payload.StartsWith("<"u8) || payload.StartsWith((ReadOnlySpan<byte>)[0, 1, 0, 0, 0, 0xFF, 0xFF, 0xFF, 0xFF]) ? ValueKind.DotNetSerialized : ValueKind.Bson;

    // Null: the bytes are none of the type.
    private static byte[]? TryRead(TypeCode type, ReadOnlySpan<byte> bytes) => (type, bytes.Length) switch
    {
        (TypeCode.Boolean, 1) when bytes[0] <= 1 => CanonicalText.Of(bytes[0] == 1),
        (TypeCode.Char, sizeof(char)) => TextOf((char)BinaryPrimitives.ReadUInt16LittleEndian(bytes)),
        (TypeCode.SByte, sizeof(sbyte)) => CanonicalText.Of((long)(sbyte)bytes[0]),

        // Aerx.Memcached writes an sbyte as a short.
        (TypeCode.SByte, sizeof(short)) when BinaryPrimitives.ReadInt16LittleEndian(bytes) is >= sbyte.MinValue and <= sbyte.MaxValue and var value => CanonicalText.Of((long)value),
        (TypeCode.Byte, sizeof(byte)) => CanonicalText.Of((ulong)bytes[0]),
        (TypeCode.Int16, sizeof(short)) => CanonicalText.Of((long)BinaryPrimitives.ReadInt16LittleEndian(bytes)),
        (TypeCode.UInt16, sizeof(ushort)) => CanonicalText.Of((ulong)BinaryPrimitives.ReadUInt16LittleEndian(bytes)),
        (TypeCode.Int32, sizeof(int)) => CanonicalText.Of((long)BinaryPrimitives.ReadInt32LittleEndian(bytes)),
        (TypeCode.UInt32, sizeof(uint)) => CanonicalText.Of((ulong)BinaryPrimitives.ReadUInt32LittleEndian(bytes)),
        (TypeCode.Int64, sizeof(long)) => CanonicalText.Of(BinaryPrimitives.ReadInt64LittleEndian(bytes)),
        (TypeCode.UInt64, sizeof(ulong)) => CanonicalText.Of(BinaryPrimitives.ReadUInt64LittleEndian(bytes)),
        (TypeCode.Single, sizeof(float)) => CanonicalText.Of((double)BinaryPrimitives.ReadSingleLittleEndian(bytes)),
        (TypeCode.Double, sizeof(double)) => CanonicalText.Of(BinaryPrimitives.ReadDoubleLittleEndian(bytes)),
        (TypeCode.DateTime, sizeof(long)) => TextOfDate(BinaryPrimitives.ReadInt64LittleEndian(bytes)),
        _ => null,
    };

    private static byte[]? TextOf(char value) => char.IsSurrogate(value) ? null : Encoding.UTF8.GetBytes([value]);

    private static byte[]? TextOfDate(long binary)
    {
        try
        {
            return DateText.Of(DateTime.FromBinary(binary));
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    internal override bool IsVerbatim(uint flags) => flags is 0 or Bytes or (Typed | (uint)TypeCode.String);

    internal override string Describe(ValueKind kind, ReadOnlySpan<byte> payload) => kind switch
    {
        ValueKind.DotNetSerialized => $"that it is an object which EnyimMemcached wrote by .NET's BinaryFormatter or NetDataContractSerializer, {payload.Length} bytes",
        ValueKind.Bson => $"that it is an object which EnyimMemcachedCore wrote as BSON or by a transcoder of its own, {payload.Length} bytes",
        ValueKind.MessagePack when IsBson(payload) => $"MessagePack, but it looks like the BSON of EnyimMemcachedCore's default transcoder, {payload.Length} bytes",
        _ => base.Describe(kind, payload),
    };

    private static bool IsBson(ReadOnlySpan<byte> payload) => BinaryPrimitives.TryReadInt32LittleEndian(payload, out var length) && length == payload.Length;

    private protected override string WayOutOfOwn =>
        $"Let EnyimMemcachedCore store it as text or bytes, or by its MessagePackTranscoder and set the pool's dialect to {nameof(EnyimMessagePack)}, or delete the key.";

    internal override ReadOnlySpan<byte> TextOf(bool value) => value ? [1] : [0];

    internal override void WriteInteger(ulong value, TypeCode type, IBufferWriter<byte> output)
    {
        BinaryPrimitives.WriteUInt64LittleEndian(output.GetSpan(sizeof(ulong)), value);
        output.Advance(SizeOf(type));
    }

    internal override void WriteFloat(double value, TypeCode type, IBufferWriter<byte> output) =>
        WriteInteger(type == TypeCode.Single ? BitConverter.SingleToUInt32Bits((float)value) : BitConverter.DoubleToUInt64Bits(value), type, output);

    internal override void WriteDateTime(DateTime value, IBufferWriter<byte> output) => WriteInteger((ulong)value.ToBinary(), TypeCode.DateTime, output);

    private static int SizeOf(TypeCode type) => type switch
    {
        TypeCode.SByte or TypeCode.Byte => sizeof(byte),
        TypeCode.Int16 or TypeCode.UInt16 => sizeof(short),
        TypeCode.Int32 or TypeCode.UInt32 or TypeCode.Single => sizeof(int),
        _ => sizeof(long),
    };
}
