using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using TypedCache.Generator.Tests.Testing;

namespace TypedCache.Generator.Tests.Shapes;

/// <summary>Whoever may name a marked symbol in an interface gets a client that compiles: what the mark says, it says where people write.</summary>
public sealed class MarkedTests
{
    private const string Usings = "using System; using System.Collections.Generic; using System.Diagnostics.CodeAnalysis; using System.Threading; using System.Threading.Tasks; using TypedCache; using TypedCache.Values; using MessagePack;\n";

    public static TheoryData<string> Marks =>
    [
        "Experimental(\"SHOP001\")",
        "Obsolete",
        "Obsolete(\"gone\")",
        "Obsolete(\"gone\", DiagnosticId = \"SHOP002\")",
        "Obsolete(\"gone\", error: true)",
        "Obsolete(\"gone\", error: true, DiagnosticId = \"SHOP003\")",
    ];

    // Where people name what is marked, they say that they know.
    private const string Known = "#pragma warning disable SHOP001, SHOP002, CS0612, CS0618\n";

    [Theory]
    [MemberData(nameof(Marks))]
    public void Values(string mark) => Compiles($$"""
        [{{mark}}] public sealed record Row(int Id) { [{{mark}}] public string? Text { get; init; } [{{mark}}] public int Number; public Part? Part { get; set; } }
        [{{mark}}] public sealed record Part(int Id, Row? Row, IShape? Shape, List<Part> Parts, Dictionary<string, Part?> Map, (Part, int) Pair, Part?[,] Grid);
        [{{mark}}, Union(0, typeof(Circle))] public interface IShape { }
        [{{mark}}] public sealed class Circle : IShape { [{{mark}}] public Circle() { } public int X { get; set; } }
        [{{mark}}] public sealed class Many : List<Row> { [{{mark}}] public Many() { } }
        [{{mark}}] public sealed class Made { [{{mark}}] public Made(int id) => Id = id; [{{mark}}] public int Id { get; } }
        [{{mark}}, MessagePackObject(AllowPrivate = true)] public sealed class Hidden { [Key(0), {{mark}}] private int _id = 1; [Key(1), {{mark}}] private Row? Row { get; init; } public override string ToString() => $"{_id}{Row}"; }
        [{{mark}}] public enum Size { S, [{{mark}}] M }
        [CacheClient, {{mark}}] public partial interface IShop
        {
            [CacheKey("a:{id}")] ValueTask<Row?> GetRowAsync(int id);
            [CacheKey("b:{id}", Expires = "1m")] ValueTask<Part> GetOrCreatePartAsync(int id, Func<int, CancellationToken, ValueTask<Part>> create);
            [CacheKey("c:{size}")] ValueTask<Size?> GetSizeAsync(Size size);
            [CacheKey("d:{sizes}")] ValueTask<IReadOnlyDictionary<Size, Row>> GetRowsAsync(Size[] sizes);
            [CacheKey("e:{key}:{size}")] CacheEntrySet<Size, Many> Many(Size size);
            [CacheKey("f:{id}")] ValueTask<Made?> GetMadeAsync(int id);
            [CacheKey("g:{id}")] ValueTask<Hidden?> GetHiddenAsync(int id);
            [CacheKey("h:{row.Number}", Expires = "1m")] ValueTask SetByNumberAsync(Row row);
        }
        """);

    [Theory]
    [MemberData(nameof(Marks))]
    public void Members_of_values(string mark) => Compiles($$"""
        public sealed record Row(int Id) { [{{mark}}] public string? Text { get; init; } [{{mark}}] public int Number; public int Half { get; [{{mark}}] set; } }
        public sealed class Made { [{{mark}}] public Made(int id) => Id = id; public int Id { get; } }
        public sealed class Required { [{{mark}}] public Required() { } public required int Id { get; set; } }
        public sealed class Many : List<Row> { [{{mark}}] public Many() { } }
        public enum Size { S, [{{mark}}] M }
        [CacheClient] public partial interface IShop
        {
            [CacheKey("a:{id}")] ValueTask<Row?> GetRowAsync(int id);
            [CacheKey("c:{size}")] ValueTask<Size?> GetSizeAsync(Size size);
            [CacheKey("e:{key}:{size}")] CacheEntrySet<Size, Many> Many(Size size);
            [CacheKey("f:{id}")] ValueTask<Made?> GetMadeAsync(int id);
            [CacheKey("g:{id}")] ValueTask<Required?> GetRequiredAsync(int id);
            [CacheKey("h:{row.Number}:{row.Half}", Expires = "1m")] ValueTask SetByNumberAsync(Row row);
        }
        """);

