using System.Text.Json;
using System.Xml.Linq;

namespace TypedCache.Generator.Tests.Docs;

/// <summary>What pages show compiles as it stands there, with the generator, and without a warning; and what is data can be read.</summary>
public sealed class DocumentTests
{
    // What a page shows in other languages than these is a picture, or stands for what is typed or shown in a terminal.
    private static readonly string[] Languages = ["", "csharp", "json", "mermaid", "xml"];

    public static TheoryData<string> PagesWithCode => PagesWith("csharp");

    public static TheoryData<string> PagesWithJson => PagesWith("json");

    public static TheoryData<string> PagesWithXml => PagesWith("xml");

    [Theory]
    [MemberData(nameof(PagesWithCode))]
    public void The_blocks_of_a_page_compile(string page)
    {
        DocumentBlock[] blocks = [.. DocumentPages.Prelude(page), .. DocumentPages.Blocks(page, "csharp")];

        var mistakes = Enumerable.Range(1, blocks.Length).SelectMany(count => DocumentCompilation.Check(blocks[..count])).ToList();

        Assert.True(mistakes.Count == 0, string.Join('\n', mistakes));
    }

    [Theory]
    [MemberData(nameof(PagesWithJson))]
    public void The_json_of_a_page_can_be_read(string page) =>
        Assert.All(DocumentPages.Blocks(page, "json"), static block => JsonDocument.Parse(block.Code).Dispose());

    [Theory]
    [MemberData(nameof(PagesWithXml))]
    public void The_xml_of_a_page_can_be_read(string page) =>
        Assert.All(DocumentPages.Blocks(page, "xml"), static block => XElement.Parse($"<Project>{block.Code}</Project>"));

    [Fact]
    public void No_block_is_in_a_language_that_no_test_reads() => Assert.All(
        DocumentPages.All.SelectMany(static page => DocumentBlock.Of(page, Rules.RuleCompletenessTests.Read(page))),
        static block => Assert.True(Languages.Contains(block.Language), $"{block.Page}({block.Line}): {block.Language}"));

    [Fact]
    public void Mistakes_are_found_at_their_place_in_the_page()
    {
        const string Page = """
            Text.

            ```csharp
            var pool = MemcachedPool.InMemory();
            public record Product(int Id);
            ```

            ```json
            { "not": "code" }
            ```

            ```csharp
            var pool = new Product("no number");
            await pool.GoneAsync();
            public record Product(int Id, string Name);
            [CacheClient("shop")]
            public partial interface IShopCache
            {
                [CacheKey("product:{ID}")] ValueTask<string?> GetProductAsync(int id);
            }
            ```

            ```csharp
            [CacheKey("stock:{id}")] ValueTask<int?> GetStockAsync(int id, CancellationToken ct = default);
            [CacheKey("price:{ID}")] ValueTask<int?> GetPriceAsync(int id, CancellationToken ct = default);
            ```

            """;
        DocumentBlock[] blocks = [.. DocumentBlock.Of("docs/page.md", Page).Where(static block => block.Language == "csharp")];

        Assert.Equal([4, 13, 24], blocks.Select(static block => block.Line));
        Assert.Empty(DocumentCompilation.Check(blocks[..1]));
        var mistakes = DocumentCompilation.Check(blocks[..2]);
        Assert.Contains(mistakes, static mistake => mistake.StartsWith("docs/page.md(13,16): error CS7036", StringComparison.Ordinal));
        Assert.Contains(mistakes, static mistake => mistake.StartsWith("docs/page.md(14,12): error CS1061", StringComparison.Ordinal));
        Assert.Contains(mistakes, static mistake => mistake.StartsWith("docs/page.md(19,24): error TC0102", StringComparison.Ordinal));
        var mistake = Assert.Single(DocumentCompilation.Check(blocks));
        Assert.StartsWith("docs/page.md(25,", mistake, StringComparison.Ordinal);
    }

    [Fact]
    public void A_block_with_usings_is_a_whole_file()
    {
        DocumentBlock above = new("docs/page.md", 3, "csharp", "var pool = MemcachedPool.InMemory();\n");
        DocumentBlock block = new("docs/page.md", 10, "csharp", "using TypedCache;\npublic class Product;\nConsole.WriteLine(pool);\n");

        var mistakes = DocumentCompilation.Check([above, block]);

        Assert.Contains(mistakes, static mistake => mistake.StartsWith("docs/page.md(12,1): error CS8803", StringComparison.Ordinal));
        Assert.Contains(mistakes, static mistake => mistake.StartsWith("docs/page.md(12,19): error CS0103", StringComparison.Ordinal));
    }

    private static TheoryData<string> PagesWith(string language) =>
        [.. DocumentPages.All.Where(page => DocumentPages.Blocks(page, language).Count > 0)];
}
