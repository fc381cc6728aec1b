using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using TypedCache.Generator.Analysis;
using TypedCache.Generator.Emission;

namespace TypedCache.Generator.Tests.Testing;

/// <summary>One run of the generator over a compilation.</summary>
internal sealed class GeneratorRun
{
    private readonly Compilation _output;
    private readonly Lazy<ImmutableArray<Diagnostic>> _diagnostics;

    private GeneratorRun(GeneratorDriver driver, Compilation output, ImmutableArray<Diagnostic> diagnostics)
    {
        _output = output;
        Driver = driver;
        _diagnostics = new(() => [.. diagnostics, .. Analyze(output)]);
    }

    public GeneratorDriver Driver { get; }

    /// <summary>What the generator and the analyzer reported and nobody suppressed.</summary>
    public ImmutableArray<Diagnostic> Diagnostics => _diagnostics.Value;

    /// <summary>What asks to be fixed: warnings and errors.</summary>
    public IEnumerable<Diagnostic> Problems => Diagnostics.Where(static diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning);

    /// <summary>What the compiler has to say of the result.</summary>
    public ImmutableArray<Diagnostic> CompilerDiagnostics => _output.GetDiagnostics(TestContext.Current.CancellationToken);

    /// <summary>What was generated for the interfaces: all but the contract.</summary>
    public ImmutableArray<GeneratedSourceResult> Sources =>
        [.. Driver.GetRunResult().Results[0].GeneratedSources.Where(static source => source.HintName != ContractEmitter.HintName)];

    /// <summary>The file with the contract; null where there is none.</summary>
    public string? ContractSource => Driver.GetRunResult().Results[0].GeneratedSources
        .Where(static source => source.HintName == ContractEmitter.HintName)
        .Select(static source => source.SourceText.ToString())
        .SingleOrDefault();

    /// <summary>The contract itself.</summary>
    public string Contract => ContractSource![ContractSource!.IndexOf('{', StringComparison.Ordinal)..(ContractSource!.LastIndexOf('}') + 1)];

    public static GeneratorRun Of(params string[] sources) => Of(TestCompilation.Create(sources));

    public static GeneratorRun Of(Compilation compilation) => Of(compilation, []);

    /// <summary>Runs other generators beside ours, of which neither sees what the other makes.</summary>
    public static GeneratorRun Of(Compilation compilation, params IEnumerable<IIncrementalGenerator> others) => Continue(Start(compilation, others, contract: null), compilation);

    /// <summary>Runs it in a project with a contract.</summary>
    /// <param name="compilation">The project.</param>
    /// <param name="contract">The text of the file.</param>
    /// <param name="isUpdated">Whether the build is to write it anew.</param>
    public static GeneratorRun Against(Compilation compilation, string contract, bool isUpdated = false)
    {
        var driver = Start(compilation, [], new ContractText(contract));
        return Continue(isUpdated ? (GeneratorDriver)driver.WithUpdatedAnalyzerConfigOptions(new UpdatingOptions()) : driver, compilation);
    }

    private static CSharpGeneratorDriver Start(Compilation compilation, IEnumerable<IIncrementalGenerator> others, AdditionalText? contract)
    {
        return CSharpGeneratorDriver.Create(
            [new CacheClientGenerator().AsSourceGenerator(), .. others.Select(static other => other.AsSourceGenerator())],
            additionalTexts: contract is null ? null : [contract],
            parseOptions: (CSharpParseOptions?)compilation.SyntaxTrees.FirstOrDefault()?.Options ?? TestCompilation.ParseOptions,
            driverOptions: new GeneratorDriverOptions(IncrementalGeneratorOutputKind.None, trackIncrementalGeneratorSteps: true));
    }

    /// <summary>Runs the same driver again, as an editor does after each change.</summary>
    public GeneratorRun Then(Compilation compilation) => Continue(Driver, compilation);

    /// <summary>The only generated file, after it was compiled without a warning.</summary>
    public string SingleSource()
    {
        AssertCompiles();
        return Sources.Single().SourceText.ToString();
    }

    /// <summary>The result compiles, with warnings as errors, and the generator had nothing to object to.</summary>
    public void AssertCompiles()
    {
        Assert.Empty(Problems);
        AssertNoCompilerErrors();
    }

    /// <summary>The compiler has nothing to say of the generated code, even of what it hides from the user.</summary>
    public void AssertNoCompilerErrors() => EmitImage().Dispose();

    /// <summary>The result compiles as the user compiles it, with warnings as errors; the generator had nothing to object to.</summary>
    public void AssertCompilesForUsers()
    {
        Assert.Empty(Problems);
        Emit(_output).Dispose();
    }

    /// <summary>What the analyzer reports; it does not throw.</summary>
    public static ImmutableArray<Diagnostic> Analyze(Compilation compilation)
    {
        var diagnostics = compilation.WithAnalyzers([new KeyLengthAnalyzer()])
            .GetAnalyzerDiagnosticsAsync(TestContext.Current.CancellationToken).GetAwaiter().GetResult();
        Assert.All(diagnostics, static diagnostic => Assert.NotEqual("AD0001", diagnostic.Id));
        return diagnostics;
    }

    /// <summary>The compiled assembly.</summary>
    public MemoryStream EmitImage() => Emit(WithWarnings(_output));

    // Generated files hide all warnings. Of these only the ones that people cause by what they name have a right to be hidden.
    private Compilation WithWarnings(Compilation output) => Driver.GetRunResult().GeneratedTrees.Aggregate(output, static (compilation, tree) =>
        compilation.ReplaceSyntaxTree(tree, CSharpSyntaxTree.ParseText(
            tree.ToString().Replace(ClientEmitter.NoWarnings + "\n", ClientEmitter.NoWarnings + " CS0108, CS0612, CS0618\n", StringComparison.Ordinal),
            (CSharpParseOptions)tree.Options,
            tree.FilePath)));

    private static MemoryStream Emit(Compilation output)
    {
        var image = new MemoryStream();
        var result = output.Emit(image);
        Assert.True(result.Success, string.Join("\n", result.Diagnostics.Where(static diagnostic => diagnostic.Severity > DiagnosticSeverity.Info).Select(Describe)));
        image.Position = 0;
        return image;
    }

    private static GeneratorRun Continue(GeneratorDriver driver, Compilation compilation)
    {
        driver = driver.RunGeneratorsAndUpdateCompilation(compilation, out var output, out var diagnostics);
        Assert.All(driver.GetRunResult().Results, static result => Assert.Null(result.Exception));
        return new GeneratorRun(driver, output, [.. diagnostics.Where(static diagnostic => !diagnostic.IsSuppressed)]);
    }

    private static string Describe(Diagnostic diagnostic) =>
        $"{diagnostic}: {diagnostic.Location.SourceTree?.GetText().Lines[diagnostic.Location.GetLineSpan().StartLinePosition.Line]}";
}
