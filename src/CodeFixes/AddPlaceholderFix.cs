using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace TypedCache.CodeFixes;

/// <summary>Adds an unused parameter to the end of the template.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(AddPlaceholderFix))]
[Shared]
public sealed class AddPlaceholderFix : TextFix<ParameterSyntax>
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds => ["TC0103"];

    private protected override string Title => "Add it to the template";

    private protected override TextChange? FindChange(ParameterSyntax parameter, Diagnostic diagnostic, SemanticModel model) =>
        parameter.FirstAncestorOrSelf<MethodDeclarationSyntax>() is { } method
        && (KeyAttributeSyntax.Find(method) ?? KeyAttributeSyntax.FindTags(method).FirstOrDefault()) is { } attribute
        && EndOfTemplate(attribute) is { } end
            ? new TextChange(new TextSpan(end, 0), $":{{{parameter.Identifier.ValueText}}}")
            : null;

    // A template which is a constant of another place, or runs over several lines, is not ours to change.
    private static int? EndOfTemplate(AttributeSyntax attribute)
    {
        var argument = attribute.ArgumentList?.Arguments.FirstOrDefault(static argument => argument.NameEquals is null);
        return argument?.Expression is LiteralExpressionSyntax { Token: var token }
            && token.Kind() is SyntaxKind.StringLiteralToken or SyntaxKind.SingleLineRawStringLiteralToken
                ? token.Span.End - QuoteCount(token)
                : null;
    }

    private static int QuoteCount(SyntaxToken token) => token.IsKind(SyntaxKind.StringLiteralToken)
        ? 1
        : token.Text.TakeWhile(static character => character == '"').Count();
}