    [Theory]
    [MemberData(nameof(Marks))]
    public void Methods(string mark) => Compiles($$"""
        [{{mark}}] public enum Size { S, M }
        [{{mark}}] public sealed record Row(int Id);
        [CacheClient] public partial interface IShop
        {
            [CacheKey("a:{id}:{size}"), {{mark}}] ValueTask<Row?> GetRowAsync(int id, Size size);
            [CacheKey("b:{id}"), {{mark}}] CacheEntry<Row> Entry(int id);
            [CacheKey("c:{id}")] ValueTask<string?> GetTextAsync(int id);
        }
        """);

    [Theory]
    [MemberData(nameof(Marks))]
    public void Interfaces(string mark) => Compiles($$"""
        [{{mark}}] public interface IReads { [CacheKey("a:{id}")] ValueTask<string?> GetAsync(int id); }
        [CacheClient, {{mark}}] public partial interface IShop : IReads { [CacheKey("b:{id}")] ValueTask<string?> GetOwnAsync(int id); }
        public static partial class Outer { [{{mark}}] public static partial class Inner { [CacheClient] public partial interface IShop : IReads { [CacheKey("b:{id}")] ValueTask<string?> GetOwnAsync(int id); } } }
        """);

    [Theory]
    [MemberData(nameof(Marks))]
    public void Codecs(string mark) => Compiles($$"""
        [{{mark}}] public sealed class RowCodec : ICacheCodec<Row>
        {
            [{{mark}}] public RowCodec() { }
            public void Write(ref ValueWriter writer, Row value) => writer.WriteText("");
            public Row Read(in StoredValue stored) => new(1);
        }
        [CacheCodec(typeof(RowCodec)), {{mark}}] public sealed record Row(int Id);
        [CacheClient, {{mark}}] public partial interface IShop { [CacheKey("a:{id}")] ValueTask<Row?> GetRowAsync(int id); }
        """);

    [Fact]
    public void Projects() => Compiles("""
        [assembly: Experimental("SHOP004")]
        public sealed record Row(int Id);
        [CacheClient] public partial interface IShop { [CacheKey("a:{id}")] ValueTask<Row?> GetRowAsync(int id); }
        """);

    [Theory]
    [InlineData("")]
    [InlineData("[CLSCompliant(false)] ")]
    [InlineData("[CLSCompliant(true)] ")]
    public void Cls_compliant_projects(string mark) => GeneratorRun.Of($$"""
        {{Usings}}[assembly: CLSCompliant(true)]
        public enum Size { S }
        public sealed class Row { public int Id { get; set; } [CLSCompliant(false)] public uint Number { get; set; } }
        [CacheClient] {{mark}}public partial interface IShop
        {
            [CacheKey("a:{id}:{size}")] ValueTask<Row?> GetRowAsync(int id, Size size);
            [CacheKey("a:{ids}:{size}")] ValueTask<IReadOnlyDictionary<int, Row>> GetRowsAsync(int[] ids, Size size);
            [CacheKey("b:{row.Number}", Expires = "1m")] ValueTask SetRowAsync(Row row);
            [CacheKey("c:{id}", Expires = "1m")] ValueTask<Row> GetOrCreateRowAsync(int id, Func<int, CancellationToken, ValueTask<Row>> create);
        }
        """).AssertCompilesForUsers();

    [Fact]
    public void Nullable_attributes()
    {
        var run = GeneratorRun.Of($$"""
            {{Usings}}
            public sealed class Row { public string? Text { get; set; } }
            [CacheClient] public partial interface IShop
            {
                [CacheKey("a:{id}", Expires = "1m")] ValueTask SetRowAsync([DisallowNull] string? id, [AllowNull] Row value);
                [CacheKey("b:{id}", Expires = "1m")] ValueTask SetOtherAsync([AllowNull] string id, [DisallowNull] Row? value);
                [CacheKey("c:{id}")] [return: NotNull] ValueTask<Row?> GetRowAsync([NotNull] string? id);
                [CacheKey("d:{id}")] [return: MaybeNull] Task<Row?> GetOtherAsync([MaybeNull] string id);
                [CacheKey("e:{id}", Expires = "1m")] ValueTask<Row> GetOrCreateRowAsync([DisallowNull] string? id, [DisallowNull] Func<CancellationToken, ValueTask<Row>>? create);
                [CacheKey("f:{id}")] CacheEntry<Row> Entry([DisallowNull] string? id);
            }
            """);
        run.AssertCompilesForUsers();

        // [AllowNull] Row, but [DisallowNull] Row?
        Assert.Single(Regex.Matches(Assert.Single(run.Sources).SourceText.ToString(), @"ThrowIfNull\(value\)"));
    }

