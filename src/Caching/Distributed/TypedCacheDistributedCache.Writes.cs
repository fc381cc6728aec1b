using System.Buffers;
using Microsoft.Extensions.Caching.Distributed;

namespace TypedCache.Caching;

public sealed partial class TypedCacheDistributedCache
{
    /// <summary>Stores a value, and blocks until it is stored.</summary>
    /// <param name="key">The key: any text.</param>
    /// <param name="value">The value; it may be empty.</param>
    /// <param name="options">When the value expires.</param>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The absolute expiration is not in the future.</exception>
    /// <exception cref="MemcachedException">memcached failed, and the options do not say that this is ignored.</exception>
    public void Set(string key, byte[] value, DistributedCacheEntryOptions options)
    {
        ArgumentNullException.ThrowIfNull(key);
        ArgumentNullException.ThrowIfNull(value);
        Set(key, new ReadOnlySequence<byte>(value), options);
    }

    /// <summary>Stores a value.</summary>
    /// <param name="key">The key: any text.</param>
    /// <param name="value">The value; it may be empty.</param>
    /// <param name="options">When the value expires.</param>
    /// <param name="token">Cancels the wait; the value may still be stored.</param>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The absolute expiration is not in the future.</exception>
    /// <exception cref="MemcachedException">memcached failed, and the options do not say that this is ignored.</exception>
    public Task SetAsync(string key, byte[] value, DistributedCacheEntryOptions options, CancellationToken token = default)
    {
        ArgumentNullException.ThrowIfNull(key);
        ArgumentNullException.ThrowIfNull(value);
        ArgumentNullException.ThrowIfNull(options);
        return StoreAsync(key, new ReadOnlySequence<byte>(value), LifetimeOf(options), token);
    }

    /// <summary>Stores a value, and blocks until it is stored.</summary>
    /// <param name="key">The key: any text.</param>
    /// <param name="value">The value, in any number of pieces. It is copied before this returns.</param>
    /// <param name="options">When the value expires.</param>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The absolute expiration is not in the future.</exception>
    /// <exception cref="MemcachedException">memcached failed, and the options do not say that this is ignored.</exception>
    public void Set(string key, ReadOnlySequence<byte> value, DistributedCacheEntryOptions options)
    {
        ArgumentNullException.ThrowIfNull(key);
        ArgumentNullException.ThrowIfNull(options);
        var lifetime = LifetimeOf(options);
        try
        {
            if (TryBeginStore(key, value, lifetime, default, out var stored))
            {
                Wait(stored);
            }
            else
            {
                Wait(Delete(key, default));
            }
        }
        catch (MemcachedServerException refusal) when (refusal.IsValueTooLarge && _skipsTooLarge)
        {
            Remove(key);
            WarnOfTooLarge(value.Length);
        }
        catch (MemcachedException failure) when (Ignores(failure))
        {
        }
    }

    /// <summary>Stores a value.</summary>
    /// <param name="key">The key: any text.</param>
    /// <param name="value">The value, in any number of pieces. It is copied before this returns.</param>
    /// <param name="options">When the value expires.</param>
    /// <param name="token">Cancels the wait; the value may still be stored.</param>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The absolute expiration is not in the future.</exception>
    /// <exception cref="MemcachedException">memcached failed, and the options do not say that this is ignored.</exception>
    public ValueTask SetAsync(string key, ReadOnlySequence<byte> value, DistributedCacheEntryOptions options, CancellationToken token = default)
    {
        ArgumentNullException.ThrowIfNull(key);
        ArgumentNullException.ThrowIfNull(options);
        return new ValueTask(StoreAsync(key, value, LifetimeOf(options), token));
    }

    /// <summary>Renews the sliding expiration of a value, which is not sent, and blocks until that is done.</summary>
    /// <param name="key">The key: any text.</param>
    /// <exception cref="ArgumentNullException"><paramref name="key"/> is null.</exception>
    /// <exception cref="MemcachedException">memcached failed, and the options do not say that this is ignored.</exception>
    public void Refresh(string key)
    {
        ArgumentNullException.ThrowIfNull(key);
        try
        {
            if (Wait(ReadInfo(key, default)) is not { } info)
            {
                return;
            }

            var renewal = EntryFlags.HasDeadline(info.Flags) ? Wait(ReadLifetime(key, default)).Value.Renewal : EntryFlags.Renewal(info, null);
            if (renewal > 0)
            {
                Wait(Touch(key, renewal, default));
            }
        }
        catch (MemcachedException failure) when (Ignores(failure))
        {
        }
    }

