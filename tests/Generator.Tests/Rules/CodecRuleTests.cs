using TypedCache.Generator.Tests.Testing;
using static TypedCache.Generator.Tests.Testing.TestCompilation;

namespace TypedCache.Generator.Tests.Rules;

/// <summary>What is said of <c>[CacheCodec]</c>.</summary>
public sealed class CodecRuleTests : RuleTest
{
    private const string Get = "[CacheKey(\"p:{id}\")] ValueTask<Row?> GetAsync(int id);";
    private const string Row = "public sealed class Row { public int Id { get; set; } }";

    [Theory]
    [InlineData("RowCodec", "public sealed class RowCodec;", "it is no ICacheCodec<T>: implement ICacheCodec<Row>")]
    [InlineData("RowCodec", "public sealed class RowCodec : Codec<Order>;", "it is an ICacheCodec<Order>: implement ICacheCodec<Row>")]
    [InlineData("RowCodec", "public abstract class RowCodec : Codec<Row>;", "it is abstract: name a class that can be instantiated")]
    [InlineData("RowCodec", "public interface RowCodec : ICacheCodec<Row>;", "it is an interface: name a class that can be instantiated")]
    [InlineData("RowCodec<>", "public sealed class RowCodec<T> : Codec<T>;", "it is an open generic type: name its type arguments, or derive a class that does")]
    [InlineData("RowCodec", "file sealed class RowCodec : Codec<Row>;", "it is local to its file: make it internal or public")]
    [InlineData("RowCodec", "public sealed class RowCodec(int level) : Codec<Row> { public int Level => level; }", "it has no parameterless constructor that generated code can call: add a public or internal one")]
    [InlineData("RowCodec", "public sealed class RowCodec : Codec<Row> { private RowCodec() { } }", "it has no parameterless constructor that generated code can call: add a public or internal one")]
    [InlineData("RowCodec", "public sealed class RowCodec : Codec<Row> { public required int Level { get; init; } }", "it has no parameterless constructor that generated code can call: add a public or internal one")]
    [InlineData("Row[]", "", "it is not a class: name one with typeof(...)")]
    public void TC0304_codec_of_a_method(string codec, string declaration, string reason) => ReportsOnly(
        "TC0304",
        $"'{codec}' cannot be the codec of 'Row', because {reason}",
        Source($"[CacheCodec(⟦typeof({codec})⟧)] {Get}", declaration));

    [Fact]
    public void TC0304_private_codec() => ReportsOnly(
        "TC0304",
        "'RowCodec' cannot be the codec of 'int?', because it is private or protected: make it internal or public",
        """
        using System.Threading.Tasks; using TypedCache; using TypedCache.Values;
        public partial class Outer
        {
            private sealed class RowCodec : ICacheCodec<int> { public void Write(ref ValueWriter writer, int value) { } public int Read(in StoredValue stored) => 0; }
            [CacheClient] internal partial interface IShopCache { [CacheKey("p:{id}"), CacheCodec(⟦typeof(RowCodec)⟧)] ValueTask<int?> GetAsync(int id); }
        }
        """);

    [Fact]
    public void TC0304_codec_of_a_type_is_reported_once_where_it_is_named() => ReportsOnly(
        "TC0304",
        "'Order' cannot be the codec of 'Row', because it is no ICacheCodec<T>: implement ICacheCodec<Row>",
        Client($"{Get} [CacheKey(\"p:{{id}}\")] ValueTask SetAsync(int id, Row value); [CacheKey(\"q:{{id}}\")] CacheEntry<Row> Row(int id);")
            + $"[CacheCodec(⟦typeof(Order)⟧)] {Row}");

    [Fact]
    public void TC0304_codec_of_a_parameter() => ReportsOnly(
        "TC0304",
        "'Order' cannot be the codec of 'int', because it is no ICacheCodec<T>: implement ICacheCodec<int>",
        Client("[CacheKey(\"p:{values}\")] ValueTask SetAsync([CacheCodec(⟦typeof(Order)⟧)] Dictionary<int, int> values);"));

    [Fact]
    public void TC0304_no_codec_at_all() => ReportsOnly(
        "TC0304",
        "'null' cannot be the codec of 'Row', because it is not a class: name one with typeof(...)",
        Source($"[CacheCodec(⟦null!⟧)] {Get}", ""));

    [Theory]
    [InlineData("public sealed class RowCodec : Codec<Row>;")]
    [InlineData("internal sealed class RowCodec : Codec<Row> { internal RowCodec() { } }")]
    [InlineData("public sealed class RowCodec : Codec<Row?>;")]
    [InlineData("public struct RowCodec : ICacheCodec<Row> { public void Write(ref ValueWriter writer, Row value) { } public Row Read(in StoredValue stored) => new(); }")]
    public void TC0304_not_for_a_codec_of_the_type(string declaration) => Passes(Source($"[CacheCodec(typeof(RowCodec))] {Get}", declaration));

    [Fact]
    public void TC0304_not_for_a_closed_generic_codec() =>
        Passes(Source($"[CacheCodec(typeof(RowCodec<Row>))] {Get}", "public sealed class RowCodec<T> : Codec<T>;"));

