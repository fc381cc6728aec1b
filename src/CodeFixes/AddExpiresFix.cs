using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace TypedCache.CodeFixes;

/// <summary>Adds an expiry to a method which is about one.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(AddExpiresFix))]
[Shared]
public sealed class AddExpiresFix : TextFix<MethodDeclarationSyntax>
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds => ["TC0206"];

    private protected override string Title => "Add Expires = \"10m\"";

    private protected override TextChange? FindChange(MethodDeclarationSyntax method, Diagnostic diagnostic, SemanticModel model) =>
        KeyAttributeSyntax.Find(method)?.ArgumentList is { } arguments
            ? new TextChange(new TextSpan(arguments.CloseParenToken.SpanStart, 0), ", Expires = \"10m\"")
            : null;
}
