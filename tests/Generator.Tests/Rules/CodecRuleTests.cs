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
    public void TC0301_part_of_another_value() => ReportsOnly(
        "TC0301",
        "'List<Money>' cannot be stored, because 'Shop.Money' has a [CacheCodec], which writes whole values, not parts of others; put it on the methods that store the type as a whole, or name a codec for the outer value too",
        Source("[CacheKey(\"p:{id}\")] ⟦ValueTask<List<Money>?>⟧ GetAsync(int id);", "[CacheCodec(typeof(MoneyCodec))] public enum Money { } public sealed class MoneyCodec : Codec<Money>;"));

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
