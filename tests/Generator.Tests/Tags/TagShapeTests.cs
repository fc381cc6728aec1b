using Microsoft.CodeAnalysis.CSharp;
using TypedCache.Generator.Tests.Testing;
using static TypedCache.Generator.Tests.Testing.TestCompilation;

namespace TypedCache.Generator.Tests.Tags;

/// <summary>Tags of all kinds of parameters and values give code that compiles without a warning.</summary>
public sealed class TagShapeTests
{
    private const string Types = """

        public readonly record struct Money(string Currency, decimal Amount);
        public readonly record struct UserId(Guid Value);
        public interface IInvalidations
        {
            [CacheTag("user:{user}")] ValueTask RemoveUserAsync(UserId user, CancellationToken ct = default);
        }
        """;

    private const string Members = """
        [CacheKey("money:{id}"), CacheTag("cur:{value.Currency}")] ValueTask<Money?> GetMoneyAsync(int id);
        [CacheKey("money:{id}"), CacheTag("cur:{value.Currency}")] ValueTask SetMoneyAsync(int id, Money? value, TimeSpan? expires = null);
        [CacheTag("cur:{currency}")] ValueTask RemoveCurrencyAsync(string currency);

        [CacheKey("a:{user}"), CacheTag("user:{user}"), CacheTag("day:{day:yyyyMMdd}")] ValueTask<CacheValue<int>> GetAAsync(UserId user, DateOnly? day);
        [CacheTag("day:{day:yyyyMMdd}")] Task RemoveDayAsync(DateOnly day);

        [CacheKey("b:{@class}"), CacheTag("of:{event}:{tags}:{key}")] ValueTask<string?> GetBAsync(int @class, int @event, string tags, int? key);
        [CacheKey("b:{ids}"), CacheTag("of:{event}:{tags}:{key}")] Task<IReadOnlyDictionary<int, string?>> GetManyBAsync(int[] ids, int @event, string tags, int key);
        [CacheTag("of:{a}:{b}:{c}")] ValueTask RemoveBAsync(int a, string b, int c);

        [CacheKey("c:{ids}"), CacheTag("t:{tags}")] ValueTask<CacheValues<int, string>> GetManyCAsync(int[] ids, string tags);
        [CacheTag("t:{tags}")] ValueTask RemoveCAsync(string tags);

        [CacheKey("d:{order.Id}", CacheNull = true, Expires = "1m"), CacheTag("color:{order.Color}")]
        ValueTask<Order?> GetOrCreateDAsync(Order order, Func<Order, CancellationToken, ValueTask<CacheItem<Order?>>> create);
        [CacheTag("color:{color}")] ValueTask RemoveColorAsync(Color color);

        [CacheKey("e:{orders.Id}", Expires = "1m"), CacheTag("color:{orders.Color}"), CacheTag("note:{value.Length}")]
        ValueTask<IDictionary<Order, string>> GetOrCreateEAsync(IReadOnlyList<Order> orders, Func<IReadOnlyList<Order>, CancellationToken, ValueTask<IReadOnlyDictionary<Order, string>>> create);
        [CacheTag("note:{length}")] ValueTask RemoveNotesAsync(int length);

        [Obsolete("Use another.")]
        [CacheKey("f"), CacheTag("user:{user}")] ValueTask<byte[]?> GetFAsync(UserId user);
        """;

    [Fact]
    public void All_kinds_compile() => GeneratorRun.Of(Source("CacheClient(\"shop\", Schema = true)")).AssertCompiles();

    [Fact]
    public void The_oldest_language_compiles()
    {
        var options = ParseOptions.WithLanguageVersion(LanguageVersion.CSharp12);
        var tree = CSharpSyntaxTree.ParseText(Source("CacheClient(\"shop\")"), options, "Source0.cs", cancellationToken: TestContext.Current.CancellationToken);

        GeneratorRun.Of(Create().AddSyntaxTrees(tree)).AssertCompiles();
    }

    [Fact]
    public void Policies_that_cut_keys_compile() => GeneratorRun.Of(Source("CacheClient(\"shop\", KeyPolicy = TypedCache.Keys.KeyPolicy.Pecl, TagNear = \"0s\")")).AssertCompiles();

    private static string Source(string attribute) =>
        Client(Members, attribute).Replace("interface IShopCache", "interface IShopCache : IInvalidations", StringComparison.Ordinal) + Types;
}
