using Microsoft.CodeAnalysis.CodeFixes;
using TypedCache.CodeFixes;
using TypedCache.Generator.Tests.Testing;
using static TypedCache.Generator.Tests.Testing.TestCompilation;

namespace TypedCache.Generator.Tests.CodeFixes;

/// <summary>In the expected text, <c>⟦</c> and <c>⟧</c> stand around what the fix writes.</summary>
public sealed class CodeFixTests
{
    private const string Usings = "using System.Threading.Tasks; using TypedCache;\n";
    private const string Get = "[CacheKey(\"p\")] ValueTask<string?> GetAsync();";

    [Fact]
    public Task TC0001_makes_interfaces_partial() => Fixes(
        new MakePartialFix(),
        $"{Usings}[CacheClient]\npublic ⟦partial ⟧interface IOne {{ {Get} }}\n[CacheClient] ⟦partial ⟧interface ITwo {{ {Get} }}");

    [Fact]
    public Task TC0002_makes_the_types_around_partial() => Fixes(
        new MakePartialFix(),
        $"{Usings}public sealed ⟦partial ⟧class Outer {{ public readonly ⟦partial ⟧record struct Inner {{ [CacheClient] public partial interface IOne {{ {Get} }} [CacheClient] public partial interface ITwo {{ {Get} }} }} }}");

    [Fact]
    public Task TC0102_writes_the_nearest_name() => Fixes(
        new RenamePlaceholderFix(),
        Client("""
            [CacheKey("p:{⟦productId⟧¦prodctId¦:X8}")] ValueTask<string?> GetAsync(int productId);
            [CacheKey(@"q:{order.⟦Id⟧¦Idd¦}:{⟦other⟧¦othr¦}")] ValueTask<string?> GetOtherAsync(Order order, int other);
            """));

    [Theory]
    [InlineData("[CacheKey(\"p:{customer}\")] ValueTask<string?> GetAsync(int id);")]
    [InlineData("const string Template = \"p:{idd}\"; [CacheKey(Template)] ValueTask<string?> GetAsync(int id);")]
    public Task TC0102_has_no_fix_where_nothing_is_near_or_the_template_is_elsewhere(string members) =>
        FixesNothing(new RenamePlaceholderFix(), Client(members));

