namespace TypedCache.Benchmarks.GetOrCreate;

/// <summary>The interface through which TypedCache is measured: what users write, nothing below it.</summary>
[CacheClient("compared")]
public partial interface IComparedCache
{
    [CacheKey("stale:{id}", Expires = "2s", Stale = "10s", FailSafe = "10s")]
    ValueTask<string> GetOrCreateStaleAsync(int id, Func<CancellationToken, ValueTask<string>> create, CancellationToken cancellationToken = default);

    [CacheKey("strict:{id}", Expires = "2s")]
    ValueTask<string> GetOrCreateStrictAsync(int id, Func<CancellationToken, ValueTask<string>> create, CancellationToken cancellationToken = default);

    [CacheKey("hit:{id}", Expires = "1h", Stale = "5m")]
    ValueTask<string> GetOrCreateHitAsync(int id, Func<CancellationToken, ValueTask<string>> create, CancellationToken cancellationToken = default);

    [CacheKey("hit:{id}")]
    ValueTask<string?> GetHitAsync(int id, CancellationToken cancellationToken = default);
}
