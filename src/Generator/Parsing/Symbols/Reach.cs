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

    /// <summary>Why generated code, which is in a file of its own, cannot use a type or one that its name is made of; null where it can.</summary>
    public static string? FindObstacle(this Compilation compilation, ITypeSymbol type) =>
        Parts(type).Select(compilation.FindOwnObstacle).FirstOrDefault(static obstacle => obstacle is not null);

    /// <summary>Why generated code cannot use a type by itself; null where it can.</summary>
    public static string? FindOwnObstacle(this Compilation compilation, INamedTypeSymbol type) =>
        type.IsFileLocal ? "local to its file"
        : compilation.Reaches(type.OriginalDefinition) ? null
        : "private or protected";

    /// <summary>The types that the name of a type is made of.</summary>
    public static IEnumerable<INamedTypeSymbol> Parts(ITypeSymbol type) => type switch
    {
        IArrayTypeSymbol array => Parts(array.ElementType),
        INamedTypeSymbol named => named.TypeArguments.SelectMany(Parts).Append(named),
        _ => [],
    };
}
