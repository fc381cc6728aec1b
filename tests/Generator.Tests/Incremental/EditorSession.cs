using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using TypedCache.Generator.Tests.Testing;

namespace TypedCache.Generator.Tests.Incremental;

/// <summary>A driver that is kept over all edits of a project, and compared with one that sees the project for the first time.</summary>
internal sealed class EditorSession(EditedProject project)
{
    private GeneratorDriver _driver = Create();

    /// <summary>All that the last run gave, as text.</summary>
    public string Output { get; private set; } = "";

    /// <summary>The driver with its cached steps.</summary>
    public GeneratorDriver Driver => _driver;

    /// <summary>Runs the generator after an edit; fails where it does not give what it gives to somebody who opens the project now.</summary>
    public void Run()
    {
        (_driver, Output) = Run(_driver.WithUpdatedParseOptions(project.ParseOptions), project.Compilation);
        var (_, fresh) = Run(Create().WithUpdatedParseOptions(project.ParseOptions), project.Reopen());
        Assert.Equal(fresh, Output);
    }

    private static CSharpGeneratorDriver Create() => CSharpGeneratorDriver.Create(
        [new CacheClientGenerator().AsSourceGenerator()],
        parseOptions: TestCompilation.ParseOptions,
        driverOptions: new GeneratorDriverOptions(IncrementalGeneratorOutputKind.None, trackIncrementalGeneratorSteps: true));

    private static (GeneratorDriver Driver, string Output) Run(GeneratorDriver driver, Compilation compilation)
    {
        driver = driver.RunGeneratorsAndUpdateCompilation(compilation, out _, out var diagnostics);
        var result = driver.GetRunResult().Results.Single();
        var sources = result.GeneratedSources.IsDefault ? [] : result.GeneratedSources.Select(static source => $"{source.HintName}:\n{source.SourceText}");
        var lines = sources.Concat(diagnostics.Select(Describe)).Order(StringComparer.Ordinal);
        return (driver, string.Join("\n", lines.Append(result.Exception?.GetType().Name ?? "")));
    }

    private static string Describe(Diagnostic diagnostic) =>
        $"{diagnostic.Location.SourceTree?.FilePath} {diagnostic.Location.SourceSpan} {diagnostic} {(diagnostic.IsSuppressed ? "suppressed" : "")} "
        + string.Join(",", diagnostic.Properties.Select(static property => $"{property.Key}={property.Value}"));
}
