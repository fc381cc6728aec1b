using Microsoft.CodeAnalysis;

namespace TypedCache.Generator.Parsing.Symbols;

/// <summary>A public property or field of an object, which anybody can read.</summary>
internal static class PublicMember
{
    /// <summary>Whether a symbol is one.</summary>
    public static bool Is(ISymbol symbol) => symbol
        is IPropertySymbol { IsStatic: false, IsIndexer: false, DeclaredAccessibility: Accessibility.Public, GetMethod.DeclaredAccessibility: Accessibility.Public }
        or IFieldSymbol { IsStatic: false, DeclaredAccessibility: Accessibility.Public };

    /// <summary>The type of its value.</summary>
    public static ITypeSymbol TypeOf(ISymbol member) => member is IPropertySymbol property ? property.Type : ((IFieldSymbol)member).Type;
}
