using System.Text.RegularExpressions;
using TypedCache.Generator.Tests.Testing;
using static TypedCache.Generator.Tests.Testing.TestCompilation;

namespace TypedCache.Generator.Tests.Keys;

/// <summary>The fingerprint of a value's serialized shape in its key.</summary>
public sealed partial class SchemaTests
{
    private const string Numbered = "[MessagePackObject] public class Value { [Key(0)] public int Id { get; set; } [Key(1)] public Part? Part { get; set; } }";
    private const string Named = "public class Value { public int Id { get; set; } public Part? Part { get; set; } }";
    private const string Part = "public class Part { public string? Text { get; set; } public Level Level { get; set; } }";
    private const string Level = "public enum Level { Low, High }";

    [Theory]
    [InlineData("Id {", "Number {")]
    [InlineData("Level { Low, High }", "Level { Bottom, Middle, Top }")]
    [InlineData("public class Part", "public sealed record Part")]
    [InlineData("string? Text { get; set; } public Level Level", "Level Level { get; set; } public string? Text")]
    [InlineData("public class Value", "public struct Value")]
    public void Is_the_same_where_the_bytes_are(string before, string after) =>
        Assert.Equal(Tag(Numbered + Part + Level), Tag((Numbered + Part + Level).Replace(before, after, StringComparison.Ordinal)));

    [Theory]
    [InlineData("int Id", "long Id")]
    [InlineData("int Id", "int? Id")]
    [InlineData("Key(0)", "Key(2)")]
    [InlineData("[Key(0)] public int Id", "[IgnoreMember] public int Id")]
    [InlineData("string? Text", "byte[]? Text")]
    [InlineData("string? Text", "List<string>? Text")]
    [InlineData("Text {", "Words {")]
    [InlineData("enum Level", "enum Level : byte")]
    public void Differs_where_the_bytes_do(string before, string after) =>
        Assert.NotEqual(Tag(Numbered + Part + Level), Tag((Numbered + Part + Level).Replace(before, after, StringComparison.Ordinal)));

    [Fact]
    public void Differs_where_a_name_is_the_key()
    {
        Assert.NotEqual(Tag(Named + Part + Level), Tag((Named + Part + Level).Replace("Id {", "Number {", StringComparison.Ordinal)));
        Assert.NotEqual(Tag(Named + Part + Level), Tag(Numbered + Part + Level));
    }

    [Fact]
    public void Ends_for_a_type_which_contains_itself()
    {
        const string Tree = "public record Value(string Name, Value? Left, List<Value> Others);";

        Assert.Equal(Tag(Tree), Tag(Tree.Replace("List<Value>", "Value[]", StringComparison.Ordinal)));
        Assert.NotEqual(Tag(Tree), Tag(Tree.Replace("string Name", "int Name", StringComparison.Ordinal)));
    }

    // Another one after an update of the package would empty every cache.
    [Fact]
    public void Stays_the_same_in_later_versions() => Assert.Equal("4af72f61", Tag(Numbered + Part + Level));

    [Fact]
    public void Is_one_for_all_methods_of_a_template()
    {
        var source = Source("""
            [CacheKey("v:{ids}")] ValueTask<int> DeleteManyAsync(int[] ids);
            [CacheKey("v:{id}")] ValueTask<bool> ExistsAsync(int id);
            [CacheKey("v:{key}")] CacheEntrySet<int, Order> Orders();
            [CacheKey("n:{id}")] ValueTask<int?> GetNumberAsync(int id);
            [CacheKey("n:{id}")] ValueTask SetNumberAsync(int id, int value);
            [CacheKey("c:{id}")] CacheCounter Views(int id);
            [CacheKey("c:{id}")] ValueTask<bool> DeleteViewsAsync(int id);
            """, "CacheClient(\"shop\", Version = 2, Schema = true)");

        var tags = TagInKey().Matches(source).Select(static match => match.Value).Distinct().ToList();
        Assert.Equal(3, tags.Count);
        Assert.Equal(["c:", "n:", "v:"], tags.Select(static tag => tag[^2..]).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Can_be_chosen_by_a_method()
    {
        Assert.Matches("\"shop:[0-9a-f]{8}:v\"u8", Source("[CacheKey(\"v\", Schema = true)] CacheEntry<Order> Order();"));
        Assert.Contains("\"shop:v\"u8", Source("[CacheKey(\"v\", Schema = false)] CacheEntry<Order> Order();", "CacheClient(\"shop\", Schema = true)"), StringComparison.Ordinal);
    }

    [Fact]
    public void Counts_in_the_length_of_a_key()
    {
        static string Client(bool schema) => TestCompilation.Client(
            $"[CacheKey(\"{new string('x', 240)}\", Schema = {(schema ? "true" : "false")})] CacheEntry<Order> Order();");

        Assert.Empty(GeneratorRun.Of(Client(schema: false)).Problems);
        Assert.Equal("TC0105", Assert.Single(GeneratorRun.Of(Client(schema: true)).Problems).Id);
    }

    private static string Source(string members, string attribute = "CacheClient(\"shop\")") =>
        GeneratorRun.Of(Client(members, attribute)).SingleSource();

    private static string Tag(string types)
    {
        var source = GeneratorRun.Of(
            "using System.Threading.Tasks; using TypedCache; namespace Shop; [CacheClient(\"shop\", Schema = true)] public partial interface IShop { [CacheKey(\"v:{id}\")] CacheEntry<Value> Value(int id); }",
            $"using System.Collections.Generic; using MessagePack; namespace Shop; {types}").SingleSource();
        return TagInKey().Match(source).Groups[1].Value;
    }

    [GeneratedRegex("\"shop:(?:v2:)?([0-9a-f]{8}):.:")]
    private static partial Regex TagInKey();
}
