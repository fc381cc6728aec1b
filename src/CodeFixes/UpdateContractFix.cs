using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;

namespace TypedCache.CodeFixes;

/// <summary>Writes the contract anew from the code, and so accepts what has changed.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(UpdateContractFix), DocumentKinds = ["Document", "AdditionalDocument"], DocumentExtensions = [".cs", ".json"])]
[Shared]
public sealed class UpdateContractFix : CodeFixProvider
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds => ["TC0601", "TC0602", "TC0603", "TC0604", "TC0605"];

    /// <summary>None: the first fix of a project fixes all.</summary>
    /// <inheritdoc/>
    public override FixAllProvider? GetFixAllProvider() => null;

    /// <inheritdoc/>
    public override Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        var project = context.TextDocument.Project;
        context.RegisterCodeFix(
            CodeAction.Create("Write the contract anew", cancellation => ContractDocument.WriteAsync(project, cancellation), equivalenceKey: nameof(UpdateContractFix)),
            context.Diagnostics);
        return Task.CompletedTask;
    }
}
