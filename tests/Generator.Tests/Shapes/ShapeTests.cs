using Microsoft.CodeAnalysis;
using TypedCache.Generator.Tests.Testing;
using static TypedCache.Generator.Tests.Testing.TestCompilation;

namespace TypedCache.Generator.Tests.Shapes;

public sealed class ShapeTests
{
    private const string Usings = "using System; using System.Collections.Generic; using System.Threading; using System.Threading.Tasks; using TypedCache;\n";
    private const string Get = "[CacheKey(\"p:{id}\")] ValueTask<string?> GetAsync(int id);";

    // The interface is a legal type argument only if it implements its own static abstract member.
    private static string Use(string type) => $"public static class Use {{ public static {type} Make(MemcachedPool pool) => pool.CreateClient<{type}>(); }}";

    [Fact]
    public void In_the_global_namespace() =>
        Compiles($"{Usings}[CacheClient] public partial interface IShop {{ {Get} }} {Use("IShop")}");

    [Fact]
    public void Nested_in_partial_types() => Compiles(
        $"{Usings}namespace A.B; public partial class Outer {{ internal partial record struct Inner {{ [CacheClient] internal partial interface IShop {{ {Get} }} }} }}",
        $"{Usings}namespace A.B; internal static class Use {{ internal static Outer.Inner.IShop Make(MemcachedPool pool) => pool.CreateClient<Outer.Inner.IShop>(); }}");

    [Theory]
    [InlineData("partial class")]
    [InlineData("static partial class")]
    [InlineData("abstract partial record")]
    [InlineData("partial record class")]
    [InlineData("partial struct")]
    [InlineData("readonly partial record struct")]
    [InlineData("readonly ref partial struct")]
    [InlineData("partial interface")]
    public void Nested_in(string type) => Compiles(
        $"{Usings}namespace A; public {type} Outer {{ [CacheClient] public partial interface IShop {{ {Get} }} }}",
        $"{Usings}namespace A; {Use("Outer.IShop")}");

    [Theory]
    [InlineData("[CacheClient] public partial interface ICache<T> { [CacheKey(\"p:{id}\")] ValueTask<T?> GetAsync(int id); }")]
    [InlineData("public partial class Outer<T> { [CacheClient] public partial interface ICache { [CacheKey(\"p:{id}\")] ValueTask<string?> GetAsync(int id); } }")]
    [InlineData("[CacheClient] public partial interface ICache { [CacheKey(\"p:{id}\")] ValueTask<T?> GetAsync<T>(int id); }")]
    public void Generic_ones_are_told_what_to_do(string source)
    {
        var run = GeneratorRun.Of(Usings + source);

        Assert.Equal("TC0006", Assert.Single(run.Problems).Id);
        run.AssertNoCompilerErrors();
    }

    [Fact]
    public void Local_to_a_file_is_told_what_to_do()
    {
        var run = GeneratorRun.Of($"{Usings}[CacheClient] file partial interface IShop {{ {Get} }}");

        Assert.Equal("TC0003", Assert.Single(run.Problems).Id);
        run.AssertNoCompilerErrors();
    }

    [Fact]
    public void Of_one_name_in_two_namespaces()
    {
        var run = Compiles(
            $"{Usings}namespace A {{ [CacheClient] public partial interface IShop {{ {Get} }} }}",
            $"{Usings}namespace B {{ [CacheClient] public partial interface IShop {{ {Get} }} }}");

        Assert.Equal(["A.IShop.g.cs", "B.IShop.g.cs"], run.Sources.Select(static source => source.HintName).Order());
    }

    [Fact]
    public void In_several_parts() => Compiles(
        $"{Usings}[CacheClient] public partial interface IShop {{ {Get} }}",
        $"{Usings}partial interface IShop {{ [CacheKey(\"q:{{id}}\")] ValueTask SetAsync(int id, string value); }}",
        Usings + Use("IShop"));

