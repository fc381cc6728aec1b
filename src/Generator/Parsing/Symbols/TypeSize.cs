using Microsoft.CodeAnalysis;

namespace TypedCache.Generator.Parsing.Symbols;

/// <summary>How large the name of a constructed type is.</summary>
internal static class TypeSize
{
    private const int MaximumParts = 256;

    /// <summary>
    /// Whether a type is made of more types than anybody writes: a generic type that contains a larger construction of itself has no end.
    /// </summary>
    public static bool IsEndless(ITypeSymbol type)
    {
        var left = MaximumParts;
        var open = new Stack<ITypeSymbol>();
        open.Push(type);
        while (open.Count > 0 && left-- > 0)
        {
            switch (open.Pop())
            {
                case IArrayTypeSymbol array:
                    open.Push(array.ElementType);
                    break;
                case INamedTypeSymbol named:
                    foreach (var argument in named.TypeArguments)
                    {
                        open.Push(argument);
                    }

                    break;
            }
        }

        return open.Count > 0;
    }
}
