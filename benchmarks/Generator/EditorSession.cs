using System.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace TypedCache.Generator.Benchmarks;

/// <summary>A project which is open in an editor: each edit runs the generator and compiles again.</summary>
internal sealed class EditorSession
{
    private GeneratorDriver _driver;
    private Compilation _current;

    public EditorSession(Compilation start)
    {
        _current = start;
        _driver = CSharpGeneratorDriver.Create([new CacheClientGenerator().AsSourceGenerator()], parseOptions: Workload.ParseOptions);
    }

    /// <summary>Opens the project.</summary>
    public Step Open() => Run();

    /// <summary>Changes one file.</summary>
    /// <param name="index">Which one.</param>
    /// <param name="source">Its new text.</param>
    public Step Edit(int index, string source)
    {
        _current = _current.ReplaceSyntaxTree(_current.SyntaxTrees.ElementAt(index), Workload.Parse(source, index));
        return Run();
    }

    private Step Run()
    {
        var watch = Stopwatch.StartNew();
        _driver = _driver.RunGeneratorsAndUpdateCompilation(_current, out var output, out var diagnostics);
        var generator = watch.Elapsed;
        if (diagnostics.FirstOrDefault(static diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning) is { } problem)
        {
            throw new InvalidOperationException($"The workload is not clean: {problem}");
        }

        watch.Restart();
        Check(output);
        return new Step(generator, watch.Elapsed);
    }

    private static void Check(Compilation compilation)
    {
        using var assembly = new MemoryStream();
        if (compilation.Emit(assembly) is { Success: false } result)
        {
            throw new InvalidOperationException($"The workload does not compile: {result.Diagnostics.First(static diagnostic => diagnostic.Severity == DiagnosticSeverity.Error)}");
        }
    }
}

/// <summary>What one run of the generator took, and what the compilation with its output took behind it.</summary>
internal readonly record struct Step(TimeSpan Generator, TimeSpan Compilation);