    [Theory]
    [InlineData("[CacheKey(\"p:{id}\")] ValueTask SetAsync([⟦CacheCodec(typeof(RowCodec))⟧] int id, Row value);", "id", "the parameter is not stored: put it on the value or on the method")]
    [InlineData("[CacheKey(\"p:{id}\")] CacheEntry<Row> Row([⟦CacheCodec(typeof(RowCodec))⟧] int id);", "id", "the parameter is not stored: put it on the value or on the method")]
    [InlineData("[CacheKey(\"p:{id}\"), ⟦CacheCodec(typeof(RowCodec))⟧] ValueTask<bool> DeleteAsync(int id);", "DeleteAsync", "the method neither stores nor reads a value: remove it")]
    [InlineData("[CacheKey(\"p:{id}\"), ⟦CacheCodec(typeof(RowCodec))⟧] CacheCounter Views(int id);", "Views", "the method neither stores nor reads a value: remove it")]
    public void TC0208_codec_without_a_value(string member, string name, string mistake) =>
        ReportsOnly("TC0208", $"[CacheCodec] of '{name}' has no effect, because {mistake}", Source(member, "public sealed class RowCodec : Codec<Row>;"));

    [Fact]
    public void TC0208_codec_of_a_client() => ReportsOnly(
        "TC0208",
        "[CacheCodec] of 'IShopCache' has no effect, because a client is not a value: put it on the methods",
        Client("[CacheKey(\"p:{id}\")] CacheEntry<string> Row(int id);", "⟦CacheCodec(typeof(string))⟧, CacheClient"));

    [Fact]
    public void TC0108_codecs_which_differ_between_methods() => Reports(
        "TC0108",
        "'shop:p:{id}' and 'shop:p:{id}' of IShopCache.GetAsync can both give the key 'shop:p:0', but one stores 'Row' and the other 'Row by RowCodec': start one of them with a different word",
        Source("[CacheCodec(typeof(RowCodec))] [CacheKey(\"p:{id}\")] ValueTask<Row?> GetAsync(int id); [CacheKey(⟦\"p:{id}\"⟧)] ValueTask SetAsync(int id, Row value);", "public sealed class RowCodec : Codec<Row>;"));

    [Fact]
    public void TC0108_two_types_with_one_codec() => Reports(
        "TC0108",
        "'shop:p:{id}' and 'shop:p:{id}' of IShopCache.Row can both give the key 'shop:p:0', but one stores 'int by Both' and the other 'Row by Both': start one of them with a different word",
        Source(
            "[CacheKey(\"p:{id}\"), CacheCodec(typeof(Both))] CacheEntry<Row> Row(int id); [CacheKey(⟦\"p:{id}\"⟧), CacheCodec(typeof(Both))] CacheEntry<int> Number(int id);",
            "public sealed class Both : Codec<Row>, ICacheCodec<int> { public void Write(ref ValueWriter writer, int value) { } int ICacheCodec<int>.Read(in StoredValue stored) => 0; }"));

    [Fact]
    public void TC0108_not_for_a_value_and_its_nullable() => Passes(Source(
        "[CacheKey(\"p:{id}\"), CacheCodec(typeof(Numbers))] CacheEntry<int> Row(int id); [CacheKey(\"p:{id}\"), CacheCodec(typeof(Numbers))] ValueTask<int?> GetAsync(int id);",
        "public sealed class Numbers : Codec<int>;"));

    [Fact]
    public void TC0301_part_of_another_value_by_what_is_no_codec() => ReportsOnly(
        "TC0301",
        "'List<Money>' cannot be stored, because 'Order' cannot be the codec of 'Shop.Money', because it is no ICacheCodec<T>: implement ICacheCodec<Money>",
        Source("[CacheKey(\"p:{id}\")] ⟦ValueTask<List<Money>?>⟧ GetAsync(int id);", "[CacheCodec(typeof(Order))] public enum Money { }"));

    [Theory]
    [InlineData("List<Row>?")]
    [InlineData("Dictionary<string, Row?>?")]
    [InlineData("(Row, int)?")]
    [InlineData("List<Money?>?")]
    public void TC0301_not_for_a_part_by_a_codec_of_the_project(string type) => PassesWith(
        "[assembly: TypedCache.CacheCodec(typeof(Shop.Row), typeof(Shop.RowCodec))]\n",
        Source(
            $"[CacheKey(\"p:{{id}}\")] ValueTask<{type}> GetAsync(int id);",
            "public sealed class RowCodec : Codec<Row>; [CacheCodec(typeof(MoneyCodec))] public enum Money { } public sealed class MoneyCodec : Codec<Money>;"));

    [Fact]
    public void TC0304_codec_of_the_assembly() => ReportsAssembly(
        "TC0304",
        "'Order' cannot be the codec of 'Row', because it is no ICacheCodec<T>: implement ICacheCodec<Row>",
        "[assembly: CacheCodec(typeof(Shop.Row), ⟦typeof(Shop.Order)⟧)]");

