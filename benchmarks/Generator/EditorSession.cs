using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace TypedCache.Generator.Benchmarks;

/// <summary>A project that is open in an editor: each edit runs the generator, and some compile again behind it.</summary>
internal sealed class EditorSession
{
    private GeneratorDriver _driver;
    private Compilation _current;

    /// <param name="project">The project.</param>
    /// <param name="contract">Its contract, which is compared with each run; null for none.</param>
    public EditorSession(Project project, AdditionalText? contract = null)
    {
        _current = project.Compile();
        _driver = CSharpGeneratorDriver.Create(project.Workload.CreateGenerators(), parseOptions: Project.ParseOptions, additionalTexts: contract is null ? [] : [contract]);
    }

    /// <summary>Opens the project.</summary>
    /// <param name="compile">Whether to compile with what was generated.</param>
    public Step Open(bool compile) => Run(compile);

    /// <summary>Changes one file.</summary>
    /// <param name="index">Which one.</param>
    /// <param name="source">Its new text.</param>
    /// <param name="compile">Whether to compile with what was generated.</param>
    public Step Edit(int index, string source, bool compile)
    {
        _current = _current.ReplaceSyntaxTree(_current.SyntaxTrees.ElementAt(index), Project.Parse(source, index));
        return Run(compile);
    }

    // Of all threads. Unlike the time on the clock, it hardly depends on what else the machine does.
    private static TimeSpan ProcessorTime => Environment.CpuUsage.TotalTime;

    private Step Run(bool compile)
    {
        var start = ProcessorTime;
        _driver = _driver.RunGenerators(_current);
        var generator = ProcessorTime - start;
        var result = _driver.GetRunResult();
        if (result.Diagnostics.FirstOrDefault(static diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning) is { } problem)
        {
            throw new InvalidOperationException($"The workload is not clean: {problem}");
        }

        if (!compile)
        {
            return new Step(generator, Compilation: null);
        }

        start = ProcessorTime;
        Check(_current.AddSyntaxTrees(result.GeneratedTrees));
        return new Step(generator, ProcessorTime - start);
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

/// <summary>The processor time of one run of the generator, and that of the compilation with its output behind it; null where there was none.</summary>
internal readonly record struct Step(TimeSpan Generator, TimeSpan? Compilation);
