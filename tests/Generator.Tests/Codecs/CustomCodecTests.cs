using TypedCache.Generator.Tests.Testing;
using static TypedCache.Generator.Tests.Testing.TestCompilation;

namespace TypedCache.Generator.Tests.Codecs;

/// <summary>Which codec <c>[CacheCodec]</c> gives a value.</summary>
public sealed class CustomCodecTests
{
    private const string Codecs = """

        [CacheCodec(typeof(OfType))] public struct Money { public int Cents { get; set; } }
        public abstract class Codec<T> : TypedCache.Values.ICacheCodec<T>
        {
            public void Write(ref TypedCache.Values.ValueWriter writer, T value) => writer.WriteInteger(0);
            public T Read(in TypedCache.Values.StoredValue stored) => default!;
        }
        public sealed class OfType : Codec<Money>;
        public sealed class OfMethod : Codec<Money>;
        public sealed class OfParameter : Codec<Money>;
        public sealed class OfNullable : Codec<Money?>;
        public sealed class OrderCodec : Codec<Order>;
        """;

    [Theory]
    [InlineData("ValueTask SetAsync(int id, Money value)", "OfType")]
    [InlineData("ValueTask<CacheValue<Money>> GetAsync(int id)", "OfType")]
    [InlineData("[CacheCodec(typeof(OfMethod))] ValueTask SetAsync(int id, Money value)", "OfMethod")]
    [InlineData("[CacheCodec(typeof(OfMethod))] ValueTask SetAsync(int id, [CacheCodec(typeof(OfParameter))] Money value)", "OfParameter")]
    [InlineData("ValueTask SetAsync([CacheCodec(typeof(OfParameter))] Dictionary<int, Money> id)", "OfParameter")]
    [InlineData("ValueTask<Dictionary<int, Money>> GetManyAsync(int[] id)", "OfType")]
    [InlineData("CacheEntry<Money> Price(int id)", "OfType")]
    [InlineData("[CacheCodec(typeof(OfMethod))] CacheEntrySet<int, Money> Prices()", "OfMethod", "key")]
    public void The_nearest_attribute_counts(string member, string codec, string placeholder = "id") => Assert.Contains(
        $"private static readonly global::TypedCache.Values.ICacheCodec<global::Shop.Money> _{char.ToLowerInvariant(codec[0])}{codec[1..]} =\n        new global::Shop.{codec}();",
        Source($"[CacheKey(\"p:{{{placeholder}}}\")] {member};"),
        StringComparison.Ordinal);

    [Theory]
    [InlineData("ValueTask<Money?> GetAsync(int id)", "_nullableOfType =\n        global::TypedCache.Values.CacheCodecs.Nullable<global::Shop.Money>(new global::Shop.OfType());")]
    [InlineData("[CacheCodec(typeof(OfNullable))] ValueTask<Money?> GetAsync(int id)", "_ofNullable =\n        new global::Shop.OfNullable();")]
    public void A_nullable_value_has_the_codec_of_the_value_or_one_of_its_own(string member, string field) => Assert.Contains(
        $"private static readonly global::TypedCache.Values.ICacheCodec<global::Shop.Money?> {field}",
        Source($"[CacheKey(\"p:{{id}}\")] {member};"),
        StringComparison.Ordinal);

    [Fact]
    public void A_generated_codec_does_not_hide_one_of_the_project()
    {
        var source = Source("[CacheKey(\"p:{id}\")] CacheEntry<Order> Generated(int id); [CacheKey(\"q:{id}\"), CacheCodec(typeof(OrderCodec))] CacheEntry<Order> Own(int id);");

        Assert.Contains("new global::Shop.OrderCodec()", source, StringComparison.Ordinal);
        Assert.Contains("file sealed class ShopOrderCodec", source, StringComparison.Ordinal);
    }

    [Fact]
    public void One_class_can_be_the_codec_of_two_types()
    {
        var source = Source("[CacheKey(\"p:{id}\"), CacheCodec(typeof(Both))] CacheEntry<Order> Order(int id); [CacheKey(\"q:{id}\"), CacheCodec(typeof(Both))] CacheEntry<int> Number(int id);"
            , "public sealed class Both : Codec<Order>, TypedCache.Values.ICacheCodec<int> { public void Write(ref TypedCache.Values.ValueWriter writer, int value) { } int TypedCache.Values.ICacheCodec<int>.Read(in TypedCache.Values.StoredValue stored) => 0; }");

        Assert.Contains("ICacheCodec<global::Shop.Order> _both =", source, StringComparison.Ordinal);
        Assert.Contains("ICacheCodec<int> _both2 =", source, StringComparison.Ordinal);
    }

    [Fact]
    public void The_name_of_the_codec_is_the_fingerprint()
    {
        const string Entry = "[CacheKey(\"p:{id}\", Schema = true), CacheCodec(typeof(OfMethod))] CacheEntry<Money> Price(int id);";
        static string Key(string source) => System.Text.RegularExpressions.Regex.Match(source, "shop:[0-9a-f]{8}:p").Value;
        var key = Key(Source(Entry));

        Assert.NotEmpty(key);
        Assert.Equal(key, Key(Source(Entry.Replace("CacheEntry<Money>", "CacheEntry<Money?>", StringComparison.Ordinal))));
        Assert.NotEqual(key, Key(Source(Entry.Replace("OfMethod", "OfParameter", StringComparison.Ordinal))));
    }

    private static string Source(string members, string more = "")
    {
        var run = GeneratorRun.Of(Client(members) + Codecs + more);
        run.AssertCompiles();
        return run.SingleSource();
    }
}
