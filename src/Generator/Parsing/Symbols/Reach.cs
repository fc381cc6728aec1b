using Microsoft.CodeAnalysis;

namespace TypedCache.Generator.Parsing.Symbols;

/// <summary>What code in a project can name.</summary>
internal static class Reach
{
    /// <summary>
    /// Whether code outside all types of the project can name a symbol. What is public all the way out is answered here, because Roslyn
    /// searches all references for it.
    /// </summary>
    public static bool Reaches(this Compilation compilation, ISymbol symbol)
    {
        for (var outer = symbol; outer is not (null or INamespaceSymbol); outer = outer.ContainingSymbol)
        {
            if (outer.DeclaredAccessibility != Accessibility.Public)
            {
                return compilation.IsSymbolAccessibleWithin(symbol, compilation.Assembly);
            }
        }

        return true;
    }
}
