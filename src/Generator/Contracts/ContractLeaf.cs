namespace TypedCache.Generator.Contracts;

/// <summary>The types that are written by one call: what they write, and what they can read.</summary>
internal static class ContractLeaf
{
    /// <summary>Whole numbers, with the least and the greatest of each.</summary>
    private static readonly Dictionary<string, (decimal Least, decimal Greatest)> Integers = new(StringComparer.Ordinal)
    {
        ["sbyte"] = (sbyte.MinValue, sbyte.MaxValue),
        ["byte"] = (0, byte.MaxValue),
        ["short"] = (short.MinValue, short.MaxValue),
        ["ushort"] = (0, ushort.MaxValue),
        ["int"] = (int.MinValue, int.MaxValue),
        ["uint"] = (0, uint.MaxValue),
        ["long"] = (long.MinValue, long.MaxValue),
        ["ulong"] = (0, ulong.MaxValue),
    };

    /// <summary>How many whole numbers from 0 on a type with a fraction has without a gap.</summary>
    private static readonly Dictionary<string, decimal> Fractions = new(StringComparer.Ordinal)
    {
        ["Half"] = 1 << 11,
        ["float"] = 1 << 24,
        ["double"] = 1L << 53,
    };

    /// <summary>Bytes as they are.</summary>
    private static readonly HashSet<string> Bytes = new(StringComparer.Ordinal)
    {
        "byte[]", "Memory<byte>", "ReadOnlyMemory<byte>", "ArraySegment<byte>", "ReadOnlySequence<byte>",
    };

    /// <summary>Values that are written as text, which is theirs as a string as well.</summary>
    private static readonly HashSet<string> Texts = new(StringComparer.Ordinal)
    {
        "string", "StringBuilder", "Guid", "decimal", "Uri", "Version",
    };

    /// <summary>Types that have a null, so that reading it gives null and throws nothing.</summary>
    private static readonly HashSet<string> References = new(StringComparer.Ordinal)
    {
        "string", "byte[]", "StringBuilder", "Uri", "Version", "BitArray",
    };

    /// <summary>Values that are read only as what they are.</summary>
    private static readonly HashSet<string> Others = new(StringComparer.Ordinal)
    {
        "bool", "char", "DateTime", "DateTimeOffset", "DateOnly", "TimeOnly", "TimeSpan", "Int128", "UInt128", "BigInteger", "Complex", "BitArray",
        "Rune", "Nil", "Matrix3x2", "Matrix4x4", "Quaternion", "Vector2", "Vector3", "Vector4",
    };

    /// <summary>Whether a name is that of such a type.</summary>
    public static bool IsLeaf(string name) =>
        Integers.ContainsKey(name) || Fractions.ContainsKey(name) || Bytes.Contains(name) || Texts.Contains(name) || Others.Contains(name);

    /// <summary>Whether a type is a whole number.</summary>
    public static bool IsInteger(string name) => Integers.ContainsKey(name);

    /// <summary>Whether a type is a number that is stored as such.</summary>
    public static bool IsNumber(string name) => IsInteger(name) || Fractions.ContainsKey(name);

    /// <summary>What reading null gives.</summary>
    public static NullRead ReadsNull(string name) =>
        References.Contains(name) ? NullRead.Null : Bytes.Contains(name) || name == "Nil" ? NullRead.Empty : NullRead.Throws;

    /// <summary>Whether each value that one type has written can be read as another and is the same there.</summary>
    public static bool CanRead(string reader, string writer) =>
        reader == writer
        || (Bytes.Contains(reader) && Bytes.Contains(writer))
        || (reader is "string" or "StringBuilder" && Texts.Contains(writer))
        || (reader == "BigInteger" && writer == "Int128")
        || (reader == "Uri" && writer is "Guid" or "decimal" or "Version")
        || (Integers.TryGetValue(writer, out var written) && (
            (Integers.TryGetValue(reader, out var read) && read.Least <= written.Least && read.Greatest >= written.Greatest)
            || (Fractions.TryGetValue(reader, out var exact) && exact >= written.Greatest)))
        || (Fractions.TryGetValue(writer, out var narrow) && Fractions.TryGetValue(reader, out var wide) && wide >= narrow);

    /// <summary>Whether null as it is read is a value of the type.</summary>
    internal enum NullRead
    {
        /// <summary>Reading it throws.</summary>
        Throws,

        /// <summary>It is null.</summary>
        Null,

        /// <summary>It is an empty value.</summary>
        Empty,
    }
}
