namespace TypedCache.Hosting.Tests.Clients;

[CacheClient("session", Expires = "20m")]
internal partial interface ISessionCache
{
    [CacheKey("{id}")]
    ValueTask SetAsync(Guid id, string value, CancellationToken cancellationToken = default);

    [CacheKey("{id}")]
    ValueTask<string?> GetAsync(Guid id, CancellationToken cancellationToken = default);
}