    [Fact]
    public void With_keywords_as_names() => Compiles($$"""
        {{Usings}}
        namespace @class.@event
        {
            public enum @enum { @int, @void }
            [CacheClient] public partial interface @interface
            {
                [CacheKey("p:{event}:{@class}")] ValueTask<string?> Get(string @event, @enum @class);
                [CacheKey("p:{events}:{@class}:{@is}")] ValueTask<int> Delete(int[] events, @enum @class, int? @is);
                [CacheKey("r:{event}:{@class}")] ValueTask<@enum> GetOrCreate(string @event, int @class, Func<string, int, CancellationToken, ValueTask<@enum>> @new, TimeSpan @in);
                [CacheKey("s:{event}")] ValueTask<@enum> GetOrCreate_(string @event, Func<string, CancellationToken, ValueTask<@enum>> @new, TimeSpan @in);
                [CacheKey("q:{@event}")] ValueTask @Set(string @event, string @class, CancellationToken @default);
            }
        }
        """);

    [Fact]
    public void With_names_which_generated_code_likes_itself() => Compiles($$"""
        {{Usings}}
        [CacheClient] public partial interface IShop
        {
            [CacheKey("p:{key}:{pool}:{_pool}")] ValueTask<string?> Get(string key, int pool, int _pool);
            [CacheKey("p:{key}:{cacheKey}:{item}:{items}")] ValueTask<int> Delete(string key, int cacheKey, int item, IEnumerable<int> items);
            [CacheKey("q:{shared}:{keys}:{state}")] ValueTask<int> DeleteShared(string shared, int state, string[] keys);
            [CacheKey("r:{state}:{token}", Expires = "1m")] ValueTask<int> GetOrCreate(int state, int token, Func<int, int, CancellationToken, ValueTask<int>> _options);
            [CacheKey("s:{_pool}:{Item2}:{Rest}", Expires = "1m")] ValueTask<int> GetOrCreateRow(int _pool, int Item2, int Rest, Func<int, int, int, CancellationToken, ValueTask<int>> key);
        }
        """);

    [Theory]
    [InlineData("Row", "Row", "")]
    [InlineData("Row", "Row?", ", CacheNull = true")]
    [InlineData("Row?", "Row", "")]
    [InlineData("Row?", "Row?", ", CacheNull = true")]
    public void With_created_values_of_a_codec_of_their_own(string codec, string value, string options) => Compiles($$"""
        {{Usings}}
        public sealed record Row(int Id);
        public sealed class RowCodec : TypedCache.Values.ICacheCodec<{{codec}}>
        {
            public void Write(ref TypedCache.Values.ValueWriter writer, {{codec}} value) => writer.WriteText("");
            public {{codec}} Read(in TypedCache.Values.StoredValue stored) => new Row(1);
        }
        [CacheClient("x", Expires = "1m")] public partial interface IShop
        {
            [CacheKey("p:{id}"{{options}}), CacheCodec(typeof(RowCodec))] ValueTask<{{value}}> GetOrCreateAsync(int id, Func<CancellationToken, ValueTask<{{value}}>> create);
            [CacheKey("p:{id}"), CacheCodec(typeof(RowCodec))] Task<{{value}}> GetOrCreateItemAsync(int id, Func<int, CancellationToken, ValueTask<CacheItem<{{value}}>>> create);
            [CacheKey("p:{ids}"), CacheCodec(typeof(RowCodec))] ValueTask<IReadOnlyDictionary<int, {{value}}>> GetOrCreateManyAsync(
                int[] ids, Func<IReadOnlyList<int>, CancellationToken, ValueTask<IReadOnlyDictionary<int, {{value}}>>> create);
            [CacheKey("p:{a}:{b}"), CacheCodec(typeof(RowCodec))] ValueTask<{{value}}> GetOrCreatePairAsync(string a, int b, Func<string, int, CancellationToken, ValueTask<{{value}}>> create);
        }
        """);

    [Fact]
    public void With_a_constant_template() => Compiles(
        $$"""{{Usings}} public static class Keys { public const string Product = "product:{id}"; } [CacheClient] public partial interface IShop { [CacheKey(Keys.Product)] ValueTask<string?> GetAsync(int id); }""");

