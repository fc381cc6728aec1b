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
    [InlineData("p:{at}", "DateOnly at", "p:{text}", "string text", "p:0001-01-01")]
    [InlineData("p:{id}", "Guid id", "p:{text}", "string text", "p:00000000-0000-0000-0000-000000000000")]
    [InlineData("p:{color}", "Color color", "p:Re{rest}", "string rest", "p:Red")]
    [InlineData("p:{color}", "Color color", "p:{id}", "int id", "p:3")]
    [InlineData("p:{flag}", "bool flag", "p:t{rest}", "string rest", "p:true")]
    [InlineData("p:{letter}", "char letter", "p:{id}", "byte id", "p:0")]
    [InlineData("p:{size}", "double size", "p:{id}.5", "int id", "p:0.5")]
    [InlineData("p:{span}", "TimeSpan span", "p:{a}:{b}:{c}", "string a, string b, string c", "p:00:00:00")]
    [InlineData("p:{at:HHmm}", "TimeOnly at", "p:{id}", "int id", "p:1000")]
    [InlineData("p:{id:X4}", "int id", "p:BEEF", "", "p:BEEF")]
    [InlineData("p:{a:D5}", "int a", "p:{b}", "int b", "p:10000")]
    [InlineData("p:{a:D5}", "int a", "p:-{b}", "string b", "p:-00001")]
    [InlineData("p:{at}", "DateOnly at", "p:{year:D4}-02-29", "int year", "p:0004-02-29")]
    [InlineData("p:{at:R}", "DateTime at", "p:Sun{rest}", "string rest", "p:Sun,%2001%20Apr%200001%2000:00:00%20GMT")]
    [InlineData("p:{size}", "double size", "p:1E{rest}", "string rest", "p:1E+17")]
    [InlineData("p:{size}", "double size", "p:0.1234567890123456{last}", "int last", "p:0.12345678901234561")]
    [InlineData("p:{size}", "float size", "p:-{rest}", "string rest", "p:-1")]
    [InlineData("p:{size}", "Half size", "p:1.{digits:D4}", "int digits", "p:1.0205")]
    [InlineData("p:{price}", "decimal price", "p:{rest}.5", "int rest", "p:0.5")]
    [InlineData("p:{price:F2}", "decimal price", "p:{rest}.00", "int rest", "p:0.00")]
    [InlineData("p:{size:F2}", "double size", "p:-{rest}.00", "int rest", "p:-0.00")]
    [InlineData("p:{at}", "DateTimeOffset at", "p:{text}", "string text", "p:0001-01-01T00:00:00.0000000+00:00")]
    [InlineData("p:{version}", "Version version", "p:1.{rest}", "string rest", "p:1.0")]
    [InlineData("p:{span}", "TimeSpan span", "p:10675199.{rest}", "string rest", "p:10675199.00:00:00")]
    [InlineData("p:{span:g}", "TimeSpan span", "p:{a}:{b:D2}:{c:D2}", "int a, int b, int c", "p:0:00:00")]
    [InlineData("p:{text}", "[KeyPart(MaxLength = 2)] string text", "p:{id:D2}", "byte id", "p:00")]
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
    [InlineData("p:{a:D5}", "int a", "p:0", "")]
    [InlineData("p:{a:D5}", "int a", "p:-00000", "")]
    [InlineData("p:{a}", "int a", "p:-0", "")]
    [InlineData("p:{a}", "int a", "p:2147483648", "")]
    [InlineData("p:{a}", "byte a", "p:256", "")]
    [InlineData("p:{at}", "DateOnly at", "p:0000-00-00", "")]
    [InlineData("p:{at}", "DateOnly at", "p:2026-13-01", "")]
    [InlineData("p:{at}", "DateOnly at", "p:2026-02-29", "")]
    [InlineData("p:{at}", "DateOnly at", "p:{year:D4}-02-30", "int year")]
    [InlineData("p:{at}", "DateOnly at", "p:2026-04-{day:D2}1", "byte day")]
    [InlineData("p:{at:HHmm}", "TimeOnly at", "p:2400", "")]
    [InlineData("p:{size}", "double size", "p:.-a", "")]
    [InlineData("p:{size}", "double size", "p:1.50", "")]
    [InlineData("p:{size}", "double size", "p:0.12345678901234567890", "")]
    [InlineData("p:{size}", "double size", "p:0.00001", "")]
    [InlineData("p:{size}", "double size", "p:1E+15", "")]
    [InlineData("p:{size}", "float size", "p:16777217", "")]
    [InlineData("p:{price}", "decimal price", "p:-0", "")]
    [InlineData("p:{price}", "decimal price", "p:{rest}.00", "int rest")]
    [InlineData("p:{price:G}", "decimal price", "p:1.50", "")]
    [InlineData("p:{size}", "float size", "p:-0", "")]
    [InlineData("p:{size:0.0}", "double size", "p:-0", "")]
    [InlineData("p:{at}", "DateTimeOffset at", "p:{rest}+01:00", "string rest")]
    [InlineData("p:{at:O}", "DateTimeOffset at", "p:2026-01-02T03:04:05.0000000+01:00", "")]
    [InlineData("p:{price}", "decimal price", "p:79228162514264337593543950336", "")]
    [InlineData("p:{version}", "Version version", "p:{number}", "int number")]
    [InlineData("p:{version}", "Version version", "p:1.2.3.4.5", "")]
    [InlineData("p:{version}", "Version version", "p:1.02", "")]
    [InlineData("p:{span}", "TimeSpan span", "p:24:00:00", "")]
    [InlineData("p:{span}", "TimeSpan span", "p:-00:00:00", "")]
    [InlineData("p:{span}", "TimeSpan span", "p:00:00:00.5", "")]
    [InlineData("p:{span}", "TimeSpan span", "p:10675199.02:48:06", "")]
    [InlineData("p:{span:G}", "TimeSpan span", "p:00:00:00", "")]
    [InlineData("p:{color}", "Color color", "p:0", "")]
    [InlineData("p:{color}", "Color color", "p:2147483648", "")]
    [InlineData("p:{letter}", "char letter", "p:ab", "")]
    [InlineData("p:{letter}", "char letter", "p:{id:D2}", "byte id")]
    [InlineData("p:{text}", "[KeyPart(MaxLength = 2)] string text", "p:abc", "")]
    [InlineData("p:{id:X}", "Guid id", "p:{{1x00000000,0x0000,0x0000,{{0x00,0x00,0x00,0x00,0x00,0x00,0x00,0x00}}}}", "")]
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

    [Fact]
    public void TC0108_for_tuples_of_different_types() => Reports(
        "TC0108",
        "'shop:p:{id}' and 'shop:p:{id}' of IShopCache.GetAsync can both give the key 'shop:p:0', but one stores '(int A, long B)' and the other '(int A, int B)': start one of them with a different word",
        Client("[CacheKey(\"p:{id}\")] ValueTask<(int A, int B)?> GetAsync(int id);\n[CacheKey(⟦\"p:{id}\"⟧)] ValueTask SetAsync(int id, (int A, long B) value);"));

    [Theory]
    [InlineData("ValueTask<ulong> IncrementAsync(int id)", "ValueTask<int?> GetAsync(int id)")]
    [InlineData("ValueTask<ulong> IncrementAsync(int id)", "ValueTask SetAsync(int id, string value)")]
    [InlineData("ValueTask<int?> GetAsync(int id)", "ValueTask SetAsync(int id, int value)")]
    [InlineData("ValueTask<IReadOnlyList<Order>?> GetAsync(int id)", "ValueTask SetAsync(int id, Order[] value)")]
    [InlineData("ValueTask<IReadOnlyDictionary<int, string?>?> GetAsync(int id)", "ValueTask SetAsync(int id, Dictionary<int, string> value)")]
    [InlineData("ValueTask<byte[]?> GetAsync(int id)", "ValueTask SetAsync(int id, ReadOnlyMemory<byte> value)")]
    [InlineData("ValueTask<(int A, string B)?> GetAsync(int id)", "ValueTask SetAsync(int id, (int C, string D) value)")]
    [InlineData("ValueTask<(int, string)?> GetAsync(int id)", "ValueTask SetAsync(int id, (int C, string D) value)")]
    [InlineData("ValueTask<List<(int A, (int B, int C) D)[]>?> GetAsync(int id)", "ValueTask SetAsync(int id, List<(int, (int X, int Y))[]> value)")]
    [InlineData("ValueTask<Tuple<int, (int A, int B)>?> GetAsync(int id)", "ValueTask SetAsync(int id, Tuple<int, (int X, int Y)> value)")]
    [InlineData("ValueTask<string?> GetAsync(int id)", "ValueTask AppendAsync(int id, byte[] value)")]
    public void TC0108_not_for_values_which_read_each_other(string first, string second) =>
        Passes(Client($"[CacheKey(\"p:{{id}}\")] {first};\n[CacheKey(\"p:{{id}}\")] {second};"));

    [Theory]
    [InlineData("user:{id}", "int id", "user:{name}", "string name", "user:0")]
    [InlineData("user:{name}", "string name", "user:{id}:posts", "int id", "user:0:posts")]
    [InlineData("user:{id}", "int id", "user:{key}", "Color key", "user:3")]
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

    [Theory]
    [InlineData("p:{id}", "ProductId id", "p:{name}", "string name", "p:{id}")]
    [InlineData("p:{name}", "string name", "p:x{id}:{n}", "ProductId id, int n", "p:x{id}:0")]
    [InlineData("p:{id}", "ProductId id", "p:{number}", "int number", "p:{id}")]
    [InlineData("p:{id}", "ProductId id", "p:{order}", "OrderId order", "p:{order}")]
    public void TC0108_shows_the_placeholder_of_a_type_that_formats_itself(string first, string parameters, string second, string otherParameters, string key) => Reports(
        "TC0108",
        $"'shop:{second}' and 'shop:{first}' of IShopCache.GetAsync can both give the key 'shop:{key}', but one stores 'Order' and the other 'string': start one of them with a different word",
        Two(first, parameters, $"⟦\"{second}\"⟧", otherParameters) + Ids);

    [Theory]
    [InlineData("p:{id}", "ProductId id", "p:all", "")]
    [InlineData("p:{id}", "ProductId id", "p:{number}:x", "int number")]
    public void TC0108_not_for_a_text_that_nobody_knows(string first, string parameters, string second, string otherParameters) =>
        Passes(Two(first, parameters, $"\"{second}\"", otherParameters) + Ids);

    [Theory]
    [InlineData("p:{a}", "p:50%", true)]
    [InlineData("p:{a}", "p:a%b", true)]
    [InlineData("p:{a}:{b}", "p:x:y:z", true)]
    [InlineData("{a}:x:{b}", "{a}:y:{b}:z", false)]
    public void Under_the_reject_policy_nothing_is_escaped_and_what_would_be_is_no_key(string first, string second, bool collides)
    {
        var run = GeneratorRun.Of(Client(
            $"[CacheKey(\"{first}\")] ValueTask<string?> GetAsync(string a{(first.Contains("{b}", StringComparison.Ordinal) ? ", string b" : "")});\n[CacheKey(\"{second}\")] ValueTask<Order?> GetOrderAsync({(second.Contains("{a}", StringComparison.Ordinal) ? "string a, string b" : "")});",
            "CacheClient(\"shop\", KeyPolicy = TypedCache.Keys.KeyPolicy.Reject)"));

        Assert.Equal(collides ? ["TC0108"] : [], run.Problems.Select(static problem => problem.Id));
    }

    private const string Ids = """

        public readonly struct ProductId : IUtf8SpanFormattable
        {
            public bool TryFormat(Span<byte> utf8Destination, out int bytesWritten, ReadOnlySpan<char> format, IFormatProvider? provider) => throw new NotSupportedException();
        }

        public readonly struct OrderId : IUtf8SpanFormattable
        {
            public bool TryFormat(Span<byte> utf8Destination, out int bytesWritten, ReadOnlySpan<char> format, IFormatProvider? provider) => throw new NotSupportedException();
        }
        """;

    private static string Two(string first, string parameters, string second, string otherParameters, string type = "Order?") => Client(
        $"[CacheKey(\"{first}\")] ValueTask<string?> GetAsync({parameters});\n[CacheKey({second})] ValueTask<{type}> GetOtherAsync({otherParameters});");
}
