public sealed record Page<T>(IReadOnlyList<T> Items, int Total) where T : class;
public sealed class Result<TValue, TError> { public TValue? Value { get; init; } public TError? Error { get; init; } }
public sealed record Hit(string Url, float Score);

[CacheClient("search", Expires = "5m")]
public partial interface ISearch
{
    [CacheKey("q:{text}:{page}")] ValueTask<Page<Hit>?> GetPageAsync([KeyPart(MaxLength = 50)] string text, int page, CancellationToken ct = default);
    [CacheKey("r:{text}")] ValueTask<Result<Page<Hit>, string>?> GetResultAsync([KeyPart(MaxLength = 50)] string text, CancellationToken ct = default);
    [CacheKey("n:{text}")] CacheEntry<Result<List<Page<Hit>?>, Dictionary<string, Hit[]>>> Nested([KeyPart(MaxLength = 50)] string text);
}
