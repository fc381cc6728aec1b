using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CodeRefactorings;
using Microsoft.CodeAnalysis.Text;
using TypedCache.CodeFixes;
using TypedCache.Generator.Contracts;
using TypedCache.Generator.Tests.Rules;
using TypedCache.Generator.Tests.Testing;

namespace TypedCache.Generator.Tests.CodeFixes;

/// <summary>The contract is written from the code: by the fix of its rules, and for the first time by the refactoring.</summary>
public sealed class ContractFixTests
{
    private static readonly string Source = ContractRuleTests.Shop("", "[CacheKey(\"product:{id}\")] ValueTask SetAsync(int id, string value);");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("{")]
    [InlineData("{ \"format\": 1, \"assembly\": \"Shop\", \"keys\": [] }")]
    public async Task Fix_writes_the_file_anew(string old)
    {
        using var workspace = new AdhocWorkspace();
        var document = Open(workspace, old);
        var diagnostic = GeneratorRun.Against(TestCompilation.Loud(TestCompilation.Create(Source), "TC0604"), old).Diagnostics.Single(static found => found.Id is "TC0604" or "TC0605");
        CodeAction? action = null;
        await new UpdateContractFix().RegisterCodeFixesAsync(new CodeFixContext(document, diagnostic, (offered, _) => action = offered, Cancellation));

        var contract = Assert.Single((await ApplyAsync(action!, document)).AdditionalDocuments);
        Assert.Equal(GeneratorRun.Of(Source).Contract + "\n", (await contract.GetTextAsync(Cancellation)).ToString());
        Assert.Empty(GeneratorRun.Against(TestCompilation.Loud(TestCompilation.Create(Source), "TC0604"), (await contract.GetTextAsync(Cancellation)).ToString()).Diagnostics.Where(static found => found.Id.StartsWith("TC06", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Refactoring_begins_the_file_beside_the_project()
    {
        using var workspace = new AdhocWorkspace();
        var document = Open(workspace, contract: null);
        var action = Assert.Single(await OfferAsync(document));

        var contract = Assert.Single((await ApplyAsync(action, document)).AdditionalDocuments);
        Assert.Equal(ContractFile.FileName, contract.Name);
        Assert.Equal(Path.Combine("/shop", ContractFile.FileName), contract.FilePath);
    }

    [Fact]
    public async Task Refactoring_is_not_offered_where_there_is_a_file()
    {
        using var workspace = new AdhocWorkspace();
        Assert.Empty(await OfferAsync(Open(workspace, "{}")));
    }

    private static Document Open(AdhocWorkspace workspace, string? contract)
    {
        var project = FixRun.Open(workspace, TestCompilation.Create());
        var solution = project.Solution
            .WithProjectFilePath(project.Id, "/shop/Shop.csproj")
            .AddAnalyzerReference(project.Id, new GeneratorReference())
            .AddDocument(DocumentId.CreateNewId(project.Id), "Source0.cs", SourceText.From(Source));
        solution = contract is null ? solution : solution.AddAdditionalDocument(DocumentId.CreateNewId(project.Id), ContractFile.FileName, SourceText.From(contract));
        return solution.GetProject(project.Id)!.Documents.Single();
    }

    private static async Task<List<CodeAction>> OfferAsync(Document document)
    {
        var actions = new List<CodeAction>();
        var position = Source.IndexOf("IShopCache", StringComparison.Ordinal);
        await new BeginContractRefactoring().ComputeRefactoringsAsync(new CodeRefactoringContext(document, new TextSpan(position, 0), actions.Add, Cancellation));
        return actions;
    }

    private static async Task<Project> ApplyAsync(CodeAction action, Document document) =>
        (await action.GetOperationsAsync(Cancellation)).OfType<ApplyChangesOperation>().Single().ChangedSolution.GetProject(document.Project.Id)!;
}
