namespace TypedCache.Generator.Tests.Incremental;

/// <summary>A project in which clients depend on other files in all ways there are.</summary>
internal static class VariedSources
{
    public static IReadOnlyDictionary<string, string> Files { get; } = new Dictionary<string, string>
    {
        ["Globals.cs"] = """
            global using System;
            global using System.Threading;
            global using System.Threading.Tasks;
            global using TypedCache;
            global using Cost = Shop.Models.Price;
            [assembly: System.Reflection.AssemblyMetadata("Name", "Shop")]
            [assembly: CacheCodec(typeof(Shop.Models.Size), typeof(Shop.SizeCodec))]
            """,
        ["IShopCache.cs"] = """
            using System.Collections.Generic;
            using Shop.Models;

            namespace Shop;

            public class Above { public int Sum(int a) { return a + 1; } }

            [CacheClient(Names.Area, Expires = "1h")]
            public partial interface IShopCache : ICommon
            {
                [CacheKey(Names.Product + ":{id}", Near = "2s")] ValueTask<Product?> GetProductAsync(int id, CancellationToken ct = default);
                [CacheKey(Names.Product + ":{id}")] ValueTask SetProductAsync(int id, Product value, CancellationToken ct = default);
                [CacheKey("color:{color}:{size}")] ValueTask<Cost?> GetCostAsync(Color color, Size size);
                [CacheKey("many:{ids}")] ValueTask<IReadOnlyDictionary<Guid, Product>> GetManyAsync(IReadOnlyCollection<Guid> ids, CancellationToken ct);
                [CacheKey("tag:{id}", Near = "500ms", NearRevalidate = "1m")] ValueTask<Tag?> GetTagAsync(int id, CancellationToken ct = default);
                [CacheKey("size:{id}")] ValueTask<Size?> GetSizeAsync(int id, CancellationToken ct = default);
                [CacheKey("tagged:{id}"), CacheTag("color:{color}"), CacheTag("name:{value.Name}")] ValueTask<Product?> GetTaggedAsync(int id, Color color, CancellationToken ct = default);
                [CacheTag("color:{color}")] ValueTask RemoveColorAsync(Color color, CancellationToken ct = default);
                int Answer() { return 42; }
            }
            """,
        ["IShopCache.Entries.cs"] = """
            #nullable enable
            using Shop.Models;
            using Money = Shop.Models.Price;
            namespace Shop
            {
                public partial interface IShopCache
                {
                    [CacheKey("entry:{customer.Address.City}")] CacheEntry<Money> Entry(Customer customer);
                    [CacheKey("count:{day:yyyyMMdd}")] CacheCounter Count(DateOnly day);
                }
            }
            """,
        ["ICommon.cs"] = """
            namespace Shop;

            public interface ICommon
            {
                int Twice(int x) => x * 2;
                [CacheKey("common:{id}")] ValueTask<bool> DeleteCommonAsync(int id, CancellationToken ct = default);
                [CacheKey("common:{id}")] ValueTask<string?> GetCommonAsync(int id, int unused, CancellationToken ct = default);
            }
            """,
        ["Models.cs"] = """
            using System.Collections.Generic;
            using MessagePack;

            namespace Shop.Models;

            public sealed record Product(int Id, string Name, Price Price)
            {
                public List<Color>? Colors { get; init; }
                public string Label() { var text = Name + Id; return text; }
            }

            public class Price : Base { public decimal Amount { get; set; } = 1m; public string? Note; }

            public abstract class Base { public int Version { get; set; } public virtual int Next() => Version + 1; }

            [CacheCodec(typeof(string))]
            public sealed record Tag(Size Size, string Text);

            [MessagePackObject]
            public sealed class Customer { [Key(0)] public string Name { get; set; } = ""; [Key(1)] public Address Address { get; set; } = new(); }

            public sealed class Address { public string City { get; set; } = "here"; }
            """,
        ["Enums.cs"] = """
            namespace Shop.Models;
            public enum Color { Red, Green, Blue }
            public enum Size : byte { Small = 1, Large = 2 }
            """,
        ["Names.cs"] = """
            namespace Shop;
            internal static class Names
            {
                public const string Area = "shop";
                public const string Product = Kind + "duct";
                private const string Kind = "pro";
                public static readonly int Limit = 12;
                public static int Compute(int x) { return x * Limit; }
            }
            """,
        ["Nested.cs"] = """
            using Shop.Models;
            namespace Shop;
            public static partial class Outer
            {
                [TypedCache.CacheClient(Names.Area)]
                public partial interface IInner
                {
                    [CacheKey("pro{id}"), CacheCodec(typeof(ColorCodec))] ValueTask<Color?> GetAsync(int id, CancellationToken ct = default);
                    [CacheKey("{id}:{tail}")] ValueTask<string?> GetTextAsync(string id, string tail, CancellationToken ct = default);
                }
            }
            """,
        ["Codec.cs"] = """
            using System.Buffers;
            using TypedCache.Values;
            using Shop.Models;
            namespace Shop;
            public sealed class SizeCodec : ICacheCodec<Size>
            {
                public CacheFlags Write(IBufferWriter<byte> output, Size value) { return default; }
                public Size Read(ReadOnlySequence<byte> payload, CacheFlags flags) { return Size.Small; }
            }
            public sealed class ColorCodec : ICacheCodec<Color>
            {
                public CacheFlags Write(IBufferWriter<byte> output, Color value) { output.Write(new byte[] { (byte)value }); return default; }
                public Color Read(ReadOnlySequence<byte> payload, CacheFlags flags) { return (Color)payload.FirstSpan[0]; }
            }
            """,
        ["Aliased.cs"] = """
            using Client = TypedCache.CacheClientAttribute;
            using Text = System.String;
            [Client("")]
            public partial interface IAliased
            {
                [CacheKey("a:{id}")] ValueTask<Text?> GetAsync(Text id, CancellationToken ct = default);
                [CacheKey("a:{id}:{misspelt}")] ValueTask<Text?> GetOtherAsync(int id, int mispelt, CancellationToken ct = default);
            }
            """,
        ["Unrelated.cs"] = """
            namespace Elsewhere
            {
                public class Helper
                {
                    private int _field = 5;
                    public int Field { get { return _field; } set { _field = value; } }
                    public int Work(int x) { for (var i = 0; i < 3; i++) { x += i; } return x; }
                }
            }
            """,
    };

