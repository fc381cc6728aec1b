[CacheClient("log")]
public partial interface ILog
{
    [CacheKey("line:{host}:{day:yyyy-MM-dd}")] ValueTask<bool> AppendLineAsync([KeyPart(MaxLength = 60)] string host, DateOnly day, string text, CancellationToken ct = default);
    [CacheKey("head:{host}")] ValueTask PrependAsync(char host, byte[] bytes, CancellationToken ct = default);
    [CacheKey("line:{host}:{day:yyyy-MM-dd}")] ValueTask<string?> GetLineAsync([KeyPart(MaxLength = 60)] string host, DateOnly day, CancellationToken ct = default);
    [CacheKey("raw:{id:X8}")] ValueTask<ReadOnlyMemory<byte>?> GetRawAsync(uint id, CancellationToken ct = default);
    [CacheKey("raw:{id:X8}", Expires = "90s")] ValueTask<bool> TouchRawAsync(uint id, CancellationToken ct = default);
    [CacheKey("raw:{id:X8}")] ValueTask<bool> ExistsRawAsync(uint id, CancellationToken ct = default);
    [CacheKey("raw:{id:X8}", Expires = "90s")] Task<byte[]?> GetAndTouchBytesAsync(uint id, CancellationToken ct = default);
}
