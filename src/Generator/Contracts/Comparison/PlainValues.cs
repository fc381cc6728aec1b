namespace TypedCache.Generator.Contracts.Comparison;

/// <summary>Which values that are stored as plain text can be read as another type.</summary>
internal static class PlainValues
{
    /// <summary>What the server counts, as a type.</summary>
    public const string Counted = "ulong";

    /// <summary>Whether each value of one type can be read as another and is the same there. Text is that of numbers too; bytes and dates need not be text; a bool is 1 or 0.</summary>
    public static bool CanRead(string reader, string writer) =>
        IsBytes(reader)
        || writer == "bool"
        || (reader == "string" ? !IsBytes(writer) && writer != "DateTime" : writer != "string" && !IsBytes(writer) && ContractLeaf.CanRead(reader, writer));

    /// <summary>Whether the server can count each value of a type.</summary>
    public static bool CanCount(string writer) => writer == "bool" || ContractLeaf.CanRead(Counted, writer);

    private static bool IsBytes(string name) => name is "byte[]" or "ReadOnlyMemory<byte>";
}
