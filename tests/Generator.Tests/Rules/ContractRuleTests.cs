using System.Globalization;
using Microsoft.CodeAnalysis;
using TypedCache.Generator.Tests.Testing;

namespace TypedCache.Generator.Tests.Rules;

/// <summary>What is said of a project that has changed since its contract was written.</summary>
public sealed class ContractRuleTests : RuleTest
{
    private const string Product = "[MessagePackObject] public record Product([property: Key(0)] int Id, [property: Key(1)] string? Name);";
    private const string Members = "[CacheKey(\"product:{id}\", Expires = \"10m\")] ValueTask SetAsync(int id, Product value);";
    private const string Update = "dotnet build -p:TypedCacheUpdateContract=true";

    [Fact]
    public void TC0601_type_of_a_member() => Reports(
        "TC0601",
        $"Product.Id under 'shop:product:{{id}}' was 'int' and is 'string': it cannot be read, or means something else. Set Version = 1 on the client, or Schema = true on the key, or leave it as it was and add what is new under a new key; or accept it with {Update}",
        Shop(Product, Members),
        Shop(Product.Replace("int Id", "string Id", StringComparison.Ordinal), Marked));

    [Fact]
    public void TC0601_key_of_another_member() => Reports(
        "TC0601",
        $"Product.Title under 'shop:product:{{id}}' was 'key 1: Name' and is 'key 1: Title': one key stands for two members, unless this is a new name of the same one. Set Version = 1 on the client, or Schema = true on the key, or give the new member a key that was never used; or accept it with {Update}",
        Shop(Product, Members),
        Shop(Product.Replace("Name", "Title", StringComparison.Ordinal), Marked));

    [Fact]
    public void TC0601_codec() => Reports(
        "TC0601",
        $"Product under 'shop:product:{{id}}' was 'Product by messagepack' and is 'Product by Shop.ProductCodec': another codec reads what this one has written. Set Version = 1 on the client, or Schema = true on the key, or leave it as it was and add what is new under a new key; or accept it with {Update}",
        Shop(Product, Members),
        Shop(
            $$"""
            [CacheCodec(typeof(ProductCodec))] {{Product}}
            public sealed class ProductCodec : TypedCache.Values.ICacheCodec<Product>
            {
                public void Write(ref TypedCache.Values.ValueWriter writer, Product value) => writer.WriteText(value.Name);
                public Product Read(in TypedCache.Values.StoredValue stored) => new(0, stored.ReadText());
            }
            """,
            Marked));

    [Fact]
    public void TC0601_name_of_an_enum_in_the_key() => Reports(
        "TC0601",
        $"{{size}} under 'shop:in:{{size}}' was 'L' and is 'no such name': no key is made for values under this name. Set Version = 1 on the client, or Schema = true on the key, or leave it as it was and add what is new under a new key; or accept it with {Update}",
        Shop("public enum Size { S, L }", "[CacheKey(\"in:{size}\")] ValueTask SetAsync(Size size, string value);"),
        Shop("public enum Size { S, XL }", "[CacheKey(⟦\"in:{size}\"⟧)] ValueTask SetAsync(Size size, string value);"));

    [Theory]
    [InlineData("CacheClient(\"shop\", Version = 1)")]
    [InlineData("CacheClient(\"shop\", Schema = true)")]
    public void TC0601_not_for_other_keys(string attribute) => Passes(
        "TC0601", Shop(Product, Members), Shop(Product.Replace("int Id", "string Id", StringComparison.Ordinal), Members, attribute));

    [Fact]
    public void TC0601_not_for_a_new_member() => Passes(
        "TC0601", Shop(Product, Members), Shop(Product.Replace("Name)", "Name, [property: Key(2)] int Stock)", StringComparison.Ordinal), Members));

    [Fact]
    public void TC0602_what_old_processes_cannot_read() => Reports(
        "TC0602",
        $"Product.Id under 'shop:product:{{id}}' was 'int' and is 'long', and while old processes read what new ones write: values that do not fit cannot be read. Set Version = 1 on the client, or accept it with {Update}",
        Shop(Product, Members),
        Shop(Product.Replace("int Id", "long Id", StringComparison.Ordinal), Marked));

