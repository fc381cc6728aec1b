using TypedCache.Generator.Tests.Testing;
using static TypedCache.Generator.Tests.Testing.TestCompilation;

namespace TypedCache.Generator.Tests.Rules;

/// <summary>The rules about tags.</summary>
public sealed class TagRuleTests : RuleTest
{
    private const string Usings = "using System; using System.Threading; using System.Threading.Tasks; using TypedCache; ";
    private const string Get = "[CacheKey(\"p:{id}\"), CacheTag(\"cat:{category}\")] ValueTask<string?> GetAsync(int category, int id);";
    private const string Set = "[CacheKey(\"p:{id}\", Expires = \"1m\"), CacheTag(\"cat:{category}\")] ValueTask SetAsync(int category, int id, string value);";
    private const string Remove = "[CacheTag(\"cat:{category}\")] ValueTask RemoveCategoryAsync(int category);";

    [Theory]
    [InlineData("[CacheKey(⟦\"p:{id}\"⟧)] ValueTask SetAsync(int id, string value);", "none")]
    [InlineData("[CacheKey(⟦\"p:{ids}\"⟧)] ValueTask<CacheValues<int, string>> GetManyAsync(int[] ids);", "none")]
    [InlineData("[CacheKey(⟦\"p:{id}\"⟧, Expires = \"1m\")] ValueTask<string> GetOrCreateAsync(int id, Func<CancellationToken, ValueTask<string>> create);", "none")]
    [InlineData("[CacheKey(⟦\"p:{id}\"⟧), CacheTag(\"cat:{id}\")] ValueTask SetAsync(int id, string value);", "'cat:{id}'")]
    public void TC0501_other_tags(string member, string tags) => Reports(
        "TC0501",
        $"The tags of IShopCache.{member.Split("Async")[0].Split(' ')[^1]}Async are {tags}, but those of IShopCache.GetAsync, which has the same key, are 'cat:{{category}}': write the same tags on both",
        Client($"{Get} {Remove} {member}"));

    [Fact]
    public void TC0501_tags_with_other_parameters_of_one_form() => Reports(
        "TC0501",
        "The tags of IShopCache.SetAsync are 'user:{from}', 'user:{towards}', but those of IShopCache.GetAsync, which has the same key, are 'user:{from}', 'user:{to}': write the same tags on both",
        Client("""
            [CacheKey("mail:{id}"), CacheTag("user:{from}"), CacheTag("user:{to}")] ValueTask<string?> GetAsync(int id, int from, int to);
            [CacheKey(⟦"mail:{id}"⟧), CacheTag("user:{towards}"), CacheTag("user:{from}")] ValueTask SetAsync(int id, int from, int towards, string value);
            [CacheTag("user:{user}")] ValueTask RemoveUserAsync(int user);
            """));

    [Fact]
    public void TC0501_across_interfaces()
    {
        var run = GeneratorRun.Of(
            $"{Usings}[CacheClient(\"shop\")] public partial interface IOne {{ {Get} {Remove} }}",
            $"{Usings}[CacheClient(\"shop\")] public partial interface ITwo {{ [CacheKey(\"p:{{id}}\")] ValueTask SetAsync(int id, string value); }}");

        var diagnostic = Assert.Single(run.Problems);
        Assert.Equal("TC0501", diagnostic.Id);
        Assert.Equal("Source1.cs", diagnostic.Location.SourceTree!.FilePath);
    }

    [Theory]
    [InlineData("[CacheKey(\"p:{key}\"), CacheTag(\"cat:{c}\")] ValueTask SetAsync(uint c, long key, string value);")]
    [InlineData("[CacheKey(\"p:{keys}\"), CacheTag(\"cat:{c}\")] ValueTask<CacheValues<int, string>> GetManyAsync(int c, params int[] keys);")]
    [InlineData("[CacheKey(\"p:{id}\")] ValueTask DeleteAsync(int id); [CacheKey(\"p:{id}\")] ValueTask<bool> ExistsAsync(int id); [CacheKey(\"p:{id}\")] ValueTask TouchAsync(int id, TimeSpan time);")]
    [InlineData("[CacheKey(\"p:{id}\", Stale = \"1m\")] ValueTask InvalidateAsync(int id);")]
    [InlineData("[CacheKey(\"q:{id}\")] ValueTask SetAsync(int id, string value);")]
    [InlineData("[CacheKey(\"p:{id}\"), CacheTag(\"cat:{text.Length}\")] ValueTask SetAsync(int id, string text);")]
    public void TC0501_not_for_tags_that_give_the_same(string member) => Passes(Client($"{Get} {Remove} {member}"));