    /// <summary>Renews the sliding expiration of a value, which is not sent.</summary>
    /// <remarks>A value with an absolute expiration as well is sent, because that is stored with it.</remarks>
    /// <param name="key">The key: any text.</param>
    /// <param name="token">Cancels the wait.</param>
    /// <exception cref="ArgumentNullException"><paramref name="key"/> is null.</exception>
    /// <exception cref="MemcachedException">memcached failed, and the options do not say that this is ignored.</exception>
    public Task RefreshAsync(string key, CancellationToken token = default)
    {
        ArgumentNullException.ThrowIfNull(key);
        return RenewNowAsync(key, token);
    }

    /// <summary>Removes a value, and blocks until it is removed.</summary>
    /// <param name="key">The key: any text.</param>
    /// <exception cref="ArgumentNullException"><paramref name="key"/> is null.</exception>
    /// <exception cref="MemcachedException">memcached failed, and the options do not say that this is ignored.</exception>
    public void Remove(string key)
    {
        ArgumentNullException.ThrowIfNull(key);
        try
        {
            Wait(Delete(key, default));
        }
        catch (MemcachedException failure) when (Ignores(failure))
        {
        }
    }

    /// <summary>Removes a value.</summary>
    /// <param name="key">The key: any text.</param>
    /// <param name="token">Cancels the wait; the value may still be removed.</param>
    /// <exception cref="ArgumentNullException"><paramref name="key"/> is null.</exception>
    /// <exception cref="MemcachedException">memcached failed, and the options do not say that this is ignored.</exception>
    public Task RemoveAsync(string key, CancellationToken token = default)
    {
        ArgumentNullException.ThrowIfNull(key);
        return DeleteAsync(key, token);
    }

    private EntryLifetime? LifetimeOf(DistributedCacheEntryOptions options) => EntryLifetime.Of(options, _time.GetUtcNow());

    // False when nothing is to be stored, and what was stored before is to be removed.
    private bool TryBeginStore(string key, in ReadOnlySequence<byte> value, in EntryLifetime? lifetime, CancellationToken token, out ValueTask stored)
    {
        stored = default;
        if (lifetime is not { } life)
        {
            return false;
        }

        var content = new EntryContent(value, life.Deadline);
        if (_skipsTooLarge && content.Length > _pool.MaxValueLength)
        {
            WarnOfTooLarge(value.Length);
            return false;
        }

        stored = Store(key, content, life, token);
        return true;
    }

    private async Task StoreAsync(string key, ReadOnlySequence<byte> value, EntryLifetime? lifetime, CancellationToken token)
    {
        try
        {
            if (TryBeginStore(key, value, lifetime, token, out var stored))
            {
                await stored.ConfigureAwait(false);
            }
            else
            {
                await Delete(key, token).ConfigureAwait(false);
            }
        }
        catch (MemcachedServerException refusal) when (refusal.IsValueTooLarge && _skipsTooLarge)
        {
            await DeleteAsync(key, token).ConfigureAwait(false);
            WarnOfTooLarge(value.Length);
        }
        catch (MemcachedException failure) when (Ignores(failure))
        {
        }
    }

    private async Task RenewNowAsync(string key, CancellationToken token)
    {
        try
        {
            if (await ReadInfo(key, token).ConfigureAwait(false) is not { } info)
            {
                return;
            }

            var renewal = EntryFlags.HasDeadline(info.Flags)
                ? (await ReadLifetime(key, token).ConfigureAwait(false)).Value.Renewal
                : EntryFlags.Renewal(info, null);
            if (renewal > 0)
            {
                await Touch(key, renewal, token).ConfigureAwait(false);
            }
        }
        catch (MemcachedException failure) when (Ignores(failure))
        {
        }
    }

    private async Task DeleteAsync(string key, CancellationToken token)
    {
        try
        {
            await Delete(key, token).ConfigureAwait(false);
        }
        catch (MemcachedException failure) when (Ignores(failure))
        {
        }
    }

    private void WarnOfTooLarge(long length)
    {
        if (_tooLargeWarning.IsDue())
        {
            _logger.ValueTooLarge(length);
        }
    }
}