    [Fact]
    public void TC0602_null_for_new_processes() => Reports(
        "TC0602",
        $"Product.Brand under 'shop:product:{{id}}' was 'no member' and is 'string', and while new processes read what old ones wrote: it is null where it was not stored, although it says that it never is. Set Version = 1 on the client, or accept it with {Update}",
        Shop(Product, Members),
        Shop(Product.Replace("Name)", "Name, [property: Key(2)] string Brand)", StringComparison.Ordinal), Marked));

    [Fact]
    public void TC0602_tags() => Reports(
        "TC0602",
        $"tags under 'shop:product:{{id}}' was 'none' and is 'brand:{{brand}}', and while old processes read what new ones write: a read without tags refuses a value that has some. Set Version = 1 on the client, or accept it with {Update}",
        Shop(Product, "[CacheKey(\"product:{id}\")] ValueTask SetAsync(int id, int brand, Product value); [CacheKey(\"x\")] ValueTask<bool> DeleteAsync();".Replace("int brand, ", "", StringComparison.Ordinal)),
        Shop(
            Product,
            "[CacheKey(⟦\"product:{id}\"⟧), CacheTag(\"brand:{brand}\")] ValueTask SetAsync(int id, int brand, Product value); [CacheKey(\"x\")] ValueTask<bool> DeleteAsync(); [CacheTag(\"brand:{brand}\")] ValueTask RemoveBrandAsync(int brand);"));

    [Fact]
    public void TC0601_tags_that_are_gone() => Reports(
        "TC0601",
        $"tags under 'shop:product:{{id}}' was 'brand:{{brand}}' and is 'none': a read without tags refuses a value that has some. Set Version = 1 on the client, or Schema = true on the key, or leave it as it was and add what is new under a new key; or accept it with {Update}",
        Shop(Product, Tagged("brand")),
        Shop(Product, Marked));

    [Fact]
    public void TC0601_added_to() => Reports(
        "TC0601",
        $"the value under 'shop:log:{{id}}' was 'stored as a whole' and is 'added to': what is stored may be compressed, and adding to it destroys it. Set Version = 1 on the client, or Schema = true on the key, or leave it as it was and add what is new under a new key; or accept it with {Update}",
        Shop("", "[CacheKey(\"log:{id}\")] ValueTask SetAsync(int id, string value);"),
        Shop("", "[CacheKey(⟦\"log:{id}\"⟧)] ValueTask SetAsync(int id, string value); [CacheKey(\"log:{id}\")] ValueTask<bool> AppendAsync(int id, string value);"));

    [Theory]
    [InlineData("Enyim", "Spymemcached", "each has flags and bytes of its own")]
    [InlineData("Any", "Enyim", "that of the pool may be another one")]
    [InlineData("PhpMemcached", "Any", "that of the pool may be another one")]
    public void TC0601_dialect_once_for_the_interface(string before, string now, string reason)
    {
        const string More = "[CacheKey(⟦\"a:{id}\"⟧)] ValueTask SetAsync(int id, string value); [CacheKey(\"b:{id}\")] ValueTask SetOtherAsync(int id, string value);";
        Reports(
            "TC0601",
            $"the dialect under 'shop:a:{{id}}' was '{before}' and is '{now}': {reason}. Set Version = 1 on the client, or Schema = true on the key, or leave it as it was; or accept it with {Update}",
            Shop("", Unmarked(More), $"CacheClient(\"shop\", Dialect = CacheDialect.{before})"),
            Shop("", More, $"CacheClient(\"shop\", Dialect = CacheDialect.{now})"));
    }

    [Fact]
    public void TC0601_number_that_is_counted_from_now_on() => Reports(
        "TC0601",
        $"the value under 'shop:n:{{id}}' was 'ulong' and is 'a counter': the server cannot count it. Set Version = 1 on the client, or Schema = true on the key, or leave it as it was and add what is new under a new key; or accept it with {Update}",
        Shop("", "[CacheKey(\"n:{id}\")] ValueTask SetAsync(int id, ulong value);", "CacheClient(\"shop\", Dialect = CacheDialect.Dalli)"),
        Shop("", "[CacheKey(⟦\"n:{id}\"⟧)] ValueTask<ulong> IncrementAsync(int id);", "CacheClient(\"shop\", Dialect = CacheDialect.Dalli)"));

