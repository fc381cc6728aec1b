using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using TypedCache.Generator.Tests.Testing;

namespace TypedCache.Generator.Tests.Docs;

/// <summary>A block of a page as a program, which sees what the blocks above it declare, as a reader does.</summary>
internal static class DocumentCompilation
{
    // What these tests run with: the product, its packages, and .NET with ASP.NET Core.
    private static readonly Lazy<IReadOnlyList<MetadataReference>> References = new(static () =>
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(static path => !Path.GetFileName(path).Contains(".Tests", StringComparison.Ordinal))
            .Select(static path => MetadataReference.CreateFromFile(path)),
    ]);

    // An example does not use all that it declares, and need not await.
    private static readonly string[] Quiet = ["CS0168", "CS0219", "CS1591", "CS1701", "CS1702", "CS1998", "CS8321", "CS9113"];

    /// <summary>What the compiler and the generator have to say against the last of some blocks.</summary>
    /// <param name="blocks">The blocks of a page up to the one in question.</param>
    public static IReadOnlyList<string> Check(IReadOnlyList<DocumentBlock> blocks)
    {
        var run = GeneratorRun.Of(Create(DocumentSource.Of(blocks)));
        return
        [
            .. run.Problems.Concat(run.CompilerDiagnostics)
                .Where(diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning && !IsAbove(diagnostic, blocks))
                .Select(static diagnostic => diagnostic.ToString())
                .Distinct(),
        ];
    }

    private static bool IsAbove(Diagnostic diagnostic, IReadOnlyList<DocumentBlock> blocks)
    {
        var place = diagnostic.Location.GetMappedLineSpan();
        return blocks.Take(blocks.Count - 1).Any(block => block.Page == place.Path)
            && (place.Path != blocks[^1].Page || place.StartLinePosition.Line + 1 < blocks[^1].Line);
    }

    private static CSharpCompilation Create(IReadOnlyList<string> sources) => CSharpCompilation.Create(
        "Page",
        sources.Select(static (source, index) => CSharpSyntaxTree.ParseText(source, TestCompilation.ParseOptions, path: $"Page{index}.cs")),
        References.Value,
        new CSharpCompilationOptions(
            OutputKind.ConsoleApplication,
            nullableContextOptions: NullableContextOptions.Enable,
            specificDiagnosticOptions: Quiet.Select(static id => KeyValuePair.Create(id, ReportDiagnostic.Suppress))));
}
