using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace TypedCache.CodeFixes;

/// <summary>Adds the time for which stale values are kept to a method that needs it.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(AddStaleFix))]
[Shared]
public sealed class AddStaleFix : TextFix<MethodDeclarationSyntax>
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds => ["TC0213"];

    private protected override string Title => "Add Stale = \"5m\"";

    private protected override TextChange? FindChange(MethodDeclarationSyntax method, Diagnostic diagnostic, SemanticModel model) =>
        KeyAttributeSyntax.AddDuration(method, "Stale", "5m");
}
