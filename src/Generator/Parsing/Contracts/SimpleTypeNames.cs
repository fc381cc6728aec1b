using TypedCache.Generator.Keys;

namespace TypedCache.Generator.Parsing.Contracts;

/// <summary>What the framework's types are called in the contract: as in C#.</summary>
internal static class SimpleTypeNames
{
    /// <param name="type">The type's own name.</param>
    public static string Of(string type) => type switch
    {
        "Boolean" => "bool",
        "Char" or "SByte" or "Byte" or "Double" or "String" or "Decimal" => type.ToLowerInvariant(),
        "Int16" => "short",
        "UInt16" => "ushort",
        "Int32" => "int",
        "UInt32" => "uint",
        "Int64" => "long",
        "UInt64" => "ulong",
        "Single" => "float",
        _ => type,
    };

    /// <summary>The type of an argument.</summary>
    public static string Of(KeyValueType type) => type switch
    {
        KeyValueType.Enum => "enum",
        KeyValueType.Formattable => "other",
        _ => Of(type.ToString()),
    };
}
