using System.Reflection;
using System.Runtime.Loader;
using TypedCache.Generator.Tests.Testing;
using static TypedCache.Generator.Tests.Testing.TestCompilation;

namespace TypedCache.Generator.Tests.Keys;

/// <summary>Runs the functions which give keys as text.</summary>
public sealed class KeyFunctionTests
{
    private const string Usings = "using System; using System.Threading.Tasks; using System.Collections.Generic; using TypedCache;\n";

    [Fact]
    public void Give_the_exact_key()
    {
        var keys = Keys("""
            [CacheKey("product:{id}")] ValueTask<string?> GetProductAsync(int id);
            [CacheKey("note:{name}:{color}")] CacheEntry<string> Note(string name, Color color);
            [CacheKey("day:{day:yyyyMMdd}")] CacheCounter Views(DateOnly day);
            [CacheKey("top")] ValueTask<bool> DeleteTopAsync();
            [CacheKey("city:{country}:{key}")] CacheEntrySet<int, string> Cities(string country);
            [CacheKey("price:{shop}:{ids}")] ValueTask<int> DeletePricesAsync(Guid shop, List<int> ids);
            """);

        Assert.Equal("shop:product:42", Call(keys, "Product", 42));
        Assert.Equal("shop:note:a%20b%3A:Blue", Call(keys, "Note", "a b:", Enum.ToObject(keys.Assembly.GetType("Shop.Color")!, 2)));
        Assert.Equal("shop:day:20270929", Call(keys, "Views", new DateOnly(2027, 9, 29)));
        Assert.Equal("shop:top", Call(keys, "Top"));
        Assert.Equal("shop:city:de:7", Call(keys, "City", "de", 7));
        Assert.Equal($"shop:price:{Guid.Empty}:7", Call(keys, "Price", Guid.Empty, 7));
    }

    [Fact]
    public void Are_shared_by_methods_of_one_key() => Assert.Equal(
        ["Product(Int32 id)"],
        Signatures("""
            [CacheKey("product:{id}")] ValueTask<string?> GetProductAsync(int id);
            [CacheKey("product:{productId}")] ValueTask SetProductAsync(int productId, string value);
            [CacheKey("product:{ids}")] ValueTask<int> DeleteProductsAsync(int[] ids);
            [CacheKey("product:{id}", Stale = "1m")] ValueTask InvalidateProductAsync(int id);
            [CacheKey("product:{id}", Expires = "1m", Stale = "1m")] ValueTask<string> GetOrCreateProductAsync(int id, Func<System.Threading.CancellationToken, ValueTask<string>> create);
            [CacheKey("product:{key}")] CacheEntrySet<int, string> Products();
            """));

    [Fact]
    public void Are_told_apart_by_parameters_else_by_the_whole_name() => Assert.Equal(
        ["Exists2FA(Int32 id)", "ExistsProduct(Int32 id)", "Keys2(Int32 id)", "Product(Int32 id)", "Product(String name)"],
        Signatures("""
            [CacheKey("product:{id}")] ValueTask<string?> GetProductAsync(int id);
            [CacheKey("product:{name}:name")] ValueTask<string?> GetProductAsync(string name);
            [CacheKey("old:{id}")] ValueTask<bool> ExistsProductAsync(int id);
            [CacheKey("key:{id}")] CacheEntry<int> Keys2(int id);
            [CacheKey("fa:{id}")] ValueTask<bool> Exists2FAAsync(int id);
            """));

    [Fact]
    public void Have_a_name_where_the_method_has_none_but_its_verb() => Assert.Equal(
        ["Of(Int32 id)"],
        Signatures("[CacheKey(\"product:{id}\")] ValueTask<string?> GetAsync(int id); [CacheKey(\"product:{id}\")] ValueTask<bool> DeleteAsync(int id);"));

    [Fact]
    public void Leave_a_class_of_the_same_name_alone()
    {
        var run = GeneratorRun.Of(
            $"{Usings}namespace Shop; [CacheClient] public partial interface IShopCache {{ [CacheKey(Keys.Product)] CacheEntry<string> Product(int id); }}",
            "namespace Shop; public static class Keys { public const string Product = \"product:{id}\"; }");

        Assert.Contains("public static class CacheKeys\n", run.SingleSource(), StringComparison.Ordinal);
    }

    [Fact]
    public void Of_a_derived_client_hide_those_of_its_base()
    {
        var run = GeneratorRun.Of($$"""
            {{Usings}}namespace Shop;
            [CacheClient("base")] public partial interface IBase { [CacheKey("b:{id}")] CacheEntry<string> Product(int id); }
            [CacheClient("derived")] public partial interface IDerived : IBase { }
            public static class Use { public static string Both(int id) => IBase.Keys.Product(id) + IDerived.Keys.Product(id); }
            """);

        Assert.Equal("base:b:1derived:b:1", Call(Load(run).GetType("Shop.Use")!, "Both", 1));
    }

    [Fact]
    public void Of_internal_methods_are_internal()
    {
        var run = GeneratorRun.Of($"{Usings}internal enum Size {{ S }} [CacheClient] public partial interface IShop {{ [CacheKey(\"p:{{size}}\")] internal CacheEntry<string> Product(Size size); }}");

        Assert.Contains("internal static string Product(global::Size size)", run.SingleSource(), StringComparison.Ordinal);
    }

    private static IEnumerable<string> Signatures(string members) => Keys(members)
        .GetMethods(BindingFlags.Public | BindingFlags.Static | BindingFlags.DeclaredOnly)
        .Select(static method => $"{method.Name}({string.Join(", ", method.GetParameters().Select(static parameter => $"{parameter.ParameterType.Name} {parameter.Name}"))})")
        .Order(StringComparer.Ordinal);

    private static Type Keys(string members) => Load(GeneratorRun.Of(Client(members))).GetType("Shop.IShopCache+Keys")!;

    private static Assembly Load(GeneratorRun run)
    {
        run.AssertCompiles();
        return new AssemblyLoadContext("Keys").LoadFromStream(run.EmitImage());
    }

    private static string Call(Type keys, string name, params object[] arguments) =>
        (string)keys.GetMethod(name, [.. arguments.Select(static argument => argument.GetType())])!.Invoke(null, arguments)!;
}