    [Fact]
    public Task TC0103_adds_the_parameter_to_the_key() => Fixes(
        new AddPlaceholderFix(),
        Client(""""
            [CacheKey("p:{id}⟦:{region}⟧⟦:{event}⟧")] ValueTask<string?> GetAsync(int id, int region, string @event);
            [CacheKey("""q\:{id}⟦:{region}⟧""", Expires = "1m")] ValueTask<string?> GetOtherAsync(int id, int region);
            """"));

    [Fact]
    public Task TC0103_has_no_fix_where_the_template_is_elsewhere() =>
        FixesNothing(new AddPlaceholderFix(), Client("const string Template = \"p:{id}\"; [CacheKey(Template)] ValueTask<string?> GetAsync(int id, int region);"));

    [Fact]
    public Task TC0103_adds_the_parameter_to_the_tag() => Fixes(
        new AddPlaceholderFix(),
        Client("[CacheTag(\"cat:{id}⟦:{region}⟧\")] ValueTask RemoveAsync(int id, int region); [CacheKey(\"p\"), CacheTag(\"cat:{id}:{region}\")] ValueTask<string?> GetAsync(int id, int region);"));

    [Fact]
    public Task TC0501_adds_tags_and_parameters() => Fixes(
        new AddTagsFix(),
        Client("""
            [CacheKey("p:{id}")]⟦ [CacheTag("cat:{category:X4}")] [CacheTag("color:{value.Color}")] [CacheTag("part:{id}")]⟧ ValueTask SetAsync(⟦int category, ⟧int id, Order value);
            [CacheKey("p:{id}")] [CacheTag("cat:{category:X4}")] [CacheTag("color:{value.Color}")] [CacheTag("part:{id}")] ValueTask<Order?> GetAsync(int category, int id);
            [CacheKey("p:{ids}")]⟦ [CacheTag("color:{value.Color}")] [CacheTag("part:{ids}")]⟧ [CacheTag("cat:{category:X4}")] ValueTask<CacheValues<int, Order>> GetManyAsync(int category, params int[] ids);
            [CacheTag("cat:{category:X4}")] ValueTask RemoveCategoryAsync(int category);
            [CacheTag("color:{color}")] ValueTask RemoveColorAsync(Color color);
            [CacheTag("part:{id}")] ValueTask RemovePartAsync(int id);
            """));

    [Theory]
    [InlineData("[CacheKey(\"p:{id}\")] ValueTask SetAsync(int id, string value); const string Tag = \"a\"; [CacheKey(\"p:{id}\"), CacheTag(Tag)] ValueTask<string?> GetAsync(int id);")]
    [InlineData("[CacheKey(\"p:{id}\"), CacheTag(\"a:{x}\")] ValueTask SetAsync(int id, string x, string value); [CacheKey(\"p:{id}\"), CacheTag(\"a:{x}\")] ValueTask<string?> GetAsync(int id, int x);")]
    public Task TC0501_has_no_fix_where_no_tag_is_missing_or_it_is_elsewhere(string members) => FixesNothing(new AddTagsFix(), Client(members));

    [Fact]
    public Task TC0203_adds_a_cancellation_token() => Fixes(
        new AddCancellationTokenFix(),
        Client("""
            [CacheKey("p:{id}")] ValueTask<string?> GetAsync(int id⟦, CancellationToken cancellationToken = default⟧);
            [CacheKey("q")] ValueTask<string?> GetOtherAsync(⟦CancellationToken cancellationToken = default⟧);
            [CacheKey("r:{ids}")] ValueTask<int> DeleteAsync(⟦CancellationToken cancellationToken = default, ⟧params int[] ids);
            [CacheKey("s:{cancellationToken}")] ValueTask<string?> GetNamedAsync(int cancellationToken⟦, CancellationToken ct = default⟧);
            """));

    [Fact]
    public Task TC0203_names_the_type_in_full_where_it_is_not_imported() => Fixes(
        new AddCancellationTokenFix(),
        $"{Usings}[CacheClient] public partial interface IShop {{ [CacheKey(\"p\")] ValueTask<string?> GetAsync(⟦System.Threading.CancellationToken cancellationToken = default⟧); }}");

    [Fact]
    public Task TC0206_adds_an_expiry() => Fixes(
        new AddExpiresFix(),
        Client("""
            [CacheKey("p:{id}"⟦, Expires = "10m"⟧)] ValueTask<bool> TouchAsync(int id);
            [TypedCache.CacheKeyAttribute("p:{id}", Operation = CacheOperation.GetAndTouch⟦, Expires = "10m"⟧)] ValueTask<string?> ReadAsync(int id);
            """));

    [Fact]
    public Task TC0213_says_how_long_values_may_be_stale() => Fixes(
        new AddStaleFix(),
        Client("""
            [CacheKey("p:{id}"⟦, Stale = "5m"⟧)] ValueTask<bool> InvalidateAsync(int id);
            [CacheKey("q:{id}", Expires = "1m", FailSafe = "1m"⟦, Stale = "5m"⟧)] ValueTask<int> GetOrCreateAsync(int id, Func<CancellationToken, ValueTask<int>> create);
            """));

    [Fact]
    public Task TC0213_has_no_fix_where_there_are_to_be_none() =>
        FixesNothing(new AddStaleFix(), Client("[CacheKey(\"p:{id}\", Stale = \"0s\")] ValueTask<bool> InvalidateAsync(int id);"));

    [Fact]
    public Task TC0216_adds_an_expiry() => Fixes(
        new AddExpiresFix(),
        Client("[CacheKey(\"p:{id}\"⟦, Expires = \"10m\"⟧)] ValueTask<int> GetOrCreateAsync(int id, Func<CancellationToken, ValueTask<int>> create);"));

    [Fact]
    public Task TC0207_makes_the_result_nullable() => Fixes(
        new MakeNullableFix(),
        Client("""
            [CacheKey("p:{id}")] ValueTask<int⟦?⟧> GetAsync(int id);
            [CacheKey("q:{id}")] System.Threading.Tasks.Task<List<string>⟦?⟧> GetListAsync(int id);
            """));

    [Fact]
    public void Each_fix_is_found_by_its_rules()
    {
        var fixes = typeof(MakePartialFix).Assembly.GetTypes().Where(static type => type.IsSubclassOf(typeof(CodeFixProvider)) && !type.IsAbstract).ToList();
        var fixable = fixes.SelectMany(static type => ((CodeFixProvider)Activator.CreateInstance(type)!).FixableDiagnosticIds);

        Assert.All(fixes, static type => Assert.NotEmpty(type.GetCustomAttributes(typeof(ExportCodeFixProviderAttribute), inherit: false)));
        Assert.Equal(["TC0001", "TC0002", "TC0102", "TC0103", "TC0203", "TC0206", "TC0207", "TC0213", "TC0216", "TC0501", "TC0601", "TC0602", "TC0603", "TC0604", "TC0605"], fixable.Order());
    }

    // All at once; and the first one alone, after which one mistake less is left.
    private static async Task Fixes(CodeFixProvider fix, string marked)
    {
        var (before, after) = (Before(marked), After(marked));

        Assert.Equal(after, await FixRun.AllAsync(fix, before));
        GeneratorRun.Of(after).AssertCompiles();
        var first = await FixRun.FirstAsync(fix, before);
        Assert.NotNull(first);
        Assert.NotEqual(before, first);
        Assert.Equal(after, first == after ? first : await FixRun.AllAsync(fix, first));
    }

    private static async Task FixesNothing(CodeFixProvider fix, string source)
    {
        Assert.Null(await FixRun.FirstAsync(fix, source));
        Assert.Equal(source, await FixRun.AllAsync(fix, source));
    }

    // Between ¦ stands what was written before.
    private static string Before(string marked) =>
        System.Text.RegularExpressions.Regex.Replace(marked, "⟦[^⟧]*⟧", "").Replace("¦", "", StringComparison.Ordinal);

    private static string After(string marked) =>
        System.Text.RegularExpressions.Regex.Replace(marked, "¦[^¦]*¦|[⟦⟧]", "");
}