    [Fact]
    public void With_inherited_members()
    {
        var run = Compiles($$"""
            {{Usings}}
            public interface IReads<T> { [CacheKey("g:{id}", Expires = "1m")] ValueTask<T> GetOrCreateAsync(int id, Func<int, CancellationToken, ValueTask<T>> create); [CacheKey("p:{id}")] ValueTask<T?> GetAsync(int id); [CacheKey("n:{id}")] ValueTask<bool> ExistsAsync(int id); int Count => 0; }
            [CacheClient("base")] public partial interface IBase : IReads<string> { [CacheKey("b:{id}")] ValueTask<bool> DeleteAsync(int id); }
            [CacheClient("derived")] public partial interface IDerived : IBase { [CacheKey("d:{id}")] new ValueTask<bool> DeleteAsync(int id); }
            {{Use("IDerived")}}
            """);

        var derived = run.Sources.Single(static source => source.HintName == "IDerived.g.cs").SourceText.ToString();
        Assert.Contains("\"derived:p:\"u8", derived, StringComparison.Ordinal);
        Assert.Contains("\"derived:b:\"u8", derived, StringComparison.Ordinal);
        Assert.Contains("\"derived:d:\"u8", derived, StringComparison.Ordinal);
        Assert.Contains("global::IBase.DeleteAsync(int id)", derived, StringComparison.Ordinal);
    }

    [Fact]
    public void With_members_inherited_from_another_assembly()
    {
        using var stream = new MemoryStream();
        var library = Create($"{Usings}public interface IReads {{ {Get} }}").WithAssemblyName("Library");
        Assert.True(library.Emit(stream, cancellationToken: TestContext.Current.CancellationToken).Success);
        stream.Position = 0;
        var compilation = Create($"{Usings}[CacheClient(\"x\")] public partial interface IShop : IReads {{ }} {Use("IShop")}")
            .AddReferences(MetadataReference.CreateFromStream(stream));

        var run = GeneratorRun.Of(compilation);

        Assert.Contains("\"x:p:\"u8", run.SingleSource(), StringComparison.Ordinal);
    }

    [Fact]
    public void With_members_which_are_not_public() => Compiles(
        $"{Usings}[CacheClient] public partial interface IShop {{ [CacheKey(\"p:{{id}}\")] internal ValueTask<string?> GetAsync(int id); }}");

    [Fact]
    public void In_a_project_without_nullable_annotations()
    {
        var run = GeneratorRun.Of(Create(NullableContextOptions.Disable, $$"""
            {{Usings}}
            [CacheClient] public partial interface IShop
            {
                [CacheKey("p:{id}")] ValueTask<string> GetAsync(string id);
                [CacheKey("p:{id}")] Task<CacheValue<byte[]>> GetBytesAsync(string id);
                [CacheKey("p:{ids}")] Task<IReadOnlyDictionary<string, string>> GetAllAsync(IEnumerable<string> ids);
                [CacheKey("p:{id}")] Task SetAsync(string id, string value);
                [CacheKey("p:{values}")] Task SetAllAsync(Dictionary<string, string> values);
                [CacheKey("p:{id}", Expires = "1m", Stale = "1m")] Task<string> GetOrCreateAsync(string id, Func<string, CancellationToken, ValueTask<string>> create);
                [CacheKey("p:{id}", Expires = "1m", Stale = "1m")] ValueTask<string> GetOrCreateItemAsync(string id, Func<CancellationToken, ValueTask<CacheItem<string>>> create);
                [CacheKey("q:{id}:{a}", Expires = "1m", CacheNull = true)] Task<string[]> GetOrCreateRowAsync(string id, int a, Func<string, int, CancellationToken, ValueTask<string[]>> create);
                [CacheKey("p:{ids}", Expires = "1m", Stale = "1m")] Task<IDictionary<string, string>> GetOrCreateManyAsync(string[] ids, Func<IReadOnlyList<string>, CancellationToken, ValueTask<IReadOnlyDictionary<string, string>>> create);
            }
            """));

        run.AssertCompiles();
    }

    [Fact]
    public void With_entries_and_codecs_in_a_project_without_nullable_annotations()
    {
        var run = GeneratorRun.Of(Create(NullableContextOptions.Disable, $$"""
            {{Usings}}
            using TypedCache.Values;
            [CacheCodec(typeof(RowCodec))] public sealed class Row { }
            public sealed class RowCodec : ICacheCodec<Row> { public void Write(ref ValueWriter writer, Row value) => writer.WriteText(""); public Row Read(in StoredValue stored) => new(); }
            [MessagePack.MessagePackObject(AllowPrivate = true)] public sealed class Hidden { [MessagePack.Key(0)] private string _text; [MessagePack.Key(1)] private List<string> Texts { get; init; } public override string ToString() => _text; public void Set(string text) => _text = text; }
            [CacheClient] public partial interface IShop
            {
                [CacheKey("p:{id}")] Task<CacheValue<Row>> GetAsync(string id);
                [CacheKey("p:{key}")] CacheEntrySet<string, Row> Rows();
                [CacheKey("q:{id}")] CacheEntry<Hidden> Hidden(string id);
            }
            """));

        run.AssertCompiles();
    }

