public sealed record Article(int Id, int Category, string Author);

[CacheClient("news", Expires = "1h", Stale = "10m", TagNear = "2s")]
public partial interface INews
{
    [CacheKey("article:{id}"), CacheTag("site:{site}"), CacheTag("author:{value.Author}")]
    ValueTask<Article> GetOrCreateArticleAsync(int site, int id, Func<int, CancellationToken, ValueTask<Article>> create, CancellationToken ct = default);

    [CacheKey("article:{articles}"), CacheTag("site:{site}"), CacheTag("author:{value.Author}")]
    ValueTask SetArticlesAsync(int site, IReadOnlyDictionary<int, Article> articles, CancellationToken ct = default);

    [CacheKey("front:{site}"), CacheTag("site:{site}"), CacheTag("")] ValueTask<string?> GetFrontPageAsync(int site, CancellationToken ct = default);
    [CacheTag("site:{site}")] ValueTask InvalidateSiteAsync(int site, CancellationToken ct = default);
    [CacheTag("author:{author}")] Task RemoveAuthorAsync(string author, CancellationToken ct = default);
    [CacheTag("")] ValueTask DeleteAllAsync(CancellationToken ct = default);
}
