[CacheClient("dialects", Dialect = CacheDialect.EnyimMessagePack, Version = 2)]
public partial interface IDialects
{
    [CacheKey("name:{id}")] ValueTask<string?> GetNameAsync(int id, CancellationToken ct = default);
    [CacheKey("seen:{id}", Expires = "24m")] ValueTask SetSeenAsync(int id, DateTime at, CancellationToken ct = default);
    [CacheKey("sizes:{id}")] CacheEntry<List<int>> Sizes(int id);
    [CacheKey("views:{id}")] CacheCounter Views(int id);
}
