using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace TypedCache.CodeFixes;

/// <summary>Makes the result nullable, so that a miss differs from a value.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(MakeNullableFix))]
[Shared]
public sealed class MakeNullableFix : TextFix<MethodDeclarationSyntax>
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds => ["TC0207"];

    private protected override string Title => "Make the result nullable";

    // The outermost generic name of the return type is the task.
    private protected override TextChange? FindChange(MethodDeclarationSyntax method, Diagnostic diagnostic, SemanticModel model) =>
        method.ReturnType.DescendantNodesAndSelf().OfType<GenericNameSyntax>().FirstOrDefault()
            is { TypeArgumentList.Arguments: [var result] }
            ? new TextChange(new TextSpan(result.Span.End, 0), "?")
            : null;
}