    [Fact]
    public void TC0304_codec_of_the_assembly_for_a_nullable() => ReportsAssembly(
        "TC0304",
        "'Order' cannot be the codec of 'int?', because it is no ICacheCodec<T>: implement ICacheCodec<int>",
        "[assembly: CacheCodec(typeof(int?), ⟦typeof(Shop.Order)⟧)]");

    [Fact]
    public void TC0305_two_codecs_of_the_assembly() => ReportsAssembly(
        "TC0305",
        "The values of 'Row' already have the codec 'RowCodec': remove one of the attributes, here with 'OtherCodec'",
        "[assembly: CacheCodec(typeof(Shop.Row), typeof(Shop.RowCodec)), ⟦CacheCodec(typeof(Shop.Row), typeof(Shop.OtherCodec))⟧]");

    [Fact]
    public void TC0305_two_codecs_of_a_method() => Reports(
        "TC0305",
        "The values of 'GetAsync' already have the codec 'RowCodec': remove one of the attributes, here with 'OtherCodec'",
        Source($"[CacheCodec(typeof(RowCodec)), ⟦CacheCodec(typeof(OtherCodec))⟧] {Get}", TwoCodecs));

    [Fact]
    public void TC0305_two_codecs_of_a_type() => Reports(
        "TC0305",
        "The values of 'Money' already have the codec 'MoneyCodec': remove one of the attributes, here with 'OtherCodec'",
        Source("", "[CacheCodec(typeof(MoneyCodec))] [⟦CacheCodec(typeof(OtherCodec))⟧] public enum Money { } public sealed class MoneyCodec : Codec<Money>; public sealed class OtherCodec : Codec<Money>;"));

    [Fact]
    public void TC0305_not_for_several_places() => PassesWith(
        "[assembly: TypedCache.CacheCodec(typeof(Shop.Row), typeof(Shop.RowCodec))]\n[assembly: TypedCache.CacheCodec(typeof(Shop.Order), typeof(Shop.OrderCodec))]\n",
        Source($"[CacheCodec(typeof(OtherCodec))] {Get}", TwoCodecs + "public sealed class OrderCodec : Codec<Order>;"));

    [Theory]
    [InlineData("[assembly: ⟦CacheCodec(typeof(Shop.RowCodec))⟧]", "needs the type of the values as well: write [assembly: CacheCodec(typeof(T), typeof(TheCodec))]")]
    [InlineData("[assembly: CacheCodec(⟦typeof(System.Collections.Generic.List<>)⟧, typeof(Shop.RowCodec))]", "names no type that values can have: write typeof(...) of a type with all its type arguments")]
    [InlineData("[assembly: CacheCodec(⟦typeof(void)⟧, typeof(Shop.RowCodec))]", "names no type that values can have: write typeof(...) of a type with all its type arguments")]
    public void TC0306_on_the_assembly(string attribute, string mistake) => ReportsAssembly("TC0306", $"[CacheCodec] of the assembly {mistake}", attribute);

    [Fact]
    public void TC0306_on_a_method() => Reports(
        "TC0306",
        "[CacheCodec] of 'GetAsync' names a type, which only one on the assembly does: write [CacheCodec(typeof(RowCodec))]",
        Source($"[⟦CacheCodec(typeof(Row), typeof(RowCodec))⟧] {Get}", TwoCodecs));

    [Fact]
    public void TC0306_not_where_it_fits() => PassesWith(
        "[assembly: TypedCache.CacheCodec(typeof(Shop.Row), typeof(Shop.RowCodec))]\n", Source($"[CacheCodec(typeof(OtherCodec))] {Get}", TwoCodecs));

    private const string TwoCodecs = "public sealed class RowCodec : Codec<Row>; public sealed class OtherCodec : Codec<Row>;";

    // An attribute of the assembly stands before all else in its file.
    private static void ReportsAssembly(string id, string message, string attribute) =>
        Reports(id, message, $"using TypedCache;\n{attribute}\n" + Declarations);

    private static void PassesWith(string attributes, string source)
    {
        var run = GeneratorRun.Of(attributes, source);
        run.AssertCompiles();
    }

    private const string Declarations = """
        namespace Shop
        {
            public sealed class Order;

            public sealed class Row;

            public abstract class Codec<T> : TypedCache.Values.ICacheCodec<T>
            {
                public void Write(ref TypedCache.Values.ValueWriter writer, T value) => writer.WriteInteger(0);

                public T Read(in TypedCache.Values.StoredValue stored) => default!;
            }

            public sealed class RowCodec : Codec<Row>;

            public sealed class OtherCodec : Codec<Row>;
        }
        """;

    private static string Source(string members, string declarations) => "using TypedCache.Values;\n" + Client(members) + $$"""

        {{Row}}

        public abstract class Codec<T> : ICacheCodec<T>
        {
            public void Write(ref ValueWriter writer, T value) => writer.WriteInteger(0);

            public T Read(in StoredValue stored) => default!;
        }

        {{declarations}}
        """;
}
