using Microsoft.CodeAnalysis;
using TypedCache.Generator.Keys;

namespace TypedCache.Generator.Parsing.Keys;

/// <summary>Tells of a symbol that of the types with a known text it is.</summary>
internal static class KeyTypes
{
    /// <summary>The type; <see cref="KeyValueType.Formattable"/> for all that are not known.</summary>
    public static KeyValueType Find(ITypeSymbol type) => type.SpecialType switch
    {
        SpecialType.System_SByte => KeyValueType.SByte,
        SpecialType.System_Byte => KeyValueType.Byte,
        SpecialType.System_Int16 => KeyValueType.Int16,
        SpecialType.System_UInt16 => KeyValueType.UInt16,
        SpecialType.System_Int32 => KeyValueType.Int32,
        SpecialType.System_UInt32 => KeyValueType.UInt32,
        SpecialType.System_Int64 or SpecialType.System_IntPtr => KeyValueType.Int64,
        SpecialType.System_UInt64 or SpecialType.System_UIntPtr => KeyValueType.UInt64,
        SpecialType.System_Single => KeyValueType.Single,
        SpecialType.System_Double => KeyValueType.Double,
        SpecialType.System_Decimal => KeyValueType.Decimal,
        SpecialType.System_Boolean => KeyValueType.Boolean,
        SpecialType.System_Char => KeyValueType.Char,
        SpecialType.System_String => KeyValueType.String,
        SpecialType.System_DateTime => KeyValueType.DateTime,
        _ when type.TypeKind == TypeKind.Enum => KeyValueType.Enum,
        _ when IsInSystem(type) && Enum.TryParse<KeyValueType>(type.Name, out var known) => known,
        _ => KeyValueType.Formattable,
    };

    private static bool IsInSystem(ITypeSymbol type) =>
        type is { ContainingType: null, ContainingNamespace: { Name: "System", ContainingNamespace.IsGlobalNamespace: true } };
}
