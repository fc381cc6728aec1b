using TypedCache.Generator.Tests.Testing;
using static TypedCache.Generator.Tests.Testing.TestCompilation;

namespace TypedCache.Generator.Tests.Rules;

/// <summary>Templates are matched against each other with all that their placeholders can give.</summary>
public sealed class CollisionRuleTests : RuleTest
{
    private const string Usings = "using System; using System.Collections.Generic; using System.Threading.Tasks; using TypedCache;\n";

    [Theory]
    [InlineData("user:{id}", "int id", "user:{name}", "string name", "user:0")]
    [InlineData("user:{name}", "string name", "user:{id}:posts", "int id", "user:0:posts")]
    [InlineData("user:{name}", "string name", "user:", "", "user:")]
    [InlineData("{text}", "string text", "q:{id}", "int id", "q:0")]
    [InlineData("{a}:{b}", "string a, string b", "{a}:{b}:{c}", "int a, int b, int c", "0:0:0")]
    [InlineData("p:{at}", "DateOnly at", "p:{text}", "string text", "p:0000-00-00")]
    [InlineData("p:{id}", "Guid id", "p:{text}", "string text", "p:00000000-0000-0000-0000-000000000000")]
    [InlineData("p:{color}", "Color color", "p:Re{rest}", "string rest", "p:Red")]
    [InlineData("p:{color}", "Color color", "p:{id}", "int id", "p:0")]
    [InlineData("p:{flag}", "bool flag", "p:t{rest}", "string rest", "p:true")]
    [InlineData("p:{letter}", "char letter", "p:{id}", "byte id", "p:0")]
    [InlineData("p:{size}", "double size", "p:{id}.5", "int id", "p:0.5")]
    [InlineData("p:{span}", "TimeSpan span", "p:{a}:{b}:{c}", "string a, string b, string c", "p:00:00:00")]
    [InlineData("p:{at:HHmm}", "TimeOnly at", "p:{id}", "int id", "p:1000")]
    [InlineData("p:{id:X4}", "int id", "p:BEEF", "", "p:BEEF")]
    public void TC0108_one_key_for_two_types(string first, string parameters, string second, string otherParameters, string key) => Reports(
        "TC0108",
        $"'shop:{second}' and 'shop:{first}' of IShopCache.GetAsync can both give the key 'shop:{key}', but one stores 'Order' and the other 'string': start one of them with a different word",
        Two(first, parameters, $"⟦\"{second}\"⟧", otherParameters));

    [Theory]
    [InlineData("user:{id}", "int id", "user:x{name}", "string name")]
    [InlineData("user:{id}", "int id", "user:{id}:posts", "int id")]
    [InlineData("user:{id}", "uint id", "user:-{id}", "uint id")]
    [InlineData("user:{id}", "sbyte id", "user:1000", "")]
    [InlineData("user:{id}", "int id", "user:007", "")]
    [InlineData("p:{id}", "Guid id", "p:{number}", "int number")]
    [InlineData("p:{id:N}", "Guid id", "p:{other}", "Guid other")]
    [InlineData("p:{a}:{b}", "string a, int b", "p:{a}:x:{b}", "string a, int b")]
    [InlineData("p:{a}:{b}", "string a, int b", "p:{a}:b", "string a")]
    [InlineData("p:{color}", "Color color", "p:red", "")]
    [InlineData("p:{flag}", "bool flag", "p:{id}", "int id")]
    [InlineData("p:{at}", "DateOnly at", "p:{id}", "Guid id")]
    [InlineData("p:{at}", "DateTimeOffset at", "p:{at}", "DateOnly at")]
    [InlineData("p:{text}", "string text", "q:{text}", "string text")]
    [InlineData("p", "", "p:", "")]
    [InlineData("p:{id:X4}", "int id", "p:beef", "")]
    public void TC0108_not_for_templates_which_never_meet(string first, string parameters, string second, string otherParameters) =>
        Passes(Two(first, parameters, $"\"{second}\"", otherParameters));

    [Fact]
    public void TC0108_across_interfaces_and_files()
    {
        var run = GeneratorRun.Of(
            Usings + "namespace A { [CacheClient(\"shop\")] public partial interface IOne { [CacheKey(\"user:{id}\")] ValueTask<string?> GetAsync(int id); } }",
            Usings + "namespace B { [CacheClient] public partial interface ITwo { [CacheKey(\"shop:{rest}\")] ValueTask<int?> GetAsync(string rest); } }");

        var diagnostic = Assert.Single(run.Problems);
        Assert.Equal("TC0108", diagnostic.Id);
        Assert.Contains("'shop:{rest}' and 'shop:user:{id}' of IOne.GetAsync can both give the key 'shop:user:0'", diagnostic.GetMessage(null), StringComparison.Ordinal);
        Assert.Equal("Source1.cs", diagnostic.Location.SourceTree!.FilePath);
    }

    [Fact]
    public void TC0108_is_reported_once_for_all_methods_of_one_template() => Reports(
        "TC0108",
        "'shop:user:{id}:posts' and 'shop:user:{name}' of IShopCache.GetAsync can both give the key 'shop:user:0:posts', but one stores 'Order' and the other 'string': start one of them with a different word",
        Client("""
            [CacheKey("user:{name}")] ValueTask<string?> GetAsync(string name);
            [CacheKey("user:{name}")] ValueTask SetAsync(string name, string value);
            [CacheKey(⟦"user:{id}:posts"⟧)] ValueTask<Order?> GetPostsAsync(int id);
            [CacheKey("user:{id}:posts")] ValueTask SetPostsAsync(int id, Order value);
            [CacheKey("user:{id}:posts")] ValueTask<bool> DeletePostsAsync(int id);
            """));

