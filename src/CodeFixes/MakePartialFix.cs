using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace TypedCache.CodeFixes;

/// <summary>Makes a cache interface, or the type around one, partial.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(MakePartialFix))]
[Shared]
public sealed class MakePartialFix : TextFix<TypeDeclarationSyntax>
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds => ["TC0001", "TC0002"];

    private protected override string Title => "Make it partial";

    // The word has to stand right in front of the keyword.
    private protected override TextChange? FindChange(TypeDeclarationSyntax type, Diagnostic diagnostic, SemanticModel model) =>
        new TextChange(new TextSpan(type.Keyword.SpanStart, 0), "partial ");
}
