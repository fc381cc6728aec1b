namespace TypedCache.Benchmarks.WebApi;

/// <summary>The values which the pages are made of; <c>benchmarks/Throughput</c> has stored them.</summary>
[CacheClient("bench")]
public partial interface IPageCache
{
    [CacheKey("100:{id}")]
    ValueTask<byte[]?> GetAsync(int id, CancellationToken cancellationToken = default);
}
