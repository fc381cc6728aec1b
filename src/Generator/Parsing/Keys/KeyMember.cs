using Microsoft.CodeAnalysis;
using TypedCache.Generator.Parsing.Symbols;

namespace TypedCache.Generator.Parsing.Keys;

/// <summary>A property or field in a placeholder.</summary>
/// <param name="Symbol">It; null where another generator will make it.</param>
internal sealed record KeyMember(string Name, ITypeSymbol Type, ISymbol? Symbol)
{
    public static KeyMember Of(ISymbol symbol) => new(symbol.Name, PublicMember.TypeOf(symbol), symbol);
}
