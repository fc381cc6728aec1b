using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using TypedCache.CodeFixes;
using TypedCache.Generator.Tests.CodeFixes;
using TypedCache.Generator.Tests.Testing;

namespace TypedCache.Generator.Tests.HalfTyped;

/// <summary>
/// While a source is typed, neither the generator nor the analyzer nor a code fix throws: with CS8785 all clients of the project would vanish. By default a
/// sample of the edits is tried; TYPEDCACHE_HALF_TYPED=1 tries all of them, and with a source's name all of that one.
/// </summary>
public sealed class HalfTypedTests
{
    private const int TriedByDefault = 30;

    private const string Usings = """
        global using System;
        global using System.Collections;
        global using System.Collections.Generic;
        global using System.Collections.Immutable;
        global using System.Collections.ObjectModel;
        global using System.Linq;
        global using System.Numerics;
        global using System.Runtime.Serialization;
        global using System.Text;
        global using System.Threading;
        global using System.Threading.Tasks;
        global using MessagePack;
        global using TypedCache;
        global using TypedCache.Keys;
        global using TypedCache.Values;
        """;

    private static readonly CodeFixProvider[] Fixes =
    [
        new AddCancellationTokenFix(), new AddExpiresFix(), new AddPlaceholderFix(), new AddStaleFix(), new AddTagsFix(), new MakeNullableFix(), new MakePartialFix(), new RenamePlaceholderFix(),
    ];

    public static TheoryData<string> Sources => [.. HalfTypedSource.Names];

    [Theory]
    [MemberData(nameof(Sources))]
    public void The_whole_source_gives_a_client(string name)
    {
        var run = GeneratorRun.Of(Usings, HalfTypedSource.Read(name));

        Assert.NotEmpty(run.Sources);
        Assert.True(name == "Mistakes" == run.Problems.Any(static problem => problem.Severity == DiagnosticSeverity.Error), string.Join("\n", run.Problems));
    }

    [Theory]
    [InlineData("public record Point(int X, int );")]
    [InlineData("public record Point(int X, );")]
    [InlineData("public record (int X);  public sealed class Point { public ; public int ; public int { get; set; } public List<> All { get; set; } = []; }")]
    [InlineData("public sealed class Point { public Point(int ) { } public Point( public int X { get; } }")]
    [InlineData("public sealed class PointCodec : ICacheCodec<Point> { } public sealed class : ICacheCodec<Point> { } [CacheCodec(typeof())] public sealed class Point { }")]
    [InlineData("[Union(0, typeof()), Union(, typeof(Point)), Union] public abstract class Point { }")]
    [InlineData("[MessagePackObject] public sealed class Point { [Key()] public int A; [Key(] public int B; [Key(null)] public int C; [Key(new[] { 1 })] public int D; }")]
    [InlineData("public enum { A } public enum Point : string { A = \"\", = 2, B = A + , }")]
    [InlineData("public sealed class Point; [CacheClient] partial interface { [CacheKey(\"a\")] ValueTask<int?> (int ); } namespace { [CacheClient] partial interface { } }")]
    public void A_nameless_part_does_not_throw(string half) => Run(
        TestCompilation.Create(Usings, $$"""
            {{half}}
            [CacheClient("points")] public partial interface IPoints
            {
                [CacheKey("p:{id}")] ValueTask<Point?> GetPointAsync(int id, CancellationToken ct = default);
                [CacheKey("q:{id}:{}")] ValueTask<Point?> GetOtherAsync(Point id, int , CancellationToken ct = default);
                [CacheKey("r:{id}")] CacheEntry<Point> Entry(int id, );
                [CacheKey("s:{ids}")] ValueTask<IReadOnlyDictionary<int, Point>> GetManyAsync(int[] ids, Func<>);
                [CacheKey(, Operation = )] ValueTask<Point> GetOrCreateAsync(int id, Func<int, CancellationToken, ValueTask<>> );
            }
            """),
        new SourceEdit("By hand", 0, half));

    [Theory]
    [MemberData(nameof(Sources))]
    public async Task No_edit_of_a_source_throws(string name)
    {
        var usings = TestCompilation.Parse(Usings);
        var compilation = TestCompilation.Create().AddSyntaxTrees(usings);
        using var workspace = new AdhocWorkspace();
        var document = FixRun.Open(workspace, compilation).AddDocument(name + ".cs", "");
        foreach (var edit in Sample(name, [.. HalfTypedSource.Edits(HalfTypedSource.Read(name))]))
        {
            var tree = CSharpSyntaxTree.ParseText(edit.Text, TestCompilation.ParseOptions, cancellationToken: TestContext.Current.CancellationToken);
            var diagnostics = Run(compilation.AddSyntaxTrees(tree), edit);
            await ApplyFixes(document.WithText(await tree.GetTextAsync(TestContext.Current.CancellationToken)), diagnostics, edit);
        }
    }

    private static ImmutableArray<Diagnostic> Run(CSharpCompilation compilation, SourceEdit edit)
    {
        var result = CSharpGeneratorDriver.Create([new CacheClientGenerator().AsSourceGenerator()], parseOptions: TestCompilation.ParseOptions)
            .RunGeneratorsAndUpdateCompilation(compilation, out var output, out var diagnostics, TestContext.Current.CancellationToken)
            .GetRunResult();
        Assert.True(result.Results[0].Exception is null, $"{edit}\n{result.Results[0].Exception}\n{edit.Text}");
        return [.. diagnostics, .. GeneratorRun.Analyze(output)];
    }

    private static async Task ApplyFixes(Document document, ImmutableArray<Diagnostic> diagnostics, SourceEdit edit)
    {
        foreach (var diagnostic in diagnostics.DistinctBy(static diagnostic => diagnostic.Id))
        {
            foreach (var fix in Fixes.Where(fix => fix.FixableDiagnosticIds.Contains(diagnostic.Id)))
            {
                var exception = await Record.ExceptionAsync(() => FixRun.ApplyAsync(fix, document, diagnostic));
                Assert.True(exception is null, $"{edit}: {diagnostic}\n{exception}\n{edit.Text}");
            }
        }
    }

    // The same edits in each run, so that a failure comes again.
    private static IEnumerable<SourceEdit> Sample(string name, SourceEdit[] edits)
    {
        if (Environment.GetEnvironmentVariable("TYPEDCACHE_HALF_TYPED") is { Length: > 0 } wish)
        {
            return wish == "1" || wish == name ? edits : [];
        }

        var random = new Random(name.Sum(static character => character));
        random.Shuffle(edits);
        return edits.Take(TriedByDefault);
    }
}
