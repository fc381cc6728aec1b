using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace TypedCache.Generator.Incremental;

/// <summary>The parameters of primary constructors of which bodies make fields.</summary>
internal static class CapturedParameters
{
    /// <summary>
    /// The parameters of its type's primary constructor that a body mentions; none of a record, which has properties instead, nor of what is
    /// set at the start.
    /// </summary>
    public static IEnumerable<string> In(SyntaxNode body)
    {
        if (body is not (BlockSyntax or ArrowExpressionClauseSyntax)
            || body.FirstAncestorOrSelf<TypeDeclarationSyntax>() is not { ParameterList.Parameters: { Count: > 0 } parameters } type
            || type is RecordDeclarationSyntax)
        {
            return [];
        }

        var mentioned = new HashSet<string>(
            body.DescendantTokens().Where(static token => token.IsKind(SyntaxKind.IdentifierToken)).Select(static token => token.ValueText), StringComparer.Ordinal);
        return parameters.Select(static parameter => parameter.Identifier.ValueText).Where(mentioned.Contains);
    }
}