    [Theory]
    [InlineData("ValueTask<ulong> IncrementAsync(int id)", "ValueTask<Order?> GetAsync(int id)", "Order", "counter")]
    [InlineData("ValueTask<int?> GetAsync(int id)", "ValueTask SetAsync(int id, long value)", "long", "int")]
    [InlineData("ValueTask<List<int>?> GetAsync(int id)", "ValueTask SetAsync(int id, List<string> value)", "List<string>", "List<int>")]
    public void TC0108_for_two_types_under_one_template(string first, string second, string laterType, string earlierType) => Reports(
        "TC0108",
        $"'shop:p:{{id}}' and 'shop:p:{{id}}' of IShopCache.{first.Split(' ', '(')[1]} can both give the key 'shop:p:0', but one stores '{laterType}' and the other '{earlierType}': start one of them with a different word",
        Client($"[CacheKey(\"p:{{id}}\")] {first};\n[CacheKey(⟦\"p:{{id}}\"⟧)] {second};"));

    [Theory]
    [InlineData("ValueTask<ulong> IncrementAsync(int id)", "ValueTask<int?> GetAsync(int id)")]
    [InlineData("ValueTask<ulong> IncrementAsync(int id)", "ValueTask SetAsync(int id, string value)")]
    [InlineData("ValueTask<int?> GetAsync(int id)", "ValueTask SetAsync(int id, int value)")]
    [InlineData("ValueTask<IReadOnlyList<Order>?> GetAsync(int id)", "ValueTask SetAsync(int id, Order[] value)")]
    [InlineData("ValueTask<IReadOnlyDictionary<int, string?>?> GetAsync(int id)", "ValueTask SetAsync(int id, Dictionary<int, string> value)")]
    [InlineData("ValueTask<byte[]?> GetAsync(int id)", "ValueTask SetAsync(int id, ReadOnlyMemory<byte> value)")]
    [InlineData("ValueTask<string?> GetAsync(int id)", "ValueTask AppendAsync(int id, byte[] value)")]
    public void TC0108_not_for_values_which_read_each_other(string first, string second) =>
        Passes(Client($"[CacheKey(\"p:{{id}}\")] {first};\n[CacheKey(\"p:{{id}}\")] {second};"));

    [Theory]
    [InlineData("user:{id}", "int id", "user:{name}", "string name", "user:0")]
    [InlineData("user:{name}", "string name", "user:{id}:posts", "int id", "user:0:posts")]
    [InlineData("user:{id}", "int id", "user:{key}", "Color key", "user:0")]
    public void TC0109_key_is_shared(string first, string parameters, string second, string otherParameters, string key) => Reports(
        "TC0109",
        $"'shop:{second}' and 'shop:{first}' of IShopCache.GetAsync can both give the key 'shop:{key}', though they look different: start one of them with a different word",
        Two(first, parameters, $"⟦\"{second}\"⟧", otherParameters, type: "string?"));

    [Theory]
    [InlineData("user:{id}", "int id", "user:{id}", "int id")]
    [InlineData("user:{id}", "int id", "user:{id}", "string id")]
    [InlineData("user:{id}", "int id", "user:{number}", "long number")]
    [InlineData("user:{order.Id}", "Order order", "user:{id}", "int id")]
    [InlineData("user:{name}:{id}", "string name, int id", "user:{other}:{id}", "string other, int id")]
    public void TC0109_not_for_templates_which_mean_the_same(string first, string parameters, string second, string otherParameters) =>
        Passes(Two(first, parameters, $"\"{second}\"", otherParameters, type: "string?"));

    [Fact]
    public void TC0109_for_members_which_store_nothing() => Reports(
        "TC0109",
        "'shop:user:{id}:posts' and 'shop:user:{name}' of IShopCache.DeleteAsync can both give the key 'shop:user:0:posts', though they look different: start one of them with a different word",
        Client("[CacheKey(\"user:{name}\")] ValueTask DeleteAsync(string name);\n[CacheKey(⟦\"user:{id}:posts\"⟧)] ValueTask DeletePostsAsync(int id);"));

    [Theory]
    [InlineData("TC0108", "Order?")]
    [InlineData("TC0109", "string?")]
    public void TC0109_and_TC0108_can_be_silenced_where_they_are(string id, string type) => Passes(Client(
        $"[CacheKey(\"user:{{id}}\")] ValueTask<string?> GetAsync(int id);\n#pragma warning disable {id}\n[CacheKey(\"user:{{name}}\")] ValueTask<{type}> GetOtherAsync(string name);\n#pragma warning restore {id}\n"));

    [Fact]
    public void Under_the_pecl_policy_nothing_is_escaped() => Assert.Equal("TC0108", Assert.Single(GeneratorRun.Of(Client(
        "[CacheKey(\"p:{a}:{b}\")] ValueTask<string?> GetAsync(string a, int b);\n[CacheKey(\"p:{a}:x:{b}\")] ValueTask<Order?> GetOrderAsync(string a, int b);",
        "CacheClient(\"shop\", KeyPolicy = TypedCache.Keys.KeyPolicy.Pecl)")).Problems).Id);

    private static string Two(string first, string parameters, string second, string otherParameters, string type = "Order?") => Client(
        $"[CacheKey(\"{first}\")] ValueTask<string?> GetAsync({parameters});\n[CacheKey({second})] ValueTask<{type}> GetOtherAsync({otherParameters});");
}
