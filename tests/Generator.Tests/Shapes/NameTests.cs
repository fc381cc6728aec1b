using Microsoft.CodeAnalysis.CSharp;
using TypedCache.Generator.Tests.Testing;

namespace TypedCache.Generator.Tests.Shapes;

/// <summary>Whatever people call their types, members and parameters, what is generated for them compiles.</summary>
public sealed class NameTests
{
    private const string Usings = "using System; using System.Collections.Generic; using System.Threading; using System.Threading.Tasks; using TypedCache; using TypedCache.Values; using MessagePack;\n";
    private const string Get = "[CacheKey(\"p:{id}\")] ValueTask<string?> GetAsync(int id);";

    // All kinds of members, so that all helpers are generated.
    private const string Everything = """
        [CacheKey("a:{id}:{size}")] ValueTask<Row?> GetRowAsync(int id, Size size);
        [CacheKey("a:{ids}:{size}")] Task<IReadOnlyDictionary<int, Row>> GetRowsAsync(int[] ids, Size size);
        [CacheKey("a:{rows}:{size}", Expires = "1m")] ValueTask SetRowsAsync(Dictionary<int, Row> rows, Size size);
        [CacheKey("b:{id}:{size}", Expires = "1m")] ValueTask<Row> GetOrCreateRowAsync(int id, Size size, Func<int, Size, CancellationToken, ValueTask<Row>> create);
        [CacheKey("b:{ids}:{size}", Expires = "1m")] Task<IDictionary<int, Row>> GetOrCreateRowsAsync(int[] ids, Size size, Func<IReadOnlyList<int>, CancellationToken, ValueTask<IReadOnlyDictionary<int, Row>>> create);
        [CacheKey("c:{id}", Expires = "1m")] ValueTask<bool> CompareAndSetRowAsync(int id, Row value, ulong cas);
        [CacheKey("c:{id}")] ValueTask DeleteRowAsync(int id);
        [CacheKey("c:{id}", Expires = "1m", Jitter = "10%")] ValueTask<bool> AddRowAsync(int id, Row value);
        [CacheKey("d:{id}")] ValueTask<long> IncrementRowAsync(int id);
        [CacheKey("d:{id}")] ValueTask<long?> DecrementRowAsync(int id);
        [CacheKey("e:{id}", Expires = "1m", Stale = "1m")] CacheEntry<Row> Row(int id);
        [CacheKey("f:{key}:{id}", Expires = "1m", Stale = "1m")] CacheEntrySet<int, Row> Rows(int id);
        [CacheKey("g:{id}")] CacheCounter Count(int id);
        [CacheKey("h:{id}")] ValueTask<Mixed?> GetMixedAsync(int id);
        """;

    private const string Values = """
        public enum Size { S, M }
        public sealed record Row(int Id, string Text, Size Size, Row? Next) { public List<Row> Rows { get; init; } = []; }
        public sealed class Mixed
        {
            public Dictionary<string, int[,]>? Map { get; set; }
            public (int A, string? B) Pair { get; set; }
            public Lazy<Row>? Late { get; set; }
            public IShape[]? Shapes { get; set; }
            public Size? Size { get; set; }
            public required global::System.Collections.Immutable.ImmutableArray<int> Numbers { get; init; }
            public global::System.Collections.ObjectModel.Collection<Row>? Others;
            public Stack<int>? Stack { get; set; }
            public global::System.Linq.IGrouping<int, string>? Group { get; set; }
        }
        [Union(0, typeof(Circle))] public interface IShape { }
        public sealed class Circle : IShape { public int X { get; set; } }
        """;

