using TypedCache.Generator.Keys;

namespace TypedCache.Generator.Parsing.Contracts;

/// <summary>What the types of arguments are called in the contract.</summary>
internal static class KeyTypeNames
{
    public static string Of(KeyValueType type) => type switch
    {
        KeyValueType.SByte or KeyValueType.Byte or KeyValueType.Decimal or KeyValueType.Double or KeyValueType.Char or KeyValueType.String or KeyValueType.Enum
            => type.ToString().ToLowerInvariant(),
        KeyValueType.Int16 => "short",
        KeyValueType.UInt16 => "ushort",
        KeyValueType.Int32 => "int",
        KeyValueType.UInt32 => "uint",
        KeyValueType.Int64 => "long",
        KeyValueType.UInt64 => "ulong",
        KeyValueType.Single => "float",
        KeyValueType.Boolean => "bool",
        KeyValueType.Formattable => "other",
        _ => type.ToString(),
    };
}
