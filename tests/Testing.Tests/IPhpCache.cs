namespace TypedCache.Testing.Tests;

/// <summary>A cache that PHP reads and writes too.</summary>
[CacheClient("php", Dialect = CacheDialect.PhpMemcached)]
public partial interface IPhpCache
{
    [CacheKey("on:{id}")]
    ValueTask SetOnAsync(int id, bool value, CancellationToken cancellationToken = default);

    [CacheKey("on:{id}")]
    ValueTask<bool?> GetOnAsync(int id, CancellationToken cancellationToken = default);
}
