[CacheClient("ops")]
public partial interface IOperations
{
    [CacheKey("o:{id}", Operation = CacheOperation.Get)] Task<string?> Find(int id, CancellationToken ct = default);
    [CacheKey("o:{id}", Operation = CacheOperation.Set, Expires = "1m")] Task Store(int id, string text, CancellationToken ct = default);
    [CacheKey("o:{id}", Operation = CacheOperation.Delete)] Task Drop(int id, CancellationToken ct = default);
    [CacheKey("o:{id}", Operation = CacheOperation.Touch, Expires = "1m")] Task Keep(int id, CancellationToken ct = default);
    [CacheKey("n:{id}", Operation = CacheOperation.Increment)] Task<ulong?> Count(int id, CancellationToken ct = default);
}
