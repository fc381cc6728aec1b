using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace TypedCache.CodeFixes;

/// <summary>Finds <c>[CacheKey]</c> and <c>[CacheTag]</c> where they are written, and writes into them.</summary>
internal static class KeyAttributeSyntax
{
    /// <summary>The attribute of a method; null where it has none.</summary>
    public static AttributeSyntax? Find(MethodDeclarationSyntax method) => FindAll(method, "CacheKey").FirstOrDefault();

    /// <summary>The tags of a method.</summary>
    public static IEnumerable<AttributeSyntax> FindTags(MethodDeclarationSyntax method) => FindAll(method, "CacheTag");

    /// <summary>The text of the attribute's template; null where it is no literal.</summary>
    public static string? Template(AttributeSyntax attribute) =>
        attribute.ArgumentList?.Arguments.FirstOrDefault(static argument => argument.NameEquals is null)?.Expression is LiteralExpressionSyntax literal
            ? literal.Token.Value as string
            : null;

    /// <summary>Adds a named duration to the attribute of a method; null where it has one already.</summary>
    public static TextChange? AddDuration(MethodDeclarationSyntax method, string name, string duration) =>
        Find(method)?.ArgumentList is { } arguments
        && arguments.Arguments.All(argument => argument.NameEquals?.Name.Identifier.ValueText != name)
            ? new TextChange(new TextSpan(arguments.CloseParenToken.SpanStart, 0), $", {name} = \"{duration}\"")
            : null;

    private static IEnumerable<AttributeSyntax> FindAll(MethodDeclarationSyntax method, string name) => method.AttributeLists
        .SelectMany(static list => list.Attributes)
        .Where(attribute => SimpleName(attribute.Name) is var written && (written == name || written == name + "Attribute"));

    private static string SimpleName(NameSyntax name) => name switch
    {
        QualifiedNameSyntax qualified => qualified.Right.Identifier.ValueText,
        AliasQualifiedNameSyntax aliased => aliased.Name.Identifier.ValueText,
        SimpleNameSyntax simple => simple.Identifier.ValueText,
        _ => "",
    };
}
