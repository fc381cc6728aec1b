using Microsoft.Extensions.Logging;
using ZiggyCreatures.Caching.Fusion.Locking.Distributed;

namespace TypedCache.FusionCache;

/// <summary>
/// FusionCache's distributed locker over memcached: one instance of the fleet runs a factory, and the others wait for its value.
/// </summary>
/// <remarks>
/// A lock is a key that one client can add. It holds a token of its own, so that nobody gives back a lock that has become another's. The
/// others try again after 10 to 100 ms, at random. A lock keeps others from working twice, and is no proof: it may be lost when a server fails
/// or needs its memory.
/// </remarks>
public sealed partial class TypedCacheDistributedLocker : IFusionCacheDistributedLocker
{
    private readonly LockItems _items;
    private readonly TimeProvider _time;

    /// <summary>Creates a locker.</summary>
    /// <param name="pool">Where the locks are. The locker does not dispose it.</param>
    /// <param name="options">How it locks; by default as the options' properties say.</param>
    /// <exception cref="ArgumentException">An option is not valid; the message names it.</exception>
    public TypedCacheDistributedLocker(MemcachedPool pool, TypedCacheDistributedLockerOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(pool);
        options ??= new TypedCacheDistributedLockerOptions();
        options.Validate();
        _time = options.TimeProvider;
        _items = new LockItems(pool, options.InstanceName, options.AbandonTime);
    }

    /// <inheritdoc/>
    /// <returns>The lock; null if it could not be had in time.</returns>
    /// <exception cref="MemcachedException">No server could be asked.</exception>
    public async ValueTask<object?> AcquireLockAsync(
        string cacheName, string cacheInstanceId, string operationId, string key, string lockName, TimeSpan timeout, ILogger? logger, CancellationToken token)
    {
        var held = new HeldLock(_items, lockName);
        var wait = new LockWait(_time, timeout);
        while (!await TakeAsync(held, token).ConfigureAwait(false))
        {
            if (wait.NextDelay() is not { } delay)
            {
                return null;
            }

            await Task.Delay(delay, _time, token).ConfigureAwait(false);
        }

        held.KeepAlive(_time);
        return held;
    }

    /// <inheritdoc/>
    /// <returns>The lock; null if it could not be had in time.</returns>
    /// <exception cref="MemcachedException">No server could be asked.</exception>
    /// <remarks>It blocks the calling thread and needs no other of the thread pool.</remarks>
    public object? AcquireLock(
        string cacheName, string cacheInstanceId, string operationId, string key, string lockName, TimeSpan timeout, ILogger? logger, CancellationToken token)
    {
        var held = new HeldLock(_items, lockName);
        var wait = new LockWait(_time, timeout);
        while (!Take(held, token))
        {
            if (wait.NextDelay() is not { } delay)
            {
                return null;
            }

            token.WaitHandle.WaitOne(delay);
            token.ThrowIfCancellationRequested();
        }

        held.KeepAlive(_time);
        return held;
    }

    /// <inheritdoc/>
    /// <remarks>A lock that has been lost meanwhile stays with its new holder. A failure is logged: the lock ends by itself.</remarks>
    public async ValueTask ReleaseLockAsync(
        string cacheName, string cacheInstanceId, string operationId, string key, string lockName, object? lockObj, ILogger? logger, CancellationToken token)
    {
        if (lockObj is not HeldLock held)
        {
            return;
        }

        try
        {
            await held.ReleaseAsync(token).ConfigureAwait(false);
        }
        catch (Exception exception) when (IsFailure(exception))
        {
            LogNotReleased(logger, cacheName, lockName, exception);
        }
    }

    /// <inheritdoc/>
    /// <remarks>A lock that has been lost meanwhile stays with its new holder. A failure is logged: the lock ends by itself.</remarks>
    public void ReleaseLock(
        string cacheName, string cacheInstanceId, string operationId, string key, string lockName, object? lockObj, ILogger? logger, CancellationToken token)
    {
        if (lockObj is not HeldLock held)
        {
            return;
        }

        try
        {
            held.Release(token);
        }
        catch (Exception exception) when (IsFailure(exception))
        {
            LogNotReleased(logger, cacheName, lockName, exception);
        }
    }

    private static bool IsFailure(Exception exception) => exception is MemcachedException or ObjectDisposedException or OperationCanceledException;

    private static void LogNotReleased(ILogger? logger, string cacheName, string lockName, Exception exception)
    {
        if (logger is not null)
        {
            LogNotReleasedCore(logger, cacheName, lockName, exception);
        }
    }

    // One whose answer was lost may have the lock all the same, and nobody would give it back.
    private async ValueTask<bool> TakeAsync(HeldLock held, CancellationToken token)
    {
        try
        {
            return await _items.AddAsync(held.Name, held.Token, token).ConfigureAwait(false);
        }
        catch (Exception exception) when (IsFailure(exception))
        {
            held.ReleaseLater();
            throw;
        }
    }

    private bool Take(HeldLock held, CancellationToken token)
    {
        try
        {
            return LockItems.Block(_items.AddAsync(held.Name, held.Token, token));
        }
        catch (Exception exception) when (IsFailure(exception))
        {
            held.ReleaseLater();
            throw;
        }
    }

    [LoggerMessage(321, LogLevel.Warning, "FUSION [N={CacheName}]: the distributed lock {LockName} could not be given back. It ends by itself.", EventName = "LockNotReleased")]
    private static partial void LogNotReleasedCore(ILogger logger, string cacheName, string lockName, Exception exception);
}
