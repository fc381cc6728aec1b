namespace TypedCache.Interop.Tests.Others;

/// <summary>What the clients have which mark their types.</summary>
public interface IBoolCache
{
    [CacheKey("bool:{key}")]
    ValueTask<bool?> GetBoolAsync(string key, CancellationToken cancellationToken = default);

    [CacheKey("bool:{key}")]
    ValueTask SetBoolAsync(string key, bool value, CancellationToken cancellationToken = default);
}
