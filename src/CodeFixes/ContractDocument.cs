using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace TypedCache.CodeFixes;

/// <summary>The contract of a project: as it is in what was generated, and as it is checked in.</summary>
internal static class ContractDocument
{
    private const string FileName = "TypedCache.contract.json";
    private const string GeneratedName = "TypedCache.Contract.g.cs";

    /// <summary>Whether a project has a contract.</summary>
    public static bool IsIn(Project project) => Find(project) is not null;

    /// <summary>The solution with the contract of a project as the code says it; the same where the code has mistakes.</summary>
    public static async Task<Solution> WriteAsync(Project project, CancellationToken cancellation)
    {
        if (await ReadGeneratedAsync(project, cancellation).ConfigureAwait(false) is not { } contract)
        {
            return project.Solution;
        }

        var text = SourceText.From(contract + "\n");
        return Find(project) is { } document
            ? project.Solution.WithAdditionalDocumentText(document.Id, text)
            : project.AddAdditionalDocument(FileName, text, filePath: Path.Combine(Path.GetDirectoryName(project.FilePath) ?? "", FileName)).Project.Solution;
    }

    private static TextDocument? Find(Project project) => project.AdditionalDocuments.FirstOrDefault(static document => document.Name == FileName);

    private static async Task<string?> ReadGeneratedAsync(Project project, CancellationToken cancellation)
    {
        var generated = await project.GetSourceGeneratedDocumentsAsync(cancellation).ConfigureAwait(false);
        if (generated.FirstOrDefault(static document => document.HintName == GeneratedName) is not { } document)
        {
            return null;
        }

        // The one argument of the one attribute.
        var root = await document.GetSyntaxRootAsync(cancellation).ConfigureAwait(false);
        return root?.DescendantNodes().OfType<LiteralExpressionSyntax>().FirstOrDefault(static literal => literal.IsKind(SyntaxKind.StringLiteralExpression))?.Token.ValueText;
    }
}