    /// <summary>Lines that change what others mean, each where it is put.</summary>
    public static IReadOnlyList<string> Lines { get; } =
    [
        "#nullable disable", "#nullable enable", "#nullable restore", "#pragma warning disable TC0203, TC0103", "#pragma warning restore",
        "// <auto-generated/>", "// a comment", "/* two\nlines */", "", "\n\n",
        "public int Extra { get; set; }", "public string? Remark;", "public int Half { get => field; set; }", "int Body() { return 1; }", "int NoBody();",
        "public sealed class Guid { }", "public class Price { public int Other { get; set; } }", "namespace Shop { public class Product { } }",
        "public class Keys { }", "internal class ShopCacheClient { }", "public partial class Price { public long Added { get; set; } }",
        "public class CacheKeyAttribute : System.Attribute { public CacheKeyAttribute(string s) { } }",
        "namespace System { public class Uri { } public struct DateOnly { } }", "namespace TypedCache { public class CacheKeyAttribute : System.Attribute { } }",
        "using Product = System.String;", "global using Size = Shop.Models.Color;", "global using CacheClient = System.SerializableAttribute;", "using static Shop.Names;",
        "[MessagePack.MessagePackObject]", "[System.Obsolete]", "[CacheKey(\"extra:{id}\")] ValueTask<int?> GetExtraAsync(int id, CancellationToken ct = default);",
        "[CacheKey(\"pro{id}\")] ValueTask<long?> GetClashAsync(int id, CancellationToken ct = default);", "#if DEBUG", "#else", "#endif", "{", "}", "}}", "class Later {",
        "public enum Color { Cyan }", "[CacheClient(\"more\")] public partial interface IMore { [CacheKey(\"m\")] ValueTask<int?> GetAsync(CancellationToken ct = default); }",
        "extension(string s) { public int Twice => 2; }", "file class Product { }", "var top = 1;", "[assembly: System.CLSCompliant(false)]",
        "[assembly: TypedCache.CacheCodec(typeof(Shop.Models.Color), typeof(Shop.ColorCodec))]", "[CacheCodec(typeof(ColorCodec))]", "[assembly: CacheCodec(typeof(Shop.SizeCodec))]",
        "global using Codec = TypedCache.CacheCodecAttribute;", "[Codec(typeof(int), typeof(Shop.SizeCodec))]",
    ];

    /// <summary>Words that are put in the place of others.</summary>
    public static IReadOnlyList<string> Words { get; } =
    [
        "int", "long", "string", "string?", "Color", "Size", "Price", "Product", "Customer", "Address", "Guid", "Base", "Names", "Area", "Kind", "Id", "id", "Name",
        "public", "internal", "private", "protected", "static", "const", "readonly", "partial", "record", "class", "struct", "interface", "enum", "sealed", "abstract", "required", "file",
        "get", "set", "init", "=>", "=", ";", "(", ")", "?", ",", ".", "<", ">", "\"shop\"", "\"1h\"", "\"area:{id}\"", "1", "2", "100", "Text", "Money", "Cost", "field", "return",
        "CacheKey", "CacheClient", "CacheCodec", "Key", "DateOnly", "Entry", "GetAsync", "SetAsync", "ct", "CancellationToken", "default", "namespace", "using", "Shop", "Shop.Models",
    ];
}
