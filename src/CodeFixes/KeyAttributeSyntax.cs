using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace TypedCache.CodeFixes;

/// <summary>Finds <c>[CacheKey]</c> where it is written.</summary>
internal static class KeyAttributeSyntax
{
    /// <summary>The attribute of a method; null where it has none.</summary>
    public static AttributeSyntax? Find(MethodDeclarationSyntax method) => method.AttributeLists
        .SelectMany(static list => list.Attributes)
        .FirstOrDefault(static attribute => SimpleName(attribute.Name) is "CacheKey" or "CacheKeyAttribute");

    private static string SimpleName(NameSyntax name) => name switch
    {
        QualifiedNameSyntax qualified => qualified.Right.Identifier.ValueText,
        AliasQualifiedNameSyntax aliased => aliased.Name.Identifier.ValueText,
        SimpleNameSyntax simple => simple.Identifier.ValueText,
        _ => "",
    };
}
