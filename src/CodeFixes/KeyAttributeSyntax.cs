using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace TypedCache.CodeFixes;

/// <summary>Finds <c>[CacheKey]</c> where it is written, and writes into it.</summary>
internal static class KeyAttributeSyntax
{
    /// <summary>The attribute of a method; null where it has none.</summary>
    public static AttributeSyntax? Find(MethodDeclarationSyntax method) => method.AttributeLists
        .SelectMany(static list => list.Attributes)
        .FirstOrDefault(static attribute => SimpleName(attribute.Name) is "CacheKey" or "CacheKeyAttribute");

    /// <summary>Adds a named duration to the attribute of a method; null where it has one already.</summary>
    public static TextChange? AddDuration(MethodDeclarationSyntax method, string name, string duration) =>
        Find(method)?.ArgumentList is { } arguments
        && arguments.Arguments.All(argument => argument.NameEquals?.Name.Identifier.ValueText != name)
            ? new TextChange(new TextSpan(arguments.CloseParenToken.SpanStart, 0), $", {name} = \"{duration}\"")
            : null;

    private static string SimpleName(NameSyntax name) => name switch
    {
        QualifiedNameSyntax qualified => qualified.Right.Identifier.ValueText,
        AliasQualifiedNameSyntax aliased => aliased.Name.Identifier.ValueText,
        SimpleNameSyntax simple => simple.Identifier.ValueText,
        _ => "",
    };
}
