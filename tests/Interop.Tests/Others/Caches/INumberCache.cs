namespace TypedCache.Interop.Tests.Others;

/// <summary>What can be written as text where a client has no types.</summary>
public interface INumberCache
{
    [CacheKey("number:{key}")]
    ValueTask<long?> GetNumberAsync(string key, CancellationToken cancellationToken = default);

    [CacheKey("number:{key}")]
    ValueTask SetNumberAsync(string key, long value, CancellationToken cancellationToken = default);

    [CacheKey("float:{key}")]
    ValueTask<double?> GetFloatAsync(string key, CancellationToken cancellationToken = default);

    [CacheKey("float:{key}")]
    ValueTask SetFloatAsync(string key, double value, CancellationToken cancellationToken = default);
}