    [Fact]
    public void With_a_class_of_the_generated_name_in_the_project() => Compiles(
        $"{Usings}namespace A {{ public sealed class ShopClient; [CacheClient] public partial interface IShop {{ {Get} }} }}");

    [Fact]
    public void With_obsolete_enum_members() => Compiles(
        $"{Usings}public enum Size {{ S, [Obsolete(\"gone\")] M = -3 }} [CacheClient] public partial interface IShop {{ [CacheKey(\"p:{{size}}\")] ValueTask<string?> GetAsync(Size size); }}");

    [Fact]
    public void With_obsolete_types() => Compiles($$"""
        {{Usings}}
        #pragma warning disable CS0618
        [Obsolete("gone")] public enum Size { S }
        [Obsolete("gone")] public sealed class Row { [Obsolete("too")] public int Id { get; set; } }
        [CacheClient] public partial interface IShop { [CacheKey("p:{size}")] ValueTask<Row?> GetAsync(Size size); }
        """);

    [Fact]
    public void With_a_base_body_which_is_taken_away_again()
    {
        var run = Compiles($$"""
            {{Usings}}
            public interface IReads { [CacheKey("p:{id}")] ValueTask<string?> GetAsync(int id); [CacheKey("q:{id}")] ValueTask<string?> GetOtherAsync(int id) => default; }
            public interface IDefaults : IReads { ValueTask<string?> IReads.GetAsync(int id) => default; }
            [CacheClient] public partial interface IShop : IDefaults { abstract ValueTask<string?> IReads.GetAsync(int id); abstract ValueTask<string?> IReads.GetOtherAsync(int id); }
            [CacheClient] public partial interface ILeft : IDefaults { }
            {{Use("IShop")}}
            """);

        Assert.Equal([false, true], run.Sources.OrderBy(static source => source.HintName).Select(static source => source.SourceText.ToString().Contains("IReads.GetAsync", StringComparison.Ordinal)));
    }

    [Fact]
    public void With_arrays_of_pointers_is_told_what_to_do()
    {
        var compilation = Create($"{Usings}[CacheClient] public partial interface IShop {{ [CacheKey(\"p:{{id}}\")] unsafe ValueTask<string?> GetAsync(int id, int*[] more); }}");
        var run = GeneratorRun.Of(compilation.WithOptions(compilation.Options.WithAllowUnsafe(true)));

        Assert.Equal("TC0204", Assert.Single(run.Problems).Id);
        run.AssertNoCompilerErrors();
    }

    [Fact]
    public void With_checked_arithmetic()
    {
        var compilation = Create(Usings + """
            public enum Size : sbyte { S = -1, M }
            [CacheClient] public partial interface IShop
            {
                [CacheKey("a:{size}")] ValueTask<Size?> GetAsync(Size size);
                [CacheKey("b:{size:D}")] ValueTask<long> IncrementAsync(Size size, long by);
                [CacheKey("c:{size}")] ValueTask<long?> DecrementAsync(Size size, int by);
            }
            """);

        GeneratorRun.Of(compilation.WithOptions(compilation.Options.WithOverflowChecks(true))).AssertCompiles();
    }

    [Fact]
    public void Of_names_which_differ_in_case_alone()
    {
        var run = Compiles(
            $"{Usings}namespace A {{ [CacheClient] public partial interface IShop {{ {Get} }} [CacheClient] public partial interface Ishop {{ {Get} }} }}",
            $"{Usings}[CacheClient] public partial interface IOther {{ {Get} }}");

        Assert.Equal(["IOther.g.cs", "`A.`I`Shop.g.cs", "`A.`Ishop.g.cs"], run.Sources.Select(static source => source.HintName).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Marked_twice_is_the_compilers_mistake_and_not_ours()
    {
        var run = GeneratorRun.Of(
            $"{Usings}[CacheClient] public partial interface IShop {{ {Get} }}",
            $"{Usings}[CacheClient] public partial interface IShop {{ }}");

        Assert.Single(run.Sources);
    }

    private static GeneratorRun Compiles(params string[] sources)
    {
        var run = GeneratorRun.Of(sources);
        run.AssertCompiles();
        return run;
    }
}
