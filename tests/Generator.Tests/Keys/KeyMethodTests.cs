using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using TypedCache.Generator.Tests.Testing;
using static TypedCache.Generator.Tests.Testing.TestCompilation;

namespace TypedCache.Generator.Tests.Keys;

/// <summary>The methods of a generated client which give the keys: which members share one, and what they are called.</summary>
public sealed class KeyMethodTests
{
    [Fact]
    public void Members_of_one_key_share_one()
    {
        var source = Source("""
            [CacheKey("product:{id}")] ValueTask<string?> GetProductAsync(int id);
            [CacheKey("product:{productId}")] ValueTask SetProductAsync(int productId, string value);
            [CacheKey("product:{id}", Expires = "1m")] ValueTask<string> GetOrCreateAsync(int id, Func<CancellationToken, ValueTask<string>> create);
            [CacheKey("product:{ids}")] ValueTask<int> DeleteProductsAsync(int[] ids);
            [CacheKey("product:{id}")] CacheEntry<string> Entry(int id);
            [CacheKey("product:{key}")] CacheEntrySet<int, string> Products();
            """);

        Assert.Equal(["AppendProductKey(ref key, int id)", "ProductKey(buffer, int id)"], Signatures(source));
        Assert.Single(Regex.Matches(source, "\"shop:product:\"u8"));
    }

    [Fact]
    public void The_order_of_a_members_parameters_makes_no_difference()
    {
        var source = Source("""
            [CacheKey("price:{tenant}:{id}")] ValueTask<string?> GetPriceAsync(string tenant, int id);
            [CacheKey("price:{shop}:{product}")] ValueTask SetPriceAsync(int product, string shop, string value);
            [CacheKey("price:{tenant}:{ids}")] ValueTask<int> DeletePricesAsync(IEnumerable<int> ids, string tenant);
            """);

        Assert.Equal(["AppendPriceKey(ref key, string tenant, int id)", "PriceKey(buffer, string tenant, int id)"], Signatures(source));
        Assert.Contains("StackSize], shop, product)", source, StringComparison.Ordinal);
    }

    [Fact]
    public void Keys_which_differ_have_one_each_whose_parameters_or_number_tell_them_apart() => Assert.Equal(
        [
            "ProductKey(buffer, int id)",
            "ProductKey(buffer, string name)",
            "ProductKey2(buffer, int id)",
            "ProductKey3(buffer, int? id)",
            "ProductKey4(buffer, int? number)",
        ],
        Signatures(Source("""
            [CacheKey("product:{id}")] ValueTask<string?> GetProductAsync(int id);
            [CacheKey("product:{id:X}")] ValueTask<bool> DeleteProductAsync(int id);
            [CacheKey("product:{name}:name")] ValueTask<bool> ExistsProductAsync(string name);
            [CacheKey("product:{id}")] ValueTask<bool> TouchProductAsync(int? id, TimeSpan expires);
            [CacheKey("product:{number}")] ValueTask<bool> RemoveProductAsync(int? number);
            """)));

    [Fact]
    public void A_text_which_is_bounded_in_one_member_alone_is_another_key()
    {
        var source = Source("""
            [CacheKey("page:{url}")] ValueTask<string?> GetPageAsync([KeyPart(MaxLength = 60)] string url);
            [CacheKey("page:{url}")] ValueTask<bool> DeletePageAsync(string url);
            """);

        Assert.Equal(["PageKey(buffer, string url)", "PageKey2(buffer, string url)"], Signatures(source));
    }

    [Theory]
    [InlineData("ValueTask<string?> GetProductAsync(int id)", "ProductKey")]
    [InlineData("ValueTask<string?> GetProductKeyAsync(int id)", "ProductKey")]
    [InlineData("ValueTask<string?> Get_productAsync(int id)", "ProductKey")]
    [InlineData("ValueTask<string?> GetAsync(int id)", "OldItemsKey", "old-items:{id}")]
    [InlineData("ValueTask<string?> GetAsync(int id)", "CacheKey", "{id}")]
    [InlineData("ValueTask<string?> Get2FAAsync(int id)", "CacheKey", "2:{id}")]
    [InlineData("ValueTask<string?> GetAsync(int id)", "KäseKey", "käse:{id}")]
    [InlineData("CacheCounter Views(int id)", "ViewsKey")]
    public void They_are_named_after_what_the_member_says_else_after_the_template(string member, string name, string template = "p:{id}") =>
        Assert.Equal([$"{name}(buffer, int id)"], Signatures(Source($"[CacheKey(\"{template}\")] {member};")));

    [Fact]
    public void The_first_member_which_says_something_gives_the_name() => Assert.Equal(
        ["ProductKey(buffer, int id)"],
        Signatures(Source("""
            [CacheKey("p:{id}")] ValueTask<bool> ExistsAsync(int id);
            [CacheKey("p:{id}")] ValueTask<string?> GetProductAsync(int id);
            [CacheKey("p:{id}")] ValueTask<string?> GetOtherAsync(int id);
            """)));