    [Theory]
    [InlineData("namespace A; public partial class ShopClient { [CacheClient] public partial interface IShop { GET } }")]
    [InlineData("namespace A; public partial class ShopClient { public partial struct Inner { [CacheClient] public partial interface IShop { GET } } }")]
    [InlineData("namespace A; public partial class Outer { public partial class ShopClient { [CacheClient] public partial interface IShop { GET } } }")]
    [InlineData("public partial class ShopClient { [CacheClient] public partial interface IShop { GET } }")]
    [InlineData("public partial record RowCodec { [CacheClient] public partial interface IShop { GET } } public sealed record Row(int Id);")]
    [InlineData("namespace A.ShopClient { public class Other; } namespace A { [CacheClient] public partial interface IShop { GET } }")]
    [InlineData("namespace A.RowCodec { public class Other; } namespace A { public sealed record Row(int Id); [CacheClient] public partial interface IShop { GET } }")]
    [InlineData("namespace A.ShopClient { [CacheClient] public partial interface IShop { GET } }")]
    [InlineData("namespace ShopClient { [CacheClient] public partial interface IShop { GET } }")]
    [InlineData("namespace A { public class ShopClient<T>; [CacheClient] public partial interface IShop { GET } }")]
    [InlineData("namespace A { public delegate void ShopClient(); [CacheClient] public partial interface IShop { GET } }")]
    public void Of_the_generated_class_are_used_by_others(string source)
    {
        var row = source.Contains("record Row(", StringComparison.Ordinal) ? "[CacheKey(\"r:{id}\")] ValueTask<Row?> GetRowAsync(int id);" : "";
        Compiles(source.Replace("GET", Get + row, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("System")]
    [InlineData("TypedCache")]
    [InlineData("MessagePack")]
    [InlineData("Shop.System")]
    [InlineData("Shop.TypedCache")]
    [InlineData("Shop.MessagePack.System")]
    [InlineData("@class.@void")]
    [InlineData("await.var.record")]
    public void Of_namespaces_are_those_of_others(string name)
    {
        var run = GeneratorRun.Of(
            "global using global::System; global using global::System.Collections.Generic; global using global::System.Threading; global using global::System.Threading.Tasks; global using global::TypedCache; global using global::MessagePack;",
            $"namespace {name} {{ {Values} [CacheClient] public partial interface IShop {{ {Everything} }} }}");
        run.AssertCompiles();
    }

    [Fact]
    public void Of_types_are_words_of_the_language_or_the_framework() => EachCompiles(
        [
            "var", "dynamic", "nint", "record", "field", "file", "required", "scoped", "await", "async", "global", "partial", "notnull",
            "unmanaged", "where", "yield", "nameof", "value", "when", "extension", "_", "args", "String", "Task", "ValueTask", "Memory",
            "Span", "TimeSpan", "Func", "CacheExpiry", "MemcachedPool", "Nullable", "Keys", "key", "reader", "count", "items",
        ],
        static name => $$"""
        #pragma warning disable CS8981
        namespace Shop
        {
            public sealed class @{{name}} { public int Id { get; set; } public string? @class { get; init; } }
            {{Values.Replace("Lazy", "global::System.Lazy", StringComparison.Ordinal)}}
            [CacheClient] public partial interface IShop
            {
                {{Everything.Replace("Func<", "System.Func<", StringComparison.Ordinal).Replace("ValueTask", "System.Threading.Tasks.ValueTask", StringComparison.Ordinal).Replace(" Task<", " System.Threading.Tasks.Task<", StringComparison.Ordinal)}}
                [CacheKey("z:{id}")] System.Threading.Tasks.ValueTask<@{{name}}?> GetOneAsync(int id);
                [CacheKey("y:{id}")] System.Threading.Tasks.ValueTask<List<@{{name}}>?> GetListAsync(int id);
            }
        }
        """);

    [Fact]
    public void Of_parameters_are_those_of_generated_code() => EachCompiles(
        [
            "_", "var", "await", "async", "scoped", "field", "nameof", "record", "keys", "cacheKey", "buffer", "state", "token", "shared",
            "item", "pending", "pool", "_pool", "_options", "_rowOptions", "_sharedOptions", "_nullableInt32Codec", "WithoutResult",
            "WhetherStored", "AsSigned", "AsInterface", "RowKey", "AppendRowKey", "AppendSize", "RowCodec", "MixedCodec", "ShopClient",
            "Keys", "CacheKeys", "ToString", "stackalloc",
        ],
        static name => $$"""
        {{Values}}
        [CacheClient] public partial interface IShop { {{Everything
            .Replace("int id", "int @" + name, StringComparison.Ordinal).Replace("{id}", $"{{{name}}}", StringComparison.Ordinal)
            .Replace("Size size", $"Size @{name}2", StringComparison.Ordinal).Replace("{size}", $"{{{name}2}}", StringComparison.Ordinal)}}
            [CacheKey("z:{{{name}}}", Expires = "1m")] Task<int?> GetOrCreateNumberAsync(int @{{name}}, Func<CancellationToken, ValueTask<int?>> create);
        }
        [CacheClient] public partial interface IOther { {{Everything
            .Replace("int[] ids", "int[] @" + name, StringComparison.Ordinal).Replace("{ids}", $"{{{name}}}", StringComparison.Ordinal)
            .Replace("create)", $"@{name}2)", StringComparison.Ordinal)
            .Replace("Size size", $"Size @{name}3", StringComparison.Ordinal).Replace("{size}", $"{{{name}3}}", StringComparison.Ordinal)}} }
        """);

    [Fact]
    public void Of_members_are_those_of_generated_code() => EachCompiles(
        [
            "ToString", "GetHashCode", "Equals", "ReferenceEquals", "GetType", "MemberwiseClone", "Finalize", "Create", "Dispose",
            "Instance", "_pool", "_options", "WithoutResult", "WhetherStored", "AsSigned", "AsInterface", "RowKey", "AppendRowKey",
            "AppendSize", "RowCodec", "ShopClient", "Keys", "CacheKeys", "Of",
        ],
        static name => $$"""
        {{Values}}
        [CacheClient] public partial interface IShop
        {
            {{Everything}}
            [CacheKey("x", Operation = CacheOperation.Get)] Task<string?> {{name}}();
            [CacheKey("y:{id}", Operation = CacheOperation.Get)] Task<string?> {{name}}(int id);
            [CacheKey("z:{a}:{b}", Operation = CacheOperation.Get)] Task<string?> {{name}}(int a, int b);
        }
        """);

    [Fact]
    public void Of_keys_are_those_of_every_object() => EachCompiles(
        [
            "ToString", "GetHashCode", "Equals", "ReferenceEquals", "GetType", "MemberwiseClone", "Finalize", "Of", "Keys", "CacheKeys",
            "_", "Class", "Key",
        ],
        static noun => $$"""
        [CacheClient] public partial interface IShop
        {
            [CacheKey("x")] ValueTask<string?> Get{{noun}}Async();
            [CacheKey("y:{id}")] ValueTask<string?> Get{{noun}}Async(int id);
            [CacheKey("z:{a}:{b}")] ValueTask<string?> Get{{noun}}Async(Guid a, Guid b);
            [CacheKey("a:{a:N}:{b}")] ValueTask<string?> GetMore{{noun}}Async(Guid a, Guid b);
            [CacheKey("b:{id}", Expires = "1m")] ValueTask<string> GetOrCreate{{noun}}Async(int id, Func<int, CancellationToken, ValueTask<string>> create);
        }
        """);

    [Fact]
    public void Of_codecs_are_those_of_generated_fields() => EachCompiles(
        [
            "Pool", "Options", "PhotoOptions", "SharedOptions", "RowKey", "AppendSize", "_", "_pool", "nullableInt32Codec", "@class",
            "ShopClient", "RowCodec",
        ],
        static name => $$"""
        #pragma warning disable CS8981
        namespace Codecs
        {
            public sealed class {{name}} : ICacheCodec<Photo>, ICacheCodec<int>
            {
                public void Write(ref ValueWriter writer, Photo value) => writer.WriteText("");
                public void Write(ref ValueWriter writer, int value) => writer.WriteText("");
                Photo ICacheCodec<Photo>.Read(in StoredValue stored) => new();
                int ICacheCodec<int>.Read(in StoredValue stored) => 1;
            }
            public sealed class Photo { }
        }
        {{Values}}
        [CacheClient] public partial interface IShop
        {
            {{Everything}}
            [CacheCodec(typeof(Codecs.{{name}})), CacheKey("x:{id}")] ValueTask<Codecs.Photo?> GetPhotoAsync(int id);
            [CacheCodec(typeof(Codecs.{{name}})), CacheKey("y:{id}")] ValueTask<int?> GetNumberAsync(int id);
            [CacheCodec(typeof(Codecs.{{name}})), CacheKey("x:{id}", Expires = "1m", Stale = "2m")] ValueTask<Codecs.Photo> GetOrCreatePhotoAsync(int id, Func<CancellationToken, ValueTask<Codecs.Photo>> create);
            [CacheCodec(typeof(Codecs.{{name}})), CacheKey("z:{id}", Expires = "1m", Stale = "3m")] ValueTask<Codecs.Photo> GetOrCreateAsync(int id, Func<CancellationToken, ValueTask<Codecs.Photo>> create);
        }
        """);

    [Fact]
    public void Of_stored_members_are_those_of_generated_codecs() => EachCompiles(
        [
            "Instance", "Write", "Read", "Serialize", "Deserialize", "Create", "SetCreate", "GetValue", "Value", "Type", "HashCode",
            "value", "writer", "reader", "result", "count", "index", "key", "hasKey", "rowCodec", "otherCodec", "RowCodec", "@class",
            "var", "_", "__", "_1", "target", "@default", "Field",
        ],
        static name => $$"""
        #pragma warning disable CS8981, CS0414, CS0169
        public sealed record Row(int {{name}}, other? Other) { public required string? Text { get; init; } public other? rowCodec2 { get; init; } }
        public sealed class other { public string? {{name}} { get; init; } public int {{name}}2; public int Key { get; set; } }
        [MessagePackObject(AllowPrivate = true)] public sealed class Hidden
        {
            [Key(0)] private int {{name}};
            [Key(1)] private readonly other? {{name}}2;
            [Key(2)] private other? Other { get; init; }
            public Hidden(int a) => ({{name}}, {{name}}2) = (a, null);
            public override string ToString() => $"{{{name}}}{{{name}}2}";
        }
        public class Generic<T> { public required T {{name}} { get; init; } [MessagePack.IgnoreMember] public T? GenericAccess; }
        [CacheClient] public partial interface IShop
        {
            [CacheKey("a:{id}")] ValueTask<Row?> GetRowAsync(int id);
            [CacheKey("b:{id}")] ValueTask<Hidden?> GetHiddenAsync(int id);
            [CacheKey("c:{id}")] ValueTask<Generic<int>?> GetGenericAsync(int id);
        }
        """);

    [Theory]
    [InlineData("namespace Shop { public sealed class Row { public int Id { get; set; } } namespace Other { public sealed class Row { public string? Id { get; set; } } } ROWS }")]
    [InlineData("namespace Shop { public sealed class Row { public int Id { get; set; } public sealed class Row2 { } } public sealed class Row2 { } public static class Other { public sealed class Row { public Row2? Two { get; set; } } } ROWS }")]
    public void Of_two_types_are_the_same(string source) => Compiles(source.Replace(
        "ROWS",
        "[CacheClient] public partial interface IShop { [CacheKey(\"a:{id}\")] ValueTask<Row?> GetRowAsync(int id); [CacheKey(\"b:{id}\")] ValueTask<Other.Row?> GetOtherAsync(int id); }",
        StringComparison.Ordinal));

    [Fact]
    public void Of_tuple_elements_are_words_of_the_language() => Compiles("""
        [CacheClient] public partial interface IShop
        {
            [CacheKey("a:{id}")] ValueTask<(int @class, string? @event)?> GetAsync(int id);
            [CacheKey("c:{id}", Expires = "1m")] ValueTask SetAsync(int id, (int @int, string? await) value);
            [CacheKey("b:{pair.class}:{pair.await}", Expires = "1m")] ValueTask SetByPairAsync((int @class, int await) pair, string value);
        }
        """);

    // All in one compilation, each in a namespace of its own.
    private static void EachCompiles(string[] names, Func<string, string> source) => Compiles(string.Join("\n", names.Select((name, index) => $$"""
        namespace N{{index}}
        {
        {{source(name).Replace("[CacheClient]", $"[CacheClient(\"n{index}\")]", StringComparison.Ordinal)}}
        }
        """)));

    private static void Compiles(string source) => GeneratorRun.Of(Usings + source).AssertCompiles();
}
