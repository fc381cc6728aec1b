using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace TypedCache.CodeFixes;

/// <summary>Adds an expiry to a method that sets one, or that would store a value forever.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(AddExpiresFix))]
[Shared]
public sealed class AddExpiresFix : TextFix<MethodDeclarationSyntax>
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds => ["TC0206", "TC0216"];

    private protected override string Title => "Add Expires = \"10m\"";

    private protected override TextChange? FindChange(MethodDeclarationSyntax method, Diagnostic diagnostic, SemanticModel model) =>
        KeyAttributeSyntax.AddDuration(method, "Expires", "10m");
}
