namespace TypedCache.Benchmarks.Throughput;

/// <summary>Objects, read many at a time.</summary>
[CacheClient("objects")]
public partial interface IObjectCache
{
    [CacheKey("item:{id}")]
    ValueTask SetAsync(int id, Item value, CancellationToken cancellationToken = default);

    [CacheKey("item:{ids}")]
    ValueTask<IReadOnlyDictionary<int, Item>> GetManyAsync(int[] ids, CancellationToken cancellationToken = default);

    [CacheKey("item:{ids}", Expires = "1h")]
    ValueTask<IReadOnlyDictionary<int, Item>> GetOrCreateManyAsync(
        int[] ids,
        Func<IReadOnlyList<int>, CancellationToken, ValueTask<IReadOnlyDictionary<int, Item>>> create,
        CancellationToken cancellationToken = default);

    [CacheKey("stale:{ids}", Expires = "1h", Stale = "5m")]
    ValueTask<IReadOnlyDictionary<int, Item>> GetOrCreateManyStaleAsync(
        int[] ids,
        Func<IReadOnlyList<int>, CancellationToken, ValueTask<IReadOnlyDictionary<int, Item>>> create,
        CancellationToken cancellationToken = default);
}
