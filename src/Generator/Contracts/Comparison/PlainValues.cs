namespace TypedCache.Generator.Contracts.Comparison;

/// <summary>Which values that are stored as plain text can be read as another type.</summary>
internal static class PlainValues
{
    /// <summary>Whether each value of one type can be read as another and is the same there.</summary>
    public static bool CanRead(string reader, string writer) =>
        (IsText(reader) && IsText(writer))
        || (!IsText(reader) && !IsText(writer) && ContractLeaf.CanRead(reader, writer));

    private static bool IsText(string name) => name is "string" or "byte[]" or "ReadOnlyMemory<byte>";
}
