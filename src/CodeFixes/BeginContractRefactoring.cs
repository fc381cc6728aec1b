using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeRefactorings;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace TypedCache.CodeFixes;

/// <summary>Begins the contract of a project that has none, at the name of a cache interface.</summary>
[ExportCodeRefactoringProvider(LanguageNames.CSharp, Name = nameof(BeginContractRefactoring))]
[Shared]
public sealed class BeginContractRefactoring : CodeRefactoringProvider
{
    /// <inheritdoc/>
    public override async Task ComputeRefactoringsAsync(CodeRefactoringContext context)
    {
        var project = context.Document.Project;
        var root = await context.Document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false);
        if (root?.FindNode(context.Span) is InterfaceDeclarationSyntax syntax && IsClient(syntax) && !ContractDocument.IsIn(project))
        {
            context.RegisterRefactoring(CodeAction.Create(
                "Write TypedCache.contract.json", cancellation => ContractDocument.WriteAsync(project, cancellation), equivalenceKey: nameof(BeginContractRefactoring)));
        }
    }

    private static bool IsClient(InterfaceDeclarationSyntax syntax) =>
        syntax.AttributeLists.SelectMany(static list => list.Attributes).Any(static attribute => attribute.Name.ToString().Split('.').Last() is "CacheClient" or "CacheClientAttribute");
}