    [Fact]
    public void Names_of_members_and_parameters_are_left_alone() => Assert.Equal(
        ["CityKey2(buffer, int id)", "ProductKey2(buffer, int id)", "ViewsKey2(buffer, int ViewsKey)"],
        Signatures(Source("""
            [CacheKey("product:{id}")] CacheEntry<string> ProductKey(int id);
            [CacheKey("views:{ViewsKey}")] CacheCounter Views(int ViewsKey);
            [CacheKey("city:{id}")] ValueTask<string?> GetCityAsync(int id);
            [CacheKey("log", Operation = CacheOperation.Append)] ValueTask AppendCityKey(string text);
            """)));

    [Fact]
    public void Parameters_are_not_hidden_by_what_the_methods_declare()
    {
        var source = Source("""
            [CacheKey("a:{buffer}:{key}:{cacheKey}")] ValueTask<string?> GetAAsync(int buffer, int key, int cacheKey);
            [CacheKey("b:{buffer}:{keys}:{AppendColor}:{shared}")] ValueTask<int> DeleteBAsync(int buffer, int[] keys, Color AppendColor, int shared);
            [CacheKey("c:{buffer}:{key}:{writer}")] CacheEntrySet<int, string> Cs(int buffer, int writer);
            """);

        Assert.Contains("AKey(buffer2, int buffer, int key, int cacheKey)", Signatures(source));
        Assert.Contains("AppendColor2(ref key, AppendColor);", source, StringComparison.Ordinal);
    }

    [Fact]
    public void Methods_which_write_enums_have_other_names() => Assert.Equal(
        ["AppendProductKey(ref key, ProductKey value)", "ProductKey2(buffer, ProductKey product)"],
        Signatures(Source("[CacheKey(\"p:{product}\")] ValueTask<bool> ExistsProductAsync(ProductKey product);", "public enum ProductKey { A }")));

    [Fact]
    public void The_class_of_the_client_has_another_name_than_members()
    {
        var source = Source("[CacheKey(\"p:{ShopCacheClient}\")] CacheEntry<string> ShopCacheClient(int ShopCacheClient);");

        Assert.Contains("file sealed class ShopCacheClient2(", source, StringComparison.Ordinal);
    }

    [Fact]
    public void The_class_of_the_client_is_found_where_a_type_around_the_interface_hides_it()
    {
        var run = GeneratorRun.Of("""
            namespace Shop;
            public static partial class Caches
            {
                public sealed class ShopClient { }
                [TypedCache.CacheClient] public partial interface IShop { [TypedCache.CacheKey("p:{id}")] TypedCache.CacheEntry<string> Product(int id); }
            }
            """);

        Assert.Contains("global::Shop.ShopClient.ProductKey(", run.SingleSource(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_collection_can_lend_its_properties_to_the_keys_of_its_items()
    {
        var source = Source("""
            [CacheKey("p:{ids.Length}:{ids}")] ValueTask<int> DeletePartsAsync(int[] ids);
            [CacheKey("q:{tenant}:{ids.Count}:{ids}")] ValueTask<int> DeleteOthersAsync(string tenant, List<int> ids);
            """);

        Assert.Contains("AppendPartKey(ref key, int[] ids, int id)", Signatures(source));
    }

    [Fact]
    public void A_constant_key_needs_none()
    {
        var source = Source("[CacheKey(\"top\")] ValueTask<string?> GetTopAsync();");

        Assert.Empty(Signatures(source));
        Assert.Contains("_pool.GetAsync(\"shop:top\"u8, ", source, StringComparison.Ordinal);
    }

    private static string Source(string members, string others = "") =>
        GeneratorRun.Of(Client(members) + others).SingleSource();

    // Without the types of what the methods themselves declare, and without namespaces.
    private static IEnumerable<string> Signatures(string source) => CSharpSyntaxTree.ParseText(source).GetRoot().DescendantNodes()
        .OfType<ClassDeclarationSyntax>()
        .Single(static type => type.Identifier.ValueText == "ShopCacheClient")
        .Members
        .OfType<MethodDeclarationSyntax>()
        .Where(static method => method.Modifiers.Any(SyntaxKind.StaticKeyword))
        .Select(static method => $"{method.Identifier}({string.Join(", ", method.ParameterList.Parameters.Select(Describe))})")
        .Order(StringComparer.Ordinal);

    private static string Describe(ParameterSyntax parameter) => parameter.Type!.ToString() switch
    {
        "global::System.Span<byte>" => parameter.Identifier.ValueText,
        "global::TypedCache.Keys.CacheKeyWriter" => $"ref {parameter.Identifier.ValueText}",
        var type => $"{type[(type.LastIndexOfAny([':', '.']) + 1)..]} {parameter.Identifier.ValueText}",
    };
}
