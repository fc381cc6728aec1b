using System.Collections.Immutable;
using System.Composition;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;
using TypedCache.Generator.Diagnostics;

namespace TypedCache.CodeFixes;

/// <summary>Writes the nearest parameter or property instead of an unknown name.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(RenamePlaceholderFix))]
[Shared]
public sealed class RenamePlaceholderFix : TextFix<LiteralExpressionSyntax>
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds => ["TC0102"];

    private protected override string Title => "Use the nearest name";

    // A template which is a constant of another place is not ours to change.
    private protected override TextChange? FindChange(LiteralExpressionSyntax literal, Diagnostic diagnostic, SemanticModel model)
    {
        var placeholder = diagnostic.Location.SourceSpan;
        if (literal.Span == placeholder
            || !diagnostic.Properties.TryGetValue(RenameProperties.From, out var from)
            || !diagnostic.Properties.TryGetValue(RenameProperties.To, out var to))
        {
            return null;
        }

        var written = literal.SyntaxTree.GetText().ToString(placeholder);
        var name = Regex.Match(written, $@"(?<=[{{.@]){Regex.Escape(from!)}(?=[}}.:])");
        return name.Success ? new TextChange(new TextSpan(placeholder.Start + name.Index, name.Length), to!) : null;
    }
}