    [Fact]
    public void TC0501_not_for_tags_in_another_order() => Passes(Client("""
        [CacheKey("p:{id}"), CacheTag("a:{a}"), CacheTag("b:{value.Length}")] ValueTask<string?> GetAsync(int id, int a);
        [CacheKey("p:{id}"), CacheTag("b:{value.Length}"), CacheTag("a:{x}")] ValueTask SetAsync(int id, int x, string text);
        [CacheTag("a:{a}")] ValueTask RemoveAAsync(int a);
        [CacheTag("b:{b}")] ValueTask RemoveBAsync(int b);
        """));

    [Theory]
    [InlineData("[CacheKey(\"p:{id}\"), CacheTag(⟦\"cat:{category}\"⟧)] ValueTask<string?> GetAsync(int category, int id);", "cat:{category}")]
    [InlineData("[CacheKey(\"p:{id}\"), CacheTag(⟦\"\"⟧)] ValueTask<string?> GetAsync(int id); [CacheKey(\"p:{id}\"), CacheTag(\"\")] ValueTask SetAsync(int id, string value);", "")]
    [InlineData("[CacheKey(\"p:{id}\"), CacheTag(⟦\"length:{value.Length}\"⟧)] ValueTask<string?> GetAsync(int id);", "length:{value.Length}")]
    public void TC0502_tag_that_stays(string members, string tag) => ReportsOnly(
        "TC0502",
        $"Nothing invalidates 'shop:~t:{tag}', a tag of IShopCache.GetAsync: add a method with [CacheTag(\"{tag}\")] whose name begins with Invalidate or Remove, or remove the tag",
        Client(members));

    [Fact]
    public void TC0502_not_where_another_interface_invalidates_it() => GeneratorRun.Of(
        $"{Usings}[CacheClient(\"shop\")] public partial interface IOne {{ {Get} }}",
        $"{Usings}[CacheClient(\"shop\")] public partial interface ITwo {{ {Remove} }}").AssertCompiles();

    [Theory]
    [InlineData("[CacheTag(⟦\"brand:{brand}\"⟧)] ValueTask RemoveBrandAsync(int brand);", "brand:{brand}")]
    [InlineData("[CacheTag(⟦\"brand:{brand:X4}\"⟧)] ValueTask RemoveBrandAsync(int brand);", "brand:{brand:X4}")]
    [InlineData("[CacheTag(⟦\"\"⟧)] ValueTask RemoveBrandAsync();", "")]
    public void TC0503_invalidation_of_nothing(string member, string tag) => ReportsOnly(
        "TC0503",
        $"IShopCache.RemoveBrandAsync invalidates 'shop:~t:{tag}', but no value has this tag: add [CacheTag(\"{tag}\")] to the methods of a key, or remove the method",
        Client($"{Get} {Remove} {member}"));

    [Fact]
    public void TC0503_not_for_parameters_that_give_the_same() => Passes(Client($"{Get} [CacheTag(\"cat:{{number}}\")] Task InvalidateAsync(ulong number);"));

