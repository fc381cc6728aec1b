using Microsoft.CodeAnalysis;

namespace TypedCache.Generator.Parsing.Symbols;

/// <summary>A type of the framework: one in <c>System</c> or a namespace in it.</summary>
internal static class FrameworkType
{
    /// <summary>Whether a type is one.</summary>
    public static bool Is(INamedTypeSymbol type)
    {
        var root = type.ContainingNamespace;
        while (root is { ContainingNamespace.IsGlobalNamespace: false })
        {
            root = root.ContainingNamespace;
        }

        return root is { Name: "System", IsGlobalNamespace: false };
    }
}
