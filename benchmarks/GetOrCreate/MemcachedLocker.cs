using Microsoft.Extensions.Logging;
using TypedCache.Values;
using ZiggyCreatures.Caching.Fusion.Locking.Distributed;

namespace TypedCache.Benchmarks.GetOrCreate;

/// <summary>
/// What a user of FusionCache would have to write to lock across processes over memcached: <c>add</c> takes the lock, and who does not
/// get it asks again. FusionCache's own package for this needs Redis.
/// </summary>
internal sealed class MemcachedLocker(MemcachedPool pool) : IFusionCacheDistributedLocker
{
    private static readonly CacheExpiry HoldsFor = CacheExpiry.FromSeconds(10);
    private static readonly object Held = new();

    public async ValueTask<object?> AcquireLockAsync(
        string cacheName, string cacheInstanceId, string operationId, string key, string lockName, TimeSpan timeout, ILogger? logger, CancellationToken token)
    {
        var waitedSince = TimeProvider.System.GetTimestamp();
        while (!await pool.AddAsync(lockName, cacheInstanceId, CacheCodecs.String, HoldsFor, token))
        {
            if (timeout >= TimeSpan.Zero && TimeProvider.System.GetElapsedTime(waitedSince) >= timeout)
            {
                return null;
            }

            await Task.Delay(Random.Shared.Next(10, 30), token);
        }

        return Held;
    }

    public async ValueTask ReleaseLockAsync(
        string cacheName, string cacheInstanceId, string operationId, string key, string lockName, object? lockObj, ILogger? logger, CancellationToken token)
    {
        if (lockObj is not null)
        {
            await pool.DeleteAsync(lockName, token);
        }
    }

    public object? AcquireLock(
        string cacheName, string cacheInstanceId, string operationId, string key, string lockName, TimeSpan timeout, ILogger? logger, CancellationToken token) =>
        throw OnlyAsynchronous();

    public void ReleaseLock(
        string cacheName, string cacheInstanceId, string operationId, string key, string lockName, object? lockObj, ILogger? logger, CancellationToken token) =>
        throw OnlyAsynchronous();

    private static NotSupportedException OnlyAsynchronous() => new("Only asynchronous calls are measured.");
}
