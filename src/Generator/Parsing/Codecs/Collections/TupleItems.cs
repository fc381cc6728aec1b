using System.Globalization;
using Microsoft.CodeAnalysis;
using TypedCache.Generator.Parsing.Symbols;

namespace TypedCache.Generator.Parsing.Codecs.Collections;

/// <summary>The types that are stored as arrays of their items: tuples and key-value pairs.</summary>
internal static class TupleItems
{
    private const int PlaceOfRest = 8;

    /// <summary>The items with their members, or null if the type is no tuple.</summary>
    public static IReadOnlyList<(string Member, ITypeSymbol Type)>? Find(INamedTypeSymbol type) => type switch
    {
        { TypeArguments.Length: 0 } => null,
        _ when TypeNames.Is(type, "System.Collections.Generic.KeyValuePair") =>
            [("Key", type.TypeArguments[0]), ("Value", type.TypeArguments[1])],
        { IsTupleType: true } => Numbered(type),
        _ when TypeNames.Is(type, "System.Tuple") => Numbered(type),
        _ => null,
    };

    private static List<(string Member, ITypeSymbol Type)> Numbered(INamedTypeSymbol type) =>
        [.. type.TypeArguments.Select((argument, index) =>
            (index + 1 == PlaceOfRest ? "Rest" : "Item" + (index + 1).ToString(CultureInfo.InvariantCulture), argument))];
}
