using System.Buffers;
using System.Globalization;
using MessagePack;

namespace TypedCache.Tool.Values;

/// <summary>Reads MessagePack without knowing what it is.</summary>
internal static class RawMessagePack
{
    /// <summary>How deep values may be.</summary>
    public const int MaxDepth = 200;

    private const sbyte Timestamp = -1;

    /// <summary>Reads the next value.</summary>
    /// <param name="reader">Stands in front of it, and afterwards behind it.</param>
    /// <param name="depth">How deep it is.</param>
    /// <exception cref="InvalidDataException">The bytes are no MessagePack.</exception>
    public static ValueNode Read(ref MessagePackReader reader, int depth = 0)
    {
        try
        {
            return ReadNext(ref reader, depth);
        }
        catch (Exception exception) when (exception is MessagePackSerializationException or EndOfStreamException or OverflowException or ArgumentException)
        {
            throw new InvalidDataException(
                exception is EndOfStreamException || exception.InnerException is EndOfStreamException
                    ? "the bytes end too early"
                    : string.Create(CultureInfo.InvariantCulture, $"the bytes are no MessagePack at byte {reader.Consumed}"),
                exception);
        }
    }

    private static ValueNode ReadNext(ref MessagePackReader reader, int depth)
    {
        if (depth > MaxDepth)
        {
            throw new InvalidDataException("it is nested too deeply");
        }

        switch (reader.NextMessagePackType)
        {
            case MessagePackType.Nil:
                reader.ReadNil();
                return Scalars.Null;
            case MessagePackType.Boolean:
                return Scalars.Of(reader.ReadBoolean());
            case MessagePackType.Integer:
                return ReadInteger(ref reader);
            case MessagePackType.Float:
                return Scalars.Of(reader.ReadDouble());
            case MessagePackType.String:
                return Scalars.Text(reader.ReadString() ?? "");
            case MessagePackType.Binary:
                return Scalars.Bytes((reader.ReadBytes() ?? default).ToArray());
            case MessagePackType.Array:
                return ReadArray(ref reader, depth);
            case MessagePackType.Map:
                return ReadMap(ref reader, depth);
            case MessagePackType.Extension:
                return ReadExtension(ref reader);
            default:
                throw new InvalidDataException(string.Create(CultureInfo.InvariantCulture, $"the bytes are no MessagePack at byte {reader.Consumed}"));
        }
    }

    private static ValueNode.Scalar ReadInteger(ref MessagePackReader reader) =>
        reader.NextCode == MessagePackCode.UInt64 ? Scalars.Number(reader.ReadUInt64()) : Scalars.Number(reader.ReadInt64());

    private static ValueNode.List ReadArray(ref MessagePackReader reader, int depth)
    {
        var count = reader.ReadArrayHeader();
        var items = new List<ValueNode>();
        for (var i = 0; i < count; i++)
        {
            items.Add(ReadNext(ref reader, depth + 1));
        }

        return new ValueNode.List(items);
    }

    private static ValueNode.Members ReadMap(ref MessagePackReader reader, int depth)
    {
        var count = reader.ReadMapHeader();
        var items = new List<NamedNode>();
        for (var i = 0; i < count; i++)
        {
            var key = ReadNext(ref reader, depth + 1);
            items.Add(new NamedNode(Scalars.NameOf(key), ReadNext(ref reader, depth + 1)));
        }

        return new ValueNode.Members("", items);
    }

    private static ValueNode.Scalar ReadExtension(ref MessagePackReader reader)
    {
        var header = reader.ReadExtensionFormatHeader();
        return header.TypeCode == Timestamp
            ? Scalars.Time(reader.ReadDateTime(header))
            : Scalars.Bytes(reader.ReadRaw(header.Length).ToArray()) with { Note = string.Create(CultureInfo.InvariantCulture, $"extension {header.TypeCode}") };
    }
}
