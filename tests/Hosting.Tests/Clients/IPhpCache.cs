namespace TypedCache.Hosting.Tests.Clients;

[CacheClient("php", Dialect = CacheDialect.PhpMemcached)]
internal partial interface IPhpCache
{
    [CacheKey("{id}")]
    ValueTask SetAsync(int id, bool value, CancellationToken cancellationToken = default);

    [CacheKey("{id}")]
    ValueTask<bool?> GetAsync(int id, CancellationToken cancellationToken = default);
}
