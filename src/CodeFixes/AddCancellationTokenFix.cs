using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace TypedCache.CodeFixes;

/// <summary>Adds an optional <c>CancellationToken</c>.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(AddCancellationTokenFix))]
[Shared]
public sealed class AddCancellationTokenFix : TextFix<MethodDeclarationSyntax>
{
    private const string Type = "CancellationToken";

    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds => ["TC0203"];

    private protected override string Title => "Add a CancellationToken";

    private protected override TextChange? FindChange(MethodDeclarationSyntax method, Diagnostic diagnostic, SemanticModel model)
    {
        var isKnown = model.LookupNamespacesAndTypes(method.SpanStart, name: Type).Any();
        var token = $"{(isKnown ? Type : $"System.Threading.{Type}")} {Name(method)} = default";
        return method.ParameterList.Parameters.LastOrDefault() switch
        {
            null => Insert(method.ParameterList.OpenParenToken.Span.End, token),
            // Nothing can follow a params parameter.
            { } last when last.Modifiers.Any(SyntaxKind.ParamsKeyword) => Insert(last.SpanStart, token + ", "),
            { } last => Insert(last.Span.End, ", " + token),
        };
    }

    private static string Name(MethodDeclarationSyntax method)
    {
        const string Preferred = "cancellationToken";
        return method.ParameterList.Parameters.Any(static parameter => parameter.Identifier.ValueText == Preferred) ? "ct" : Preferred;
    }

    private static TextChange Insert(int position, string text) => new(new TextSpan(position, 0), text);
}
