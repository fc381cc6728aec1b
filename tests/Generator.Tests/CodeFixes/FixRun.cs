using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Text;
using TypedCache.Generator.Tests.Testing;

namespace TypedCache.Generator.Tests.CodeFixes;

/// <summary>Applies a fix to what the generator reports, as an editor does.</summary>
internal sealed class FixRun : IDisposable
{
    private readonly CodeFixProvider _fix;
    private readonly Document _document;
    private readonly Compilation _compilation;

    private FixRun(CodeFixProvider fix, Document document, Compilation compilation) =>
        (_fix, _document, _compilation) = (fix, document, compilation);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    // The rules of the fix, those included which are quiet in most tests.
    private ImmutableArray<Diagnostic> Diagnostics =>
    [
        .. _fix.FixableDiagnosticIds.SelectMany(id => GeneratorRun.Of(TestCompilation.Loud(_compilation, id)).Diagnostics.Where(diagnostic => diagnostic.Id == id)),
    ];

    /// <summary>The source after the first mistake was fixed; null where no fix is offered.</summary>
    public static async Task<string?> FirstAsync(CodeFixProvider fix, string source)
    {
        using var run = await OpenAsync(fix, source);
        CodeAction? action = null;
        await fix.RegisterCodeFixesAsync(new CodeFixContext(run._document, run.Diagnostics[0], (offered, _) => action = offered, Cancellation));
        return action is null ? null : await run.ApplyAsync(action);
    }

    /// <summary>The source after all mistakes of the document were fixed at once.</summary>
    public static async Task<string> AllAsync(CodeFixProvider fix, string source)
    {
        using var run = await OpenAsync(fix, source);
        var context = new FixAllContext(
            run._document, fix, FixAllScope.Document, fix.GetType().Name, fix.FixableDiagnosticIds, new Known(run.Diagnostics), Cancellation);
        return await run.ApplyAsync((await fix.GetFixAllProvider()!.GetFixAsync(context))!);
    }

    /// <summary>A project of the same settings and references as a compilation, without its sources.</summary>
    public static Project Open(AdhocWorkspace workspace, Compilation template) => workspace.AddProject(ProjectInfo.Create(
        ProjectId.CreateNewId(), VersionStamp.Default, "Shop", "Shop", LanguageNames.CSharp,
        compilationOptions: template.Options, parseOptions: TestCompilation.ParseOptions, metadataReferences: template.References));

    /// <summary>Applies what a fix offers for a diagnostic, if it offers something.</summary>
    public static async Task ApplyAsync(CodeFixProvider fix, Document document, Diagnostic diagnostic)
    {
        var actions = new List<CodeAction>();
        await fix.RegisterCodeFixesAsync(new CodeFixContext(document, diagnostic, (offered, _) => actions.Add(offered), Cancellation));
        foreach (var action in actions)
        {
            await action.GetOperationsAsync(Cancellation);
        }
    }

    public void Dispose() => _document.Project.Solution.Workspace.Dispose();

    private static async Task<FixRun> OpenAsync(CodeFixProvider fix, string source)
    {
        var template = TestCompilation.Create();
        var workspace = new AdhocWorkspace();
        var document = workspace.AddDocument(Open(workspace, template).Id, "Source0.cs", SourceText.From(source));
        return new FixRun(fix, document, (await document.Project.GetCompilationAsync(Cancellation))!);
    }

    private async Task<string> ApplyAsync(CodeAction action)
    {
        var changed = (await action.GetOperationsAsync(Cancellation)).OfType<ApplyChangesOperation>().Single().ChangedSolution;
        return (await changed.GetDocument(_document.Id)!.GetTextAsync(Cancellation)).ToString();
    }

    private sealed class Known(ImmutableArray<Diagnostic> diagnostics) : FixAllContext.DiagnosticProvider
    {
        public override Task<IEnumerable<Diagnostic>> GetDocumentDiagnosticsAsync(Document document, CancellationToken cancellationToken) =>
            Task.FromResult<IEnumerable<Diagnostic>>(diagnostics);

        public override Task<IEnumerable<Diagnostic>> GetProjectDiagnosticsAsync(Project project, CancellationToken cancellationToken) =>
            Task.FromResult<IEnumerable<Diagnostic>>([]);

        public override Task<IEnumerable<Diagnostic>> GetAllDiagnosticsAsync(Project project, CancellationToken cancellationToken) =>
            Task.FromResult<IEnumerable<Diagnostic>>(diagnostics);
    }
}
