namespace TypedCache.Interop.Tests.Others;

/// <summary>What few clients have: Java's and JavaScript's.</summary>
public interface IDateCache
{
    [CacheKey("date:{key}")]
    ValueTask<DateTime?> GetDateAsync(string key, CancellationToken cancellationToken = default);

    [CacheKey("date:{key}")]
    ValueTask SetDateAsync(string key, DateTime value, CancellationToken cancellationToken = default);
}
