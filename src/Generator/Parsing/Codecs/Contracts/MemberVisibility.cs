using Microsoft.CodeAnalysis;

namespace TypedCache.Generator.Parsing.Codecs.Contracts;

/// <summary>Which members of a type count to MessagePack: the public ones, and with <c>AllowPrivate = true</c> the others as well.</summary>
/// <param name="type">The type.</param>
/// <param name="allowsPrivate">Whether the type says so.</param>
/// <param name="isByName">Whether names are the keys.</param>
internal sealed class MemberVisibility(INamedTypeSymbol type, bool allowsPrivate, bool isByName)
{
    public bool AllowsPrivate => allowsPrivate;

    /// <summary>Whether a field, getter or setter counts. Names are looked up by reflection from the type, which does not see what is private in its bases.</summary>
    public bool Includes(ISymbol? symbol) => symbol is not null
        && (symbol.DeclaredAccessibility == Accessibility.Public
            || (allowsPrivate && !(isByName && symbol.DeclaredAccessibility == Accessibility.Private && IsInherited(symbol))));

    private bool IsInherited(ISymbol symbol) => !SymbolEqualityComparer.Default.Equals(symbol.ContainingType, type);
}
