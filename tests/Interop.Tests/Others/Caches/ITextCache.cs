namespace TypedCache.Interop.Tests.Others;

/// <summary>What the clients of all languages have.</summary>
public interface ITextCache
{
    [CacheKey("text:{key}")]
    ValueTask<string?> GetTextAsync(string key, CancellationToken cancellationToken = default);

    [CacheKey("text:{key}")]
    ValueTask SetTextAsync(string key, string value, CancellationToken cancellationToken = default);

    [CacheKey("long:{key}")]
    ValueTask<string?> GetLongAsync(string key, CancellationToken cancellationToken = default);

    [CacheKey("long:{key}")]
    ValueTask SetLongAsync(string key, string value, CancellationToken cancellationToken = default);

    [CacheKey("bytes:{key}")]
    ValueTask<byte[]?> GetBytesAsync(string key, CancellationToken cancellationToken = default);

    [CacheKey("bytes:{key}")]
    ValueTask SetBytesAsync(string key, byte[] value, CancellationToken cancellationToken = default);

    [CacheKey("counter:{key}")]
    ValueTask<ulong> IncrementCounterAsync(string key, ulong by, CancellationToken cancellationToken = default);

    [CacheKey("counter:{key}")]
    ValueTask<ulong> DecrementCounterAsync(string key, ulong by, CancellationToken cancellationToken = default);

    [CacheKey("counter:{key}")]
    ValueTask<bool> DeleteCounterAsync(string key, CancellationToken cancellationToken = default);
}
