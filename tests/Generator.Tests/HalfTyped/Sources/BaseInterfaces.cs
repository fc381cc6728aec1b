public interface IReads<TKey, TValue>
{
    [CacheKey("row:{id}")] ValueTask<TValue?> GetAsync(TKey id, CancellationToken ct = default);
}
public interface IWrites<TKey, TValue> : IReads<TKey, TValue>
{
    [CacheKey("row:{id}", Expires = "1h")] ValueTask SetAsync(TKey id, TValue value, CancellationToken ct = default);
    int Count => 0;
}
public sealed record Row(int Id, string? Text);

[CacheClient("rows")]
public partial interface IRows : IWrites<Guid, Row>
{
    [CacheKey("row:{ids}")] ValueTask<IReadOnlyDictionary<Guid, Row>> GetManyAsync(HashSet<Guid> ids, CancellationToken ct = default);
}