    [Theory]
    [InlineData("Dialect = CacheDialect.Enyim", "Dialect = CacheDialect.Enyim")]
    [InlineData("Dialect = CacheDialect.Enyim", "Dialect = CacheDialect.EnyimMessagePack")]
    [InlineData("Dialect = CacheDialect.PeclSharedWithPhp", "Dialect = CacheDialect.Pecl")]
    [InlineData("Dialect = CacheDialect.Enyim", "Dialect = CacheDialect.Any, Version = 1")]
    public void TC0601_not_for_dialects_that_read_each_other_and_other_keys(string before, string after)
    {
        const string Text = "[CacheKey(\"a:{id}\")] ValueTask SetAsync(int id, string value);";
        Passes("TC0601", Shop("", Text, $"CacheClient(\"shop\", {before})"), Shop("", Text, $"CacheClient(\"shop\", {after})"));
    }

    [Fact]
    public void TC0601_not_for_the_dialect_of_a_counter()
    {
        const string Counter = "[CacheKey(\"n:{id}\")] ValueTask<ulong> IncrementAsync(int id);";
        Passes("TC0601", Shop("", Counter, "CacheClient(\"shop\", Dialect = CacheDialect.Dalli)"), Shop("", Counter, "CacheClient(\"shop\", Dialect = CacheDialect.Plain)"));
    }

    [Fact]
    public void TC0601_flags()
    {
        var run = Run(
            "TC0601",
            Shop("[Flags] public enum Days { None = 0, Monday = 1, Tuesday = 2, All = 3 }", "[CacheKey(\"days\")] ValueTask SetAsync(Days value);"),
            Shop("[Flags] public enum Days { None = 0, Monday = 1, Friday = 2, Tuesday = 4, All = 7 }", "[CacheKey(\"days\")] ValueTask SetAsync(Days value);"));

        Assert.StartsWith("Days.Tuesday under 'shop:days' was 'Tuesday = 2' and is 'Friday': the stored number 2", Text(Assert.Single(run.Problems, static problem => problem.Id == "TC0601")), StringComparison.Ordinal);
    }

    // All is Monday and Tuesday, and both still are; what is new is Friday.
    [Fact]
    public void TC0601_not_for_a_name_of_several_flags()
    {
        var run = Run(
            "TC0602",
            Shop("[Flags] public enum Days { None = 0, Monday = 1, Tuesday = 2, All = 3 }", "[CacheKey(\"days\")] ValueTask SetAsync(Days value);"),
            Shop("[Flags] public enum Days { None = 0, Monday = 1, Tuesday = 2, Friday = 4, All = 7 }", "[CacheKey(\"days\")] ValueTask SetAsync(Days value);"));

        Assert.StartsWith("Days.Friday under 'shop:days'", Text(Assert.Single(run.Problems)), StringComparison.Ordinal);
    }

    [Fact]
    public void TC0602_not_for_other_names_in_tags() => Passes("TC0602", Shop(Product, Tagged("brand")), Shop(Product, Tagged("brandId")));

    [Theory]
    [InlineData("[CacheKey(\"views:{id}\")] ValueTask<ulong> IncrementAsync(int id);", "[CacheKey(\"views:{id}\")] ValueTask<ulong> IncrementAsync(int id); [CacheKey(\"views:{id}\")] ValueTask<long?> GetAsync(int id);")]
    [InlineData("[CacheKey(\"a:{id}\")] ValueTask SetAsync(int id, string value); [CacheKey(\"a:{id}\")] ValueTask<byte[]?> GetAsync(int id);", "[CacheKey(\"a:{id}\")] ValueTask<byte[]?> GetAsync(int id); [CacheKey(\"a:{id}\")] ValueTask SetAsync(int id, string value);")]
    [InlineData("[CacheKey(\"a:{id}\")] ValueTask SetAsync(int id, int value);", "[CacheKey(\"a:{number}\")] ValueTask SetAsync(long number, int value);")]
    [InlineData("[CacheKey(\"a:{id}\")] ValueTask SetAsync(DateOnly id, int value);", "[CacheKey(\"a:{id:O}\")] ValueTask SetAsync(DateOnly id, int value);")]
    public void TC0603_not_for_what_gives_the_same_keys_and_values(string before, string after)
    {
        var run = Run("TC0603", Shop("", before), Shop("", after));
        Assert.DoesNotContain(run.Problems, static problem => problem.Id.StartsWith("TC06", StringComparison.Ordinal));
    }

