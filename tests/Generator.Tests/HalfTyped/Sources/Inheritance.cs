public abstract class Entity<TKey> where TKey : notnull { public required TKey Id { get; init; } public virtual string? Title { get; set; } }
public class Article : Entity<int> { public override string? Title { get; set; } public DateTime Written { get; init; } }
public sealed class News : Article { public new string? Title { get => base.Title; set => base.Title = value; } public TimeSpan Age; [IgnoreMember] public int Clicks { get; set; } }

[CacheClient("articles")]
public partial interface IArticles
{
    [CacheKey("article:{id}")] ValueTask<Article?> GetArticleAsync(int id, CancellationToken ct = default);
    [CacheKey("article:{article.Id}", Expires = "2d")] ValueTask SetArticleAsync(Article article, CancellationToken ct = default);
}