    [Theory]
    [InlineData("IReadOnlyDictionary<int, Row?>")]
    [InlineData("IDictionary<int, Row?>")]
    [InlineData("Dictionary<int, Row?>")]
    [InlineData("IReadOnlyDictionary<int, int?>")]
    [InlineData("IReadOnlyDictionary<int, string?>")]
    [InlineData("IEnumerable<KeyValuePair<int, Row?>>")]
    [InlineData("KeyValuePair<int, Row?>[]")]
    [InlineData("List<KeyValuePair<int, string?>>")]
    public void Nullable_values_of_batches(string type)
    {
        var value = type[(type.IndexOf(',', StringComparison.Ordinal) + 2)..type.IndexOf('>', StringComparison.Ordinal)];
        Compiles($$"""
            public sealed class Row { public string? Text { get; set; } }
            [CacheClient] public partial interface IShop
            {
                [CacheKey("a:{rows}", Expires = "1m")] ValueTask SetRowsAsync({{type}} rows);
                [CacheKey("a:{ids}")] ValueTask<IReadOnlyDictionary<int, {{value}}>> GetRowsAsync(int[] ids);
                [CacheKey("a:{ids}")] ValueTask<Dictionary<int, {{value}}>> GetSomeAsync(int[] ids);
                [CacheKey("a:{ids}", Expires = "1m")] ValueTask<IDictionary<int, {{value}}>> GetOrCreateRowsAsync(int[] ids, Func<IReadOnlyList<int>, CancellationToken, ValueTask<IReadOnlyDictionary<int, {{value}}>>> create);
                [CacheKey("b:{id}")] ValueTask<CacheValue<{{value}}>> GetAsync(int id);
            }
            """);
    }

    [Theory]
    [InlineData("Key(\"a\\ud800\")")]
    [InlineData("Key(\"\\udc00\")")]
    [InlineData("DataMember(Name = \"a\\ud800\")")]
    public void Keys_that_are_no_text(string key)
    {
        var run = GeneratorRun.Of($$"""
            {{Usings}}using System.Runtime.Serialization;
            [{{(key[0] == 'K' ? "MessagePackObject" : "DataContract")}}] public sealed class Row { [{{key}}] public int Id { get; set; } }
            [CacheClient] public partial interface IShop { [CacheKey("a:{id}")] ValueTask<Row?> GetRowAsync(int id); }
            """);

        run.AssertCompiles();
    }

    [Theory]
    [InlineData("p\\ud800:{id}")]
    [InlineData("{id:\\udc00}")]
    public void Templates_that_are_no_text(string template)
    {
        var run = GeneratorRun.Of($"{Usings}[CacheClient] public partial interface IShop {{ [CacheKey(\"{template}\")] ValueTask<string?> GetAsync(int id); }}");

        Assert.Single(run.Problems);
        run.AssertNoCompilerErrors();
    }

    [Theory]
    [InlineData("[CacheKey(\"p:{id}\")] ref ValueTask<string?> GetAsync(int id);")]
    [InlineData("[CacheKey(\"p:{id}\")] ref readonly ValueTask<string?> GetAsync(int id);")]
    [InlineData("[CacheKey(\"p:{id}\")] ref CacheEntry<string> Entry(int id);")]
    public void References_returned(string member)
    {
        var run = GeneratorRun.Of($"{Usings}[CacheClient] public partial interface IShop {{ {member} }}");

        Assert.Equal("TC0201", Assert.Single(run.Problems).Id);
        run.AssertNoCompilerErrors();
    }

    [Fact]
    public void Types_behind_an_extern_alias()
    {
        var run = GeneratorRun.Of(Aliased($$"""
            extern alias old;
            extern alias young;
            {{Usings}}
            public sealed class Row { public old::Lib.Row? Old { get; set; } public young::Lib.Row? Young { get; set; } public List<old::Lib.Row.Part?> Parts { get; set; } = []; }
            [CacheClient] public partial interface IShop : old::Lib.IReads
            {
                [CacheKey("a:{id}")] ValueTask<old::Lib.Row?> GetOldAsync(int id);
                [CacheKey("b:{id}")] ValueTask<young::Lib.Row?> GetYoungAsync(int id);
                [CacheKey("c:{id}")] ValueTask<Row?> GetRowAsync(int id);
                [CacheKey("d:{size}")] ValueTask<old::Lib.Row[]?> GetRowsAsync(old::Lib.Size size);
            }
            """, "old", "young"));

        run.AssertCompiles();
    }

    private static CSharpCompilation Aliased(string source, params string[] aliases)
    {
        var compilation = TestCompilation.Create(source);
        foreach (var alias in aliases)
        {
            var library = TestCompilation.Create($$"""
                {{Usings}}namespace Lib;
                public enum Size { S, M }
                public sealed class Row { public sealed class Part { public int Id { get; init; } } public int {{alias}} { get; set; } public required Part? Main { get; init; } }
                public interface IReads { [CacheKey("r:{id}")] ValueTask<Row?> GetAsync(int id); }
                """).WithAssemblyName(alias);
            using var image = new MemoryStream();
            Assert.True(library.Emit(image).Success);
            compilation = compilation.AddReferences(MetadataReference.CreateFromImage(image.ToArray(), new MetadataReferenceProperties(aliases: [alias])));
        }

        return compilation;
    }

    private static void Compiles(string source) => GeneratorRun.Of(Known + Usings + source).AssertCompilesForUsers();
}
