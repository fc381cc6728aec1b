[CacheClient("\u0073hop")]
public partial interface IEscapes
{
    [CacheKey("caf\u00e9:{id}")] ValueTask<string?> GetCafeAsync(int id, CancellationToken ct = default);
    [CacheKey("\U0001F600:{id:D5}")] ValueTask<string?> GetSmileAsync(int id, CancellationToken ct = default);
    [CacheKey(@"q""{id}")] ValueTask<string?> GetQuotedAsync(int id, CancellationToken ct = default);
    [CacheKey("""
        raw:{id}
        """)] ValueTask<string?> GetRawAsync(int id, CancellationToken ct = default);
    [CacheKey("{{{@event}}}:\x41")] ValueTask<string?> GetEventAsync(int @event, CancellationToken ct = default);
}
