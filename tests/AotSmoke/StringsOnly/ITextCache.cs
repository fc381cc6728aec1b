namespace TypedCache.AotSmoke.StringsOnly;

[CacheClient("aot-text")]
internal partial interface ITextCache
{
    [CacheKey("text:{id}")]
    ValueTask<string?> GetAsync(int id, CancellationToken cancellationToken = default);

    [CacheKey("text:{id}", Expires = "10m")]
    ValueTask SetAsync(int id, string value, CancellationToken cancellationToken = default);

    [CacheKey("text:{id}")]
    ValueTask<bool> DeleteAsync(int id, CancellationToken cancellationToken = default);
}
