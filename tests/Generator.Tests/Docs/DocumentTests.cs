using TypedCache.Generator.Tests.Rules;

namespace TypedCache.Generator.Tests.Docs;

/// <summary>What pages show compiles as it stands there, with the generator, and without a warning.</summary>
public sealed class DocumentTests
{
    [Theory]
    [InlineData("docs/from-enyim.md")]
    [InlineData("docs/other-clients.md")]
    public void The_blocks_of_a_page_compile(string page)
    {
        var blocks = DocumentBlock.Of(page, RuleCompletenessTests.Read(page));

        Assert.NotEmpty(blocks);
        Assert.All(Enumerable.Range(1, blocks.Count), count => Assert.Empty(DocumentCompilation.Check([.. blocks.Take(count)])));
    }

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

            """;
        var blocks = DocumentBlock.Of("docs/page.md", Page);

        Assert.Equal([4, 13], blocks.Select(static block => block.Line));
        Assert.Empty(DocumentCompilation.Check([.. blocks.Take(1)]));
        var mistakes = DocumentCompilation.Check(blocks);
        Assert.Contains(mistakes, static mistake => mistake.StartsWith("docs/page.md(13,16): error CS7036", StringComparison.Ordinal));
        Assert.Contains(mistakes, static mistake => mistake.StartsWith("docs/page.md(14,12): error CS1061", StringComparison.Ordinal));
        Assert.Contains(mistakes, static mistake => mistake.StartsWith("docs/page.md(19,24): error TC0102", StringComparison.Ordinal));
    }
}
