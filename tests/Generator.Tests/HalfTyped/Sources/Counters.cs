[CacheClient("stats")]
public partial interface ICounters
{
    [CacheKey("views:{page}")] ValueTask<ulong> IncrementViewsAsync([KeyPart(MaxLength = 64)] string page, ulong by = 1, CancellationToken ct = default);
    [CacheKey("views:{page}")] ValueTask<long?> DecrementViewsAsync([KeyPart(MaxLength = 64)] string page, int by, CancellationToken ct = default);
    [CacheKey("likes:{post}", Expires = "7d")] ValueTask<long> IncrementLikesAsync(Guid post, long by, long initial, TimeSpan expires, CancellationToken ct = default);
    [CacheKey("hits:{day:yyyyMMdd}")] CacheCounter Hits(DateOnly day);
}
