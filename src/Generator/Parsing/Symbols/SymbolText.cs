using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace TypedCache.Generator.Parsing.Symbols;

/// <summary>Symbols as code. Roslyn's display of a symbol is not always what the compiler reads as that symbol.</summary>
internal static class SymbolText
{
    private const string Global = "global";

    // Contextual keywords that the compiler takes for themselves even behind a point: in async functions, and behind modifiers.
    private static readonly string[] Words = ["await", "partial"];

    /// <summary>A symbol as code in a format of full names.</summary>
    public static string Code(ISymbol symbol, SymbolDisplayFormat format)
    {
        var text = symbol.ToDisplayString(format);
        return ExternAliases.AreUsed || Array.Exists(Words, text.Contains) ? Code(symbol.ToDisplayParts(format)) : text;
    }

    private static string Code(ImmutableArray<SymbolDisplayPart> parts) => string.Concat(parts.Select((part, index) => part.ToString() switch
    {
        Global when part.Kind == SymbolDisplayPartKind.Keyword =>
            ExternAliases.RootOf(parts.Skip(index).Select(static other => other.Symbol).OfType<INamedTypeSymbol>().FirstOrDefault()),
        var text when Words.Contains(text) => "@" + text,
        var text => text,
    }));
}
