using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace TypedCache.Generator.Tests.CodeFixes;

/// <summary>Brings the generator into a project of a workspace.</summary>
internal sealed class GeneratorReference : AnalyzerReference
{
    // A workspace finds the reference by the generator.
    private readonly ImmutableArray<ISourceGenerator> _generators = [new CacheClientGenerator().AsSourceGenerator()];

    public override string FullPath => typeof(CacheClientGenerator).Assembly.Location;

    public override object Id => FullPath;

    public override ImmutableArray<DiagnosticAnalyzer> GetAnalyzers(string language) => [];

    public override ImmutableArray<DiagnosticAnalyzer> GetAnalyzersForAllLanguages() => [];

    public override ImmutableArray<ISourceGenerator> GetGenerators(string language) => _generators;

    public override ImmutableArray<ISourceGenerator> GetGeneratorsForAllLanguages() => _generators;
}
