namespace TypedCache.Benchmarks.Throughput;

/// <summary>The interface through which TypedCache is measured: what users write, nothing below it.</summary>
[CacheClient("bench")]
public partial interface IBenchmarkCache
{
    [CacheKey("{size}:{id}")]
    ValueTask<byte[]?> GetAsync(int size, int id, CancellationToken cancellationToken = default);

    [CacheKey("{size}:{id}")]
    ValueTask SetAsync(int size, int id, byte[] value, CancellationToken cancellationToken = default);

    [CacheKey("{size}:{ids}")]
    ValueTask<IReadOnlyDictionary<int, byte[]>> GetManyAsync(int size, int[] ids, CancellationToken cancellationToken = default);
}