    [Fact]
    public void TC0603_other_arguments() => Reports(
        "TC0603",
        $"The key 'shop:a:{{id}}' of IShopCache.SetAsync has other arguments now (int id before, string id now): nothing says when its values expire, and nobody reads or deletes them any more. Keep the key, or accept it with {Update}",
        Shop("", "[CacheKey(\"a:{id}\")] ValueTask SetAsync(int id, int value);"),
        Shop("", "[CacheKey(⟦\"a:{id}\"⟧)] ValueTask SetAsync(string id, int value);"));

    [Fact]
    public void A_prefix_that_is_moved_into_the_template_changes_no_key() => Passes(
        "TC0603",
        Shop("", "[CacheKey(\"a:{id}\")] ValueTask SetAsync(int id, int value);"),
        Shop("", "[CacheKey(\"shop:a:{id}\")] ValueTask SetAsync(int id, int value);", "CacheClient"));

    [Fact]
    public void Changes_of_two_keys_are_told_for_each()
    {
        var run = Run(
            "TC0601",
            Shop("", "[CacheKey(\"a:{id}\")] ValueTask SetAAsync(int id, string value); [CacheKey(\"b:{id}\")] ValueTask SetBAsync(int id, string value);"),
            Shop("", "[CacheKey(\"a:{id}\")] ValueTask SetAAsync(int id, int value); [CacheKey(\"b:{id}\")] ValueTask SetBAsync(int id, int value);"));

        Assert.Equal(2, run.Problems.Count(static problem => problem.Id == "TC0601"));
    }

    // The same keys of two versions: each is compared with itself.
    [Fact]
    public void One_template_with_a_fingerprint_and_without_is_two_keys()
    {
        var source = Shop(Product, "[CacheKey(\"a:{id}\")] ValueTask SetAsync(int id, Product value); [CacheKey(\"a:{id}\", Schema = true)] ValueTask SetNewAsync(int id, Product value);");

        Assert.DoesNotContain(Run("TC0604", source, source).Diagnostics, static found => found.Id.StartsWith("TC06", StringComparison.Ordinal));
    }

    [Fact]
    public void The_last_key_that_goes_leaves_an_empty_contract()
    {
        var run = Run("TC0603", Shop("", "[CacheKey(\"a\")] ValueTask SetAsync(int value);"), "public class Empty { }");

        Assert.Equal("TC0603", Assert.Single(run.Problems).Id);
        Assert.Empty(GeneratorRun.Against(TestCompilation.Create("public class Empty { }"), run.Contract).Problems);
    }

    // What is written has to be read as it was.
    [Theory]
    [InlineData("CacheClient(\"{shop}\")", "", "[CacheKey(\"a:{id}:{{b}}\")] ValueTask SetAsync(int id, int value);")]
    [InlineData("CacheClient(\"a\\\\b\\\"c\")", "", "[CacheKey(\"ü:😀:{time:hh\\\\:mm}\")] ValueTask SetAsync(TimeSpan time, int value);")]
    [InlineData("CacheClient(\"shop\")", "public record Version(int Id, Uri? Place); public record Uri(string Name);", "[CacheKey(\"a\")] ValueTask SetAsync(global::Shop.Version value);")]
    [InlineData("CacheClient(\"shop\")", "public sealed class Secret : TypedCache.Values.ICacheCodec<string> { public void Write(ref TypedCache.Values.ValueWriter writer, string value) => writer.WriteText(value); public string Read(in TypedCache.Values.StoredValue stored) => stored.ReadText(); }", "[CacheKey(\"a\"), CacheCodec(typeof(Secret))] ValueTask SetAsync(string value);")]
    public void Nothing_is_said_of_the_code_that_the_contract_is_of(string attribute, string types, string members)
    {
        foreach (var source in new[] { Shop(types, members, attribute), Shop(types, members, attribute).Replace("namespace Shop;", "", StringComparison.Ordinal).Replace("global::Shop.", "global::", StringComparison.Ordinal) })
        {
            var first = GeneratorRun.Of(source);
            first.AssertCompiles();
            Assert.DoesNotContain(Run("TC0604", source, source).Diagnostics, static found => found.Id.StartsWith("TC06", StringComparison.Ordinal));
        }
    }

    [Fact]
    public void TC0602_not_for_a_member_that_may_be_missing() => Passes(
        "TC0602", Shop(Product, Members), Shop(Product.Replace("Name)", "Name, [property: Key(2)] string? Brand)", StringComparison.Ordinal), Members));

