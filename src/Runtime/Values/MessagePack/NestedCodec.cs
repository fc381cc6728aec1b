using System.Buffers;
using System.Buffers.Text;
using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using MessagePack;

namespace TypedCache.Values;

/// <summary>
/// Lets a codec of the project write a value inside a MessagePack value. What a <see cref="MessagePackCodec{T}"/> writes stands there
/// as it is. Of other codecs a number, a bool and text become MessagePack's own, bytes become <c>bin</c>, and MessagePack becomes an
/// array with it as the only element, so that it is not taken for one of these. Called by generated code.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class NestedCodec
{
    private static readonly ValueDialect Dialect = ValueDialect.Pecl;

    // A codec may write a value that has another such value inside; that one gets a buffer of its own.
    [ThreadStatic]
    private static PayloadBuffer? _buffer;

    /// <summary>Writes a value by its codec.</summary>
    /// <param name="writer">The outer value.</param>
    /// <param name="codec">The codec.</param>
    /// <param name="value">The value.</param>
    public static void Write<T>(ref MessagePackWriter writer, ICacheCodec<T> codec, T value)
    {
        if (codec is MessagePackCodec<T> messagePack)
        {
            messagePack.WriteNested(ref writer, value);
            return;
        }

        var buffer = Rent();
        try
        {
            var inner = new ValueWriter(Dialect, buffer, codec);
            codec.Write(ref inner, value);
            inner.Finish();
            Copy(ref writer, inner, buffer.WrittenSpan);
        }
        finally
        {
            Return(buffer);
        }
    }

    /// <summary>Reads a value by its codec.</summary>
    /// <param name="reader">The outer value, before the inner one.</param>
    /// <param name="codec">The codec.</param>
    /// <exception cref="MessagePackSerializationException">The codec cannot read what is there.</exception>
    public static T Read<T>(ref MessagePackReader reader, ICacheCodec<T> codec)
    {
        if (codec is MessagePackCodec<T> messagePack)
        {
            return messagePack.ReadNested(ref reader);
        }

        var buffer = Rent();
        try
        {
            MessagePackLimits.EnterLevel(ref reader);
            var kind = Take(ref reader, buffer, out var payload);
            reader.Depth--;
            return codec.Read(new StoredValue(default, Dialect.FlagsOf(kind), payload, Dialect));
        }
        catch (CacheValueException exception)
        {
            throw new MessagePackSerializationException($"A {TypeName.Of(typeof(T))} inside the value cannot be read by {codec.GetType()}.", exception);
        }
        finally
        {
            Return(buffer);
        }
    }

    private static void Copy(ref MessagePackWriter writer, in ValueWriter written, ReadOnlySpan<byte> payload)
    {
        switch (written.Kind)
        {
            case ValueKind.Integer when payload[0] == (byte)'-':
                writer.Write(long.Parse(payload, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture));
                break;
            case ValueKind.Integer:
                writer.Write(ulong.Parse(payload, NumberStyles.None, CultureInfo.InvariantCulture));
                break;
            case ValueKind.Float:
                var isNumber = FloatText.TryRead(payload, out var number);
                Debug.Assert(isNumber, "a dialect reads what it writes");
                writer.Write(number);
                break;
            case ValueKind.Boolean:
                writer.Write(Dialect.IsTrue(payload));
                break;
            case ValueKind.MessagePack:
                writer.WriteArrayHeader(1);
                writer.WriteRaw(payload);
                break;
            default:
                if (written.IsText)
                {
                    writer.WriteString(payload);
                }
                else
                {
                    writer.Write(payload);
                }

                break;
        }
    }

    // The payload as a server would send it to the codec.
    private static ValueKind Take(ref MessagePackReader reader, PayloadBuffer buffer, out ReadOnlyMemory<byte> payload)
    {
        switch (reader.NextMessagePackType)
        {
            case MessagePackType.Integer:
                TakeInteger(ref reader, buffer);
                payload = buffer.Written;
                return ValueKind.Integer;
            case MessagePackType.Float:
                Dialect.WriteFloat(reader.ReadDouble(), TypeCode.Double, buffer);
                payload = buffer.Written;
                return ValueKind.Float;
            case MessagePackType.Boolean:
                buffer.Write(Dialect.TextOf(reader.ReadBoolean()));
                payload = buffer.Written;
                return ValueKind.Boolean;
            case MessagePackType.String:
                payload = Contiguous(reader.ReadStringSequence());
                return ValueKind.Raw;
            case MessagePackType.Binary:
                payload = Contiguous(reader.ReadBytes());
                return ValueKind.Raw;
            case MessagePackType.Array when reader.ReadArrayHeader() == 1:
                payload = Contiguous(reader.ReadRaw());
                return ValueKind.MessagePack;
            default:
                throw new MessagePackSerializationException("A value inside the value has a form that no codec of the project writes.");
        }
    }

    // Codes up to 0x7F and those of the unsigned types cannot be negative.
    private static void TakeInteger(ref MessagePackReader reader, PayloadBuffer buffer)
    {
        const int MaxLength = 20;
        var isUnsigned = reader.NextCode is <= MessagePackCode.MaxFixInt or >= MessagePackCode.UInt8 and <= MessagePackCode.UInt64;
        var span = buffer.GetSpan(MaxLength);
        int written;
        var fits = isUnsigned
            ? Utf8Formatter.TryFormat(reader.ReadUInt64(), span, out written)
            : Utf8Formatter.TryFormat(reader.ReadInt64(), span, out written);
        Debug.Assert(fits, "a 64-bit number has at most 20 characters");
        buffer.Advance(written);
    }

    // A payload is one piece of memory, so that only what comes from other readers is copied.
    private static ReadOnlyMemory<byte> Contiguous(ReadOnlySequence<byte>? bytes)
    {
        var sequence = bytes.GetValueOrDefault();
        return sequence.IsSingleSegment ? sequence.First : sequence.ToArray();
    }

    private static PayloadBuffer Rent()
    {
        var buffer = _buffer ?? new PayloadBuffer();
        _buffer = null;
        return buffer;
    }

    private static void Return(PayloadBuffer buffer)
    {
        buffer.Clear();
        _buffer = buffer;
    }
}
