using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using TypedCache.Generator.Tests.Testing;
using static TypedCache.Generator.Tests.Testing.TestCompilation;

namespace TypedCache.Generator.Tests.Shapes;

/// <summary>Interfaces whose bases and values are in another assembly, which may show its internals or not.</summary>
public sealed class AssemblyShapeTests
{
    private const string Usings = "using System; using System.Collections.Generic; using System.Threading; using System.Threading.Tasks; using TypedCache;\n";
    private const string Friend = "[assembly: System.Runtime.CompilerServices.InternalsVisibleTo(\"Shop\")]\n";

    [Fact]
    public void A_client_derives_from_a_client_of_another_assembly()
    {
        var run = Over(
            $"{Usings}[CacheClient(\"base\")] public partial interface IReads {{ [CacheKey(\"p:{{id}}\")] ValueTask<string?> GetAsync(int id); int Count => 0; }}",
            $"{Usings}[CacheClient(\"own\")] public partial interface IShop : IReads {{ [CacheKey(\"p:{{id}}\")] ValueTask SetAsync(int id, string value); }}"
                + "public static class Use { public static IShop Own(MemcachedPool pool) => pool.CreateClient<IShop>(); public static IReads Theirs(MemcachedPool pool) => pool.CreateClient<IReads>(); }");

        Assert.Contains("global::IReads.GetAsync(int id)", run.SingleSource(), StringComparison.Ordinal);
        Assert.Contains("\"own:p:\"u8", run.SingleSource(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_generic_base_of_another_assembly_is_implemented_for_its_arguments()
    {
        var run = Over(
            $"{Usings}public interface IStore<TKey, TValue> {{ [CacheKey(\"p:{{id}}\")] ValueTask<TValue?> GetAsync(TKey id, CancellationToken ct = default); [CacheKey(\"p:{{id}}\")] ValueTask SetAsync(TKey id, TValue value, CancellationToken ct = default); }}",
            $"{Usings}public sealed record Row(int Id); [CacheClient] public partial interface IShop : IStore<Guid, Row> {{ }}");

        Assert.Contains("global::IStore<global::System.Guid, global::Row>.GetAsync(", run.SingleSource(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_base_of_another_assembly_with_what_cannot_be_implemented_is_reported_at_the_client()
    {
        var run = Over(
            $"{Usings}public interface IReads {{ string Name {{ get; }} }}",
            $"{Usings}[CacheClient] public partial interface IShop : IReads {{ }}");

        var diagnostic = Assert.Single(run.Problems);
        Assert.Equal("TC0005", diagnostic.Id);
        Assert.Equal("Source0.cs", diagnostic.Location.SourceTree?.FilePath);
    }

    [Fact]
    public void A_base_member_which_the_project_does_not_see_is_reported()
    {
        var run = Over(
            $"{Usings}public interface IReads {{ [CacheKey(\"p:{{id}}\")] internal ValueTask<string?> GetAsync(int id); }}",
            $"{Usings}[CacheClient] public partial interface IShop : IReads {{ }}");

        Assert.Equal(
            "'IShop' inherits 'IReads.GetAsync', which cannot be implemented: it is not visible here; make it public, or make the internals of its assembly visible to this one",
            Assert.Single(run.Problems).GetMessage(null));
    }

    [Fact]
    public void Internals_of_a_friend_are_used_like_ones_own()
    {
        var run = Over(
            $$"""
            {{Usings}}{{Friend}}
            internal enum Size { S, M }
            internal sealed class Row { internal int Hidden { get; set; } public int Id { get; set; } }
            internal interface IReads { [CacheKey("p:{size}")] internal ValueTask<Row?> GetAsync(Size size); }
            [CacheClient] internal partial interface ITheirs : IReads { }
            """,
            $"{Usings}[CacheClient] internal partial interface IShop : IReads {{ [CacheKey(\"q:{{size}}\")] ValueTask<Row?> GetOwnAsync(Size size); }}"
                + "internal static class Use { internal static IShop Own(MemcachedPool pool) => pool.CreateClient<IShop>(); internal static ITheirs Theirs(MemcachedPool pool) => pool.CreateClient<ITheirs>(); }");

        run.AssertCompiles();
        Assert.Single(run.Sources);
    }

    [Fact]
    public void Friends_with_clients_of_one_name_do_not_meet()
    {
        const string Client = Usings + "namespace A { [CacheClient] internal partial interface IShop { [CacheKey(\"p:{id}\")] ValueTask<List<int>?> GetAsync(int id); } }";

        // Each assembly has its own; the codecs and clients which are generated are local to their files.
        var library = Generated(Create(Friend, Client).WithAssemblyName("Library"));
        var run = GeneratorRun.Of(Create(Client).AddReferences(library));

        Assert.Empty(run.Problems);
        Assert.Single(run.Sources);
    }

    private static GeneratorRun Over(string library, string source)
    {
        var run = GeneratorRun.Of(Create(source).AddReferences(Generated(Create(library).WithAssemblyName("Library"))));
        if (!run.Problems.Any())
        {
            run.AssertCompiles();
        }

        return run;
    }

    // The library has gone through the generator too, as it would have in a build of its own.
    private static PortableExecutableReference Generated(Compilation library)
    {
        CSharpGeneratorDriver.Create([new CacheClientGenerator().AsSourceGenerator()], parseOptions: TestCompilation.ParseOptions)
            .RunGeneratorsAndUpdateCompilation(library, out var output, out _, TestContext.Current.CancellationToken);
        using var stream = new MemoryStream();
        var result = output.Emit(stream, cancellationToken: TestContext.Current.CancellationToken);
        Assert.True(result.Success, string.Join("\n", result.Diagnostics.Where(static diagnostic => diagnostic.Severity == DiagnosticSeverity.Error)));
        return MetadataReference.CreateFromImage(stream.ToArray());
    }
}