    [Fact]
    public void TC0603_another_pattern() => Reports(
        "TC0603",
        $"The key 'shop:product:{{id}}' of IShopCache.SetAsync is 'shop:item:{{id}}' now: its values live on for up to 10m, and nobody reads or deletes them any more. Keep the key, or accept it with {Update}",
        Shop(Product, Members),
        Shop(Product, "[CacheKey(⟦\"item:{id}\"⟧, Expires = \"10m\")] ValueTask SetAsync(int id, Product value);"));

    [Fact]
    public void TC0603_a_former_version() => Reports(
        "TC0603",
        $"The key 'shop:v2:product:{{id}}' of IShopCache.SetAsync is 'shop:v1:product:{{id}}' now: under a version that was used before there can be values of that time. Keep the key, or accept it with {Update}",
        Shop(Product, Members, "CacheClient(\"shop\", Version = 2)"),
        Shop(Product, Marked, "CacheClient(\"shop\", Version = 1)"));

    [Fact]
    public void TC0603_vanished()
    {
        var run = Run("TC0603", Shop(Product, Members + " [CacheKey(\"views:{id}\", Expires = \"7d\")] ValueTask<ulong> IncrementViewsAsync(int id);"), Shop(Product, Members));

        var diagnostic = Assert.Single(run.Problems);
        Assert.Equal("The key 'shop:views:{id}' of IShopCache.IncrementViewsAsync has vanished: its values live on for up to 7d, and nobody reads or deletes them any more. Keep the key, or accept it with " + Update, Text(diagnostic));
        Assert.Equal(ContractText.FileName, diagnostic.Location.GetLineSpan().Path);
        Assert.True(diagnostic.Location.GetLineSpan().StartLinePosition.Line > 5);
    }

    [Fact]
    public void TC0603_not_for_other_names() => Passes(
        "TC0603",
        Shop(Product, Members),
        Shop(Product, "[CacheKey(\"product:{number}\", Expires = \"10m\")] ValueTask SetProductAsync(long number, Product value);"));

    [Fact]
    public void TC0603_not_for_a_higher_version() => Passes(
        "TC0603",
        Shop(Product, Members),
        Shop(Product, "[CacheKey(\"item:{id}\", Expires = \"10m\")] ValueTask SetAsync(int id, Product value);", "CacheClient(\"shop\", Version = 1)"));

    [Fact]
    public void TC0604_new_key() => Reports(
        "TC0604",
        $"'shop:views:{{id}}' is not in the contract yet: update the contract with {Update}",
        Shop(Product, Members),
        Shop(Product, Members + " [CacheKey(⟦\"views:{id}\"⟧)] ValueTask<ulong> IncrementViewsAsync(int id);"));

    [Fact]
    public void TC0604_safe_change() => Reports(
        "TC0604",
        $"'shop:product:{{id}}' has changed, and nothing can go wrong: update the contract with {Update}",
        Shop(Product, Members),
        Shop(Product.Replace("Name)", "Name, [property: Key(2)] int Stock)", StringComparison.Ordinal), Marked));

    [Fact]
    public void TC0604_not_for_the_same_code() => Passes("TC0604", Shop(Product, Members), Shop(Product, Members));

    [Theory]
    [InlineData("{ \"format\": 1, ", 1, 16, "a name in quotes is missing")]
    [InlineData("{\n  \"format\": 2 }", 1, 1, "its format is 2, but this version reads format 1, in the contract")]
    [InlineData("{ \"format\": 1,\n \"assembly\": \"Shop\",\n \"kyes\": [] }", 3, 2, "\"kyes\" of the contract is not known")]
    [InlineData("{ \"format\": 1, \"assembly\": \"Shop\", \"keys\": [{ \"pattern\": \"a:{b}\", \"client\": \"I\" }] }", 1, 45, "\"arguments\" does not have one item for each placeholder of the pattern, in a key")]
    [InlineData("{ \"format\": 1, \"assembly\": \"Shop\", \"types\": { \"T\": { \"form\": \"list\" } } }", 1, 52, "the form \"list\" is not known: it is array, map, enum or union, in \"T\"")]
    [InlineData("", 1, 1, "it ends too early")]
    public void TC0605_malformed(string contract, int line, int column, string reason)
    {
        var diagnostic = Assert.Single(GeneratorRun.Against(TestCompilation.Create(Shop(Product, Members)), contract).Problems);

        Assert.Equal("TC0605", diagnostic.Id);
        Assert.Equal($"The contract cannot be read at line {line}, column {column}, because {reason}: correct it, or write it anew with {Update}", Text(diagnostic));
        Assert.Equal((line - 1, column - 1), (diagnostic.Location.GetLineSpan().StartLinePosition.Line, diagnostic.Location.GetLineSpan().StartLinePosition.Character));
    }

