using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;

namespace TypedCache.Generator.Benchmarks;

/// <summary>The contract of a project, as it is checked in.</summary>
internal sealed class ContractText(string text) : AdditionalText
{
    public override string Path => "/workload/TypedCache.contract.json";

    /// <summary>The contract of what the project's generator writes; null where that writes none.</summary>
    public static ContractText? Of(Project project)
    {
        // Of another compilation, so that nothing is known when the measurement begins.
        var driver = CSharpGeneratorDriver.Create(project.Workload.CreateGenerators(), parseOptions: Project.ParseOptions).RunGenerators(project.Compile());
        return driver.GetRunResult().Results
            .SelectMany(static result => result.GeneratedSources)
            .Where(static source => source.HintName == "TypedCache.Contract.g.cs")
            .Select(static source => source.SourceText.ToString())
            .Select(static source => new ContractText(source[source.IndexOf('{', StringComparison.Ordinal)..(source.LastIndexOf('}') + 1)]))
            .SingleOrDefault();
    }

    public override SourceText GetText(CancellationToken cancellationToken = default) => SourceText.From(text);
}