    [Fact]
    public void TC0504_nine_tags() => ReportsOnly(
        "TC0504",
        "'GetAsync' has 9 tags, but a value can have at most 8: remove some",
        Client($"[CacheKey(\"p\"), {string.Join(", ", "abcdefgh".Select(static letter => $"CacheTag(\"{letter}\")"))}, ⟦CacheTag(\"i\")⟧] ValueTask<string?> GetAsync();"));

    [Fact]
    public void TC0504_not_for_eight_tags() => Passes(Client(
        $"[CacheKey(\"p\"), {string.Join(", ", "abcdefgh".Select(static letter => $"CacheTag(\"{letter}\")"))}] ValueTask<string?> GetAsync();"
        + string.Concat("abcdefgh".Select(static letter => $"[CacheTag(\"{letter}\")] ValueTask Remove{char.ToUpperInvariant(letter)}Async();"))));

    [Theory]
    [InlineData("ValueTask DeleteAsync(int id)", "Delete neither reads nor stores a value: remove [CacheTag]")]
    [InlineData("ValueTask<bool> ExistsAsync(int id)", "Exists neither reads nor stores a value: remove [CacheTag]")]
    [InlineData("ValueTask TouchAsync(int id, TimeSpan expires)", "Touch neither reads nor stores a value: remove [CacheTag]")]
    [InlineData("ValueTask<string?> GetAndTouchAsync(int id, TimeSpan expires)", "GetAndTouch does not ask for the versions of tags: use Get, and Touch beside it")]
    [InlineData("ValueTask AppendAsync(int id, string text)", "Append adds to bytes among which the versions of tags are: use Set")]
    [InlineData("ValueTask<ulong?> IncrementAsync(int id)", "a counter is nothing but its number: remove [CacheTag]")]
    [InlineData("ValueTask<CacheValues<int, CacheValue<string>>> GetAsync(int[] id)", "CacheValue of many keys does not ask for the versions of tags: return the values alone, or read one key")]
    [InlineData("ValueTask<Dictionary<int, CasResult>> CompareAndSetAsync(Dictionary<int, CacheValue<string>> id)", "CompareAndSet of many keys does not store the versions of tags: pass one value")]
    [InlineData("CacheEntry<string> Entry(int id)", "a CacheEntry does not ask for the versions of tags: write methods for the operations that you need")]
    public void TC0505_operation_without_tags(string method, string reason) => ReportsOnly(
        "TC0505",
        $"'{method.Split('(')[0].Split(' ')[^1]}' cannot have tags, because {reason}",
        Client($"[CacheKey(\"p:{{id}}\"), ⟦CacheTag(\"all\")⟧] {method};"));

    [Theory]
    [InlineData("ValueTask<string?> GetAndTouchAsync(int id, TimeSpan expires)")]
    [InlineData("ValueTask AppendAsync(int id, string text)")]
    [InlineData("CacheEntry<string> Entry(int id)")]
    public void TC0505_operation_on_values_with_tags(string method)
    {
        var run = GeneratorRun.Of(Client($"{Get} {Remove} [CacheKey(\"p:{{id}}\")] {method};"));

        var diagnostic = Assert.Single(run.Problems, static problem => problem.Id == "TC0505");
        Assert.EndsWith(
            "cannot have tags, because it does not ask for their versions, but the values of IShopCache.GetAsync, which has the same key, have 'cat:{category}': remove it, or the tags",
            diagnostic.GetMessage(System.Globalization.CultureInfo.InvariantCulture),
            StringComparison.Ordinal);
    }

    [Fact]
    public void TC0505_not_for_compare_and_set_of_one_value() => Passes(Client($"{Get} {Remove} [CacheKey(\"p:{{id}}\"), CacheTag(\"cat:{{category}}\")] ValueTask<CasResult> CompareAndSetAsync(int category, int id, string value, CasToken cas);"));

    [Theory]
    [InlineData("ClearAsync", "CacheTag(\"a\")", "its name must begin with Invalidate, Remove or Delete; or add [CacheKey]")]
    [InlineData("GetAsync", "CacheTag(\"a\")", "its name must begin with Invalidate, Remove or Delete; or add [CacheKey]")]
    [InlineData("RemoveAsync", "CacheTag(\"a\"), CacheTag(\"b\")", "write one method for each tag")]
    public void TC0506_no_invalidation(string name, string tags, string fix) => ReportsOnly(
        "TC0506",
        $"'{name}' has a tag but no key, and does not invalidate the tag: {fix}",
        Client($"[{tags}] ValueTask ⟦{name}⟧();"));

    [Fact]
    public void TC0506_not_for_all_verbs() => Passes(Client(
        $"{Get} {Remove} [CacheTag(\"cat:{{category}}\")] ValueTask InvalidateAsync(int category); [CacheTag(\"cat:{{category}}\")] Task DeleteManyAsync(int category);"));

    [Fact]
    public void TC0507_tag_twice() => ReportsOnly(
        "TC0507",
        "'GetAsync' has the tag 'cat:{category}' twice: remove one of them",
        Client("[CacheKey(\"p:{id}\"), CacheTag(\"cat:{category}\"), ⟦CacheTag(\"cat:{category}\")⟧] ValueTask<string?> GetAsync(int category, int id);"));

    [Fact]
    public void TC0507_not_for_two_parameters() => Passes(Client("""
        [CacheKey("mail:{id}"), CacheTag("user:{from}"), CacheTag("user:{to}")] ValueTask<string?> GetAsync(int id, int from, int to);
        [CacheTag("user:{user}")] ValueTask RemoveUserAsync(int user);
        """));

    [Fact]
    public void TC0508_value_of_an_invalidation() => ReportsOnly(
        "TC0508",
        "'RemoveColorAsync' has no value that {value.Color} could be read from: write a parameter of the method",
        Client("[CacheTag(\"color:⟦{value.Color}⟧\")] ValueTask RemoveColorAsync(Color color);"));

    [Fact]
    public void TC0508_not_for_a_parameter_of_that_name() => Passes(Client("""
        [CacheKey("p:{id}"), CacheTag("color:{value.Color}")] ValueTask<Order?> GetAsync(int id);
        [CacheTag("color:{value.Color}")] ValueTask RemoveColorAsync(Order value);
        """));

    [Theory]
    [InlineData("color:{id}:{value.Color}")]
    [InlineData("color:{value}:{value.Color}")]
    public void TC0509_value_and_parameter_in_one_tag(string tag) => ReportsOnly(
        "TC0509",
        $"The tag '{tag}' of 'GetAsync' mixes properties of the value with parameters: write it with either alone",
        Client($"[CacheKey(\"p:{{id}}\"), CacheTag(⟦\"{tag}\"⟧)] ValueTask<Order?> GetAsync(int id);"));

    [Fact]
    public void TC0509_not_for_two_properties_and_a_parameter_called_value() => Passes(Client("""
        [CacheKey("p:{id}"), CacheTag("of:{value.Color}:{value.Id}")] ValueTask<Order?> GetAsync(int id);
        [CacheTag("of:{color}:{id}")] ValueTask RemoveAsync(Color color, int id);
        [CacheKey("q:{value}"), CacheTag("length:{value.Length}:{id}")] ValueTask<Order?> GetOtherAsync(string value, int id);
        [CacheTag("length:{length}:{id}")] ValueTask RemoveLengthAsync(int length, int id);
        """));

    [Fact]
    public void TC0510_tag_of_a_value_that_another_interface_invalidates()
    {
        var run = GeneratorRun.Of(
            $"{Usings}[CacheClient(\"shop\")] public partial interface IOne {{ [CacheKey(\"p:{{id}}\"), CacheTag(\"length:{{value.Length}}\")] ValueTask<string?> GetAsync(int id); }}",
            $"{Usings}[CacheClient(\"shop\")] public partial interface ITwo {{ [CacheTag(\"length:{{length}}\")] ValueTask RemoveAsync(int length); }}");

        var diagnostic = Assert.Single(run.Problems);
        Assert.Equal("TC0510", diagnostic.Id);
        Assert.Equal(
            "ITwo.RemoveAsync invalidates 'shop:~t:length:{length}', which IOne.GetAsync of another interface reads from the value: declare both in one interface",
            diagnostic.GetMessage(System.Globalization.CultureInfo.InvariantCulture));
    }

    [Fact]
    public void TC0510_not_where_both_are_in_one_interface() => Passes(Client("""
        [CacheKey("p:{id}"), CacheTag("length:{value.Length}")] ValueTask<string?> GetAsync(int id);
        [CacheTag("length:{length}")] ValueTask RemoveAsync(int length);
        """));

    [Fact]
    public void TC0511_stale_values_of_a_key_without_stale() => ReportsOnly(
        "TC0511",
        "IShopCache.InvalidateAsync marks values with the tag 'shop:~t:cat:{category}' as stale, but those of IShopCache.GetAsync have no Stale, and are removed: add Stale to [CacheKey] or [CacheClient], or let its name begin with Remove",
        Client($"{Get} {Set} [CacheTag(⟦\"cat:{{category}}\"⟧)] ValueTask InvalidateAsync(int category);"));

    [Fact]
    public void TC0511_not_where_one_key_has_stale_or_values_are_removed() => Passes(Client($"""
        {Get} {Set} {Remove}
        [CacheKey("q"), CacheTag("all")] ValueTask<string?> GetQAsync();
        [CacheKey("q", Expires = "1m", Stale = "1m"), CacheTag("all")] ValueTask SetQAsync(string value);
        [CacheKey("r", Expires = "1m"), CacheTag("all")] ValueTask SetRAsync(string value);
        [CacheTag("all")] ValueTask InvalidateAsync();
        """));

    [Theory]
    [InlineData("[CacheTag(\"cat:{category}\")] ValueTask RemoveAsync(int[] ⟦category⟧);", "category")]
    [InlineData("[CacheKey(\"p:{id}\"), CacheTag(\"cat:{categories}\")] ValueTask<string?> GetAsync(int id, IReadOnlyCollection<int> ⟦categories⟧);", "categories")]
    [InlineData("[CacheKey(\"p:{ids}\"), CacheTag(\"cat:{categories}\")] ValueTask<CacheValues<int, string>> GetAsync(int[] ids, int[] ⟦categories⟧);", "categories")]
    public void TC0113_collection_in_a_tag(string member, string name) => ReportsOnly(
        "TC0113",
        $"'{name}' is a collection, but there is one key, and not one for each item: pass one value",
        Client(member));

    [Theory]
    [InlineData("[CacheKey(\"p\"), CacheTag(\"cat:⟦{category}⟧\")] ValueTask<string?> GetAsync();", "'category' is not a parameter of 'GetAsync': it has none")]
    [InlineData("[CacheTag(\"cat:⟦{catgory}⟧\")] ValueTask RemoveAsync(int category);", "'catgory' is not a parameter of 'RemoveAsync': did you mean 'category'?")]
    [InlineData("[CacheKey(\"p\"), CacheTag(\"color:⟦{value.Colour}⟧\")] ValueTask<Order?> GetAsync();", "'Colour' is not a public property of 'Order': did you mean 'Color'?")]
    public void TC0102_placeholder_of_a_tag(string member, string message) => ReportsOnly("TC0102", message, Client(member));

    [Fact]
    public void TC0103_parameter_that_a_tag_does_not_use() => ReportsOnly(
        "TC0103",
        "Parameter 'id' of 'RemoveCategoryAsync' is neither in the key nor used by the operation Delete of a tag: write {id} into the template, or remove the parameter",
        Client($"{Get} [CacheTag(\"cat:{{category}}\")] ValueTask RemoveCategoryAsync(int category, int ⟦id⟧);"));

    [Fact]
    public void TC0106_tag_that_can_get_too_long() => Reports(
        "TC0106",
        "The key can reach 309 bytes (fixed part 9, text up to 300), but memcached allows at most 250, the pool's KeyPrefix included: shorten the template, or use fewer or shorter parameters",
        Client("""
            [CacheKey("p"), CacheTag(⟦"t:{text}"⟧)] ValueTask<string?> GetAsync([KeyPart(MaxLength = 100)] string text);
            [CacheTag("t:{text}")] ValueTask RemoveAsync([KeyPart(MaxLength = 50)] string text);
            """).Replace("\"shop\"", "\"sho\"", StringComparison.Ordinal));

    [Fact]
    public void TC0104_character_of_a_tag() => ReportsOnly(
        "TC0104",
        "A memcached key cannot contain a blank: remove it from the template",
        Client("[CacheTag(\"a⟦ ⟧b\")] ValueTask RemoveAsync();"));

    [Fact]
    public void TC0107_tag_without_a_greatest_length() => Reports(
        "TC0107",
        "The length of 'text' has no bound, so the length of the key is checked at run time: add [KeyPart(MaxLength = 64)] with its greatest length",
        Client("""
            [CacheKey("p"), CacheTag("t:⟦{text}⟧")] ValueTask<string?> GetAsync(string text);
            [CacheTag("t:{text}")] ValueTask RemoveAsync([KeyPart(MaxLength = 50)] string text);
            """));

    [Fact]
    public void TC0108_key_that_can_be_a_tag() => Reports(
        "TC0108",
        "'shop:~t:cat:{category}' and 'shop:~t:{text}' of IShopCache.GetAsync can both give the key 'shop:~t:cat:0', but one stores 'the version of a tag' and the other 'string': start one of them with a different word",
        Client($"[CacheKey(\"~t:{{text}}\")] ValueTask<string?> GetAsync(string text); [CacheTag(⟦\"cat:{{category}}\"⟧)] ValueTask RemoveAsync(int category); [CacheKey(\"q\"), CacheTag(\"cat:{{category}}\")] ValueTask<string?> GetOtherAsync(int category);"));

    [Theory]
    [InlineData("ValueTask<bool>")]
    [InlineData("Task<int>")]
    [InlineData("void")]
    public void TC0201_result_of_an_invalidation(string type) => ReportsOnly(
        "TC0201",
        $"'RemoveAsync' cannot return '{type}': Delete of a tag returns ValueTask or Task without a result",
        Client($"[CacheTag(\"cat:{{category}}\")] ⟦{type}⟧ RemoveAsync(int category);"));

    [Fact]
    public void TC0203_invalidation_that_cannot_be_cancelled() => ReportsOnly(
        "TC0203",
        "'RemoveAsync' cannot be cancelled: add a parameter 'CancellationToken cancellationToken = default'",
        Client($"{Get.Replace("int id)", "int id, CancellationToken ct)", StringComparison.Ordinal)} [CacheTag(\"cat:{{category}}\")] ValueTask ⟦RemoveAsync⟧(int category);"));

    [Fact]
    public void TC0208_invalidation_with_a_body() => ReportsOnly(
        "TC0208",
        "[CacheTag] of 'RemoveAsync' is never used, because the method has a body: remove one of them",
        Client("[⟦CacheTag(\"a\")⟧] ValueTask RemoveAsync() => default;"));

    [Theory]
    [InlineData("50ms", "TagNear is at least 100ms, or 0s to ask for versions each time")]
    [InlineData("25h", "TagNear can be at most 1 day")]
    public void TC0205_time_for_which_versions_are_kept(string time, string reason)
    {
        var run = GeneratorRun.Of(Client($"{Get} {Remove}", $"CacheClient(\"shop\", TagNear = \"{time}\")"));

        var diagnostic = Assert.Single(run.Problems);
        Assert.Equal("TC0205", diagnostic.Id);
        Assert.StartsWith($"'{time}' is not a valid duration, because {reason}", diagnostic.GetMessage(System.Globalization.CultureInfo.InvariantCulture), StringComparison.Ordinal);
    }

    [Fact]
    public void TC0214_time_for_versions_without_tags()
    {
        var run = GeneratorRun.Of(Client("[CacheKey(\"p\")] ValueTask<string?> GetAsync();", "CacheClient(\"shop\", TagNear = \"1s\")"));

        Assert.Equal(
            "TagNear of 'IShopCache' has no effect, because none of its members has [CacheTag] and a key: remove it",
            Assert.Single(run.Problems).GetMessage(System.Globalization.CultureInfo.InvariantCulture));
    }

    [Fact]
    public void TC0211_create_function_takes_the_parameters_of_the_key_or_those_of_its_tags_too() => Passes(Client($"""
        [CacheKey("a:@@id@@", Expires = "1m"), CacheTag("cat:@@category@@")] ValueTask<string> GetOrCreateAAsync(int category, int id, Func<CancellationToken, ValueTask<string>> create);
        [CacheKey("b:@@id@@", Expires = "1m"), CacheTag("cat:@@category@@")] ValueTask<string> GetOrCreateBAsync(byte category, int id, Func<int, CancellationToken, ValueTask<string>> create);
        [CacheKey("c:@@id@@", Expires = "1m"), CacheTag("cat:@@category@@")] ValueTask<string> GetOrCreateCAsync(byte category, int id, Func<byte, int, CancellationToken, ValueTask<string>> create);
        {Remove.Replace("{", "@@", StringComparison.Ordinal).Replace("}", "@@", StringComparison.Ordinal)}
        """.Replace("@@id@@", "{id}", StringComparison.Ordinal).Replace("@@category@@", "{category}", StringComparison.Ordinal)));
}