    [Fact]
    public void TC0605_not_for_other_line_ends_and_blanks()
    {
        var compilation = TestCompilation.Create(Shop(Product, Members));
        var contract = "\uFEFF" + GeneratorRun.Of(compilation).Contract.Replace("\n", "\r\n  ", StringComparison.Ordinal) + "\r\n";

        Assert.Empty(GeneratorRun.Against(TestCompilation.Loud(compilation, "TC0604"), contract).Diagnostics);
    }

    [Fact]
    public void A_change_of_one_type_is_told_once()
    {
        const string More = Members + " [CacheKey(\"best:{id}\")] ValueTask SetBestAsync(int id, Product value);";
        var run = Run("TC0601", Shop(Product, More), Shop(Product.Replace("int Id", "string Id", StringComparison.Ordinal), More));

        Assert.Single(run.Problems);
    }

    [Fact]
    public void Nothing_is_said_while_the_contract_is_written_anew()
    {
        var old = GeneratorRun.Of(Shop(Product, Members)).Contract;
        var compilation = TestCompilation.Create(Shop(Product.Replace("int Id", "string Id", StringComparison.Ordinal), Members));

        Assert.NotEmpty(GeneratorRun.Against(compilation, old).Problems);
        Assert.Empty(GeneratorRun.Against(compilation, old, isUpdated: true).Problems);
        Assert.Empty(GeneratorRun.Against(compilation, "{", isUpdated: true).Problems);
    }

    // Half a contract would miss what has not vanished.
    [Fact]
    public void Nothing_is_said_while_a_mistake_leaves_open_what_is_stored()
    {
        var old = GeneratorRun.Of(Shop(Product, Members)).Contract;
        var run = GeneratorRun.Against(TestCompilation.Create(Shop(Product, "[CacheKey(\"product:{\")] ValueTask SetAsync(int id, Product value);")), old);

        Assert.Equal("TC0101", Assert.Single(run.Problems, static problem => problem.Severity == DiagnosticSeverity.Error).Id);
        Assert.Null(run.ContractSource);
    }

    private static string Tagged(string name) =>
        $"[CacheKey(\"product:{{id}}\", Expires = \"10m\"), CacheTag(\"brand:{{{name}}}\")] ValueTask SetAsync(int id, int {name}, Product value); [CacheTag(\"brand:{{{name}}}\")] ValueTask RemoveBrandAsync(int {name});";

    private static string Marked => Members.Replace("\"product:{id}\"", "⟦\"product:{id}\"⟧", StringComparison.Ordinal);

    internal static string Shop(string types, string members, string attribute = "CacheClient(\"shop\")") => $$"""
        using System; using System.Threading; using System.Threading.Tasks; using MessagePack; using TypedCache;

        namespace Shop;

        {{types}}

        [{{attribute}}]
        public partial interface IShopCache
        {
            {{members}}
        }
        """;

    private static GeneratorRun Run(string id, string before, string after) =>
        GeneratorRun.Against(TestCompilation.Loud(TestCompilation.Create(after), id), GeneratorRun.Of(before).Contract);

    private static void Reports(string id, string message, string before, string markedAfter)
    {
        var after = Unmarked(markedAfter);
        var run = Run(id, before, after);

        var diagnostic = Assert.Single(run.Diagnostics, reported => reported.Id == id);
        Assert.Equal(message, Text(diagnostic));
        var start = markedAfter.IndexOf('⟦', StringComparison.Ordinal);
        Assert.Equal((start, markedAfter.IndexOf('⟧', StringComparison.Ordinal) - 1), (diagnostic.Location.SourceSpan.Start, diagnostic.Location.SourceSpan.End));
        Assert.All(run.Problems, problem => Assert.Equal(id, problem.Id));
        run.AssertNoCompilerErrors();
    }

    private static void Passes(string id, string before, string after)
    {
        var run = Run(id, before, after);
        Assert.DoesNotContain(run.Diagnostics, diagnostic => diagnostic.Id == id);
        Assert.DoesNotContain(run.Diagnostics, static diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);
    }

    private static string Text(Diagnostic diagnostic) => diagnostic.GetMessage(CultureInfo.InvariantCulture);
}
