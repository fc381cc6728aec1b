using System.Globalization;
using MessagePack;
using MessagePack.Formatters;

namespace TypedCache.Tool.Values;

/// <summary>Reads values that a contract names as one, as the generated codecs do: by the formatters of MessagePack.</summary>
internal static class LeafReader
{
    private delegate ValueNode Read(ref MessagePackReader reader);

    private static readonly MessagePackSerializerOptions Options = MessagePackSerializerOptions.Standard;

    private static readonly Dictionary<string, Read> Readers = new(StringComparer.Ordinal)
    {
        ["bool"] = static (ref reader) => Scalars.Of(reader.ReadBoolean()),
        ["sbyte"] = static (ref reader) => Scalars.Number(reader.ReadSByte()),
        ["byte"] = static (ref reader) => Scalars.Number(reader.ReadByte()),
        ["short"] = static (ref reader) => Scalars.Number(reader.ReadInt16()),
        ["ushort"] = static (ref reader) => Scalars.Number(reader.ReadUInt16()),
        ["int"] = static (ref reader) => Scalars.Number(reader.ReadInt32()),
        ["uint"] = static (ref reader) => Scalars.Number(reader.ReadUInt32()),
        ["long"] = static (ref reader) => Scalars.Number(reader.ReadInt64()),
        ["ulong"] = static (ref reader) => Scalars.Number(reader.ReadUInt64()),
        ["float"] = static (ref reader) => Scalars.Of(reader.ReadSingle()),
        ["double"] = static (ref reader) => Scalars.Of(reader.ReadDouble()),
        ["char"] = static (ref reader) => Scalars.Text(reader.ReadChar().ToString()),
        ["string"] = static (ref reader) => Scalars.Text(reader.ReadString()!),
        ["StringBuilder"] = static (ref reader) => Scalars.Text(reader.ReadString()!),
        ["Uri"] = static (ref reader) => Scalars.Text(reader.ReadString()!),
        ["Version"] = static (ref reader) => Scalars.Symbol(Version.Parse(reader.ReadString()!).ToString()),
        ["Guid"] = static (ref reader) => Scalars.Symbol(GuidFormatter.Instance.Deserialize(ref reader, Options).ToString()),
        ["decimal"] = static (ref reader) => Scalars.Number(DecimalFormatter.Instance.Deserialize(ref reader, Options)),
        ["DateTime"] = static (ref reader) => Scalars.Time(reader.ReadDateTime()),
        ["DateTimeOffset"] = static (ref reader) => Formatted(DateTimeOffsetFormatter.Instance.Deserialize(ref reader, Options), "O"),
        ["DateOnly"] = static (ref reader) => Formatted(DateOnlyFormatter.Instance.Deserialize(ref reader, Options), "O"),
        ["TimeOnly"] = static (ref reader) => Formatted(TimeOnlyFormatter.Instance.Deserialize(ref reader, Options), "O"),
        ["TimeSpan"] = static (ref reader) => Formatted(TimeSpanFormatter.Instance.Deserialize(ref reader, Options), "c"),
        ["Half"] = static (ref reader) => Scalars.Of((double)HalfFormatter.Instance.Deserialize(ref reader, Options)),
        ["Int128"] = static (ref reader) => Scalars.Number(Int128Formatter.Instance.Deserialize(ref reader, Options)),
        ["UInt128"] = static (ref reader) => Scalars.Number(UInt128Formatter.Instance.Deserialize(ref reader, Options)),
        ["BigInteger"] = static (ref reader) => Scalars.Number(BigIntegerFormatter.Instance.Deserialize(ref reader, Options)),
        ["Rune"] = static (ref reader) => Scalars.Text(RuneFormatter.Instance.Deserialize(ref reader, Options).ToString()),
        ["byte[]"] = ReadBytes,
        ["Memory<byte>"] = ReadBytes,
        ["ReadOnlyMemory<byte>"] = ReadBytes,
        ["ArraySegment<byte>"] = ReadBytes,
        ["ReadOnlySequence<byte>"] = ReadBytes,
    };

    /// <summary>Reads a value.</summary>
    /// <param name="reader">Stands in front of it.</param>
    /// <param name="name">The type. Those that are made of other numbers, such as vectors, are shown as these.</param>
    /// <exception cref="MessagePackSerializationException">Something else is stored there.</exception>
    public static ValueNode ReadNext(ref MessagePackReader reader, string name) =>
        Readers.TryGetValue(name, out var read) ? read(ref reader) : RawMessagePack.Read(ref reader);

    private static ValueNode.Scalar ReadBytes(ref MessagePackReader reader)
    {
        var bytes = reader.ReadBytes();
        return Scalars.Bytes(bytes is { } found ? System.Buffers.BuffersExtensions.ToArray(found) : []);
    }

    private static ValueNode.Scalar Formatted(IFormattable value, string format) => Scalars.Symbol(value.ToString(format, CultureInfo.InvariantCulture));
}
