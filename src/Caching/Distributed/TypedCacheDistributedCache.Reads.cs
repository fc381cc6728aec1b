using System.Buffers;
using System.Runtime.CompilerServices;

namespace TypedCache.Caching;

public sealed partial class TypedCacheDistributedCache
{
    /// <summary>Reads a value, and blocks until it is there.</summary>
    /// <param name="key">The key: any text.</param>
    /// <returns>The value, or null for a miss.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="key"/> is null.</exception>
    /// <exception cref="MemcachedException">memcached failed, and the options do not say that this is a miss.</exception>
    public byte[]? Get(string key)
    {
        ArgumentNullException.ThrowIfNull(key);
        try
        {
            return Take(key, Wait(ReadArray(key, default))).Value;
        }
        catch (MemcachedException failure) when (Ignores(failure))
        {
            return null;
        }
    }

    /// <summary>Reads a value.</summary>
    /// <param name="key">The key: any text.</param>
    /// <param name="token">Cancels the wait.</param>
    /// <returns>The value, or null for a miss.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="key"/> is null.</exception>
    /// <exception cref="MemcachedException">memcached failed, and the options do not say that this is a miss.</exception>
    public Task<byte[]?> GetAsync(string key, CancellationToken token = default)
    {
        ArgumentNullException.ThrowIfNull(key);
        return ReadArrayAsync(key, token);
    }

    /// <summary>Reads a value into a buffer, and blocks until it is there.</summary>
    /// <param name="key">The key: any text.</param>
    /// <param name="destination">Takes the value, straight from the buffer in which it was received; nothing for a miss.</param>
    /// <returns>Whether there is a value.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="MemcachedException">memcached failed, and the options do not say that this is a miss.</exception>
    public bool TryGet(string key, IBufferWriter<byte> destination)
    {
        ArgumentNullException.ThrowIfNull(key);
        ArgumentNullException.ThrowIfNull(destination);
        try
        {
            return Take(key, Wait(ReadInto(key, destination, default))).IsThere;
        }
        catch (MemcachedException failure) when (Ignores(failure))
        {
            return false;
        }
    }

    /// <summary>Reads a value into a buffer.</summary>
    /// <param name="key">The key: any text.</param>
    /// <param name="destination">Takes the value, straight from the buffer in which it was received; nothing for a miss.</param>
    /// <param name="token">Cancels the wait.</param>
    /// <returns>Whether there is a value.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="MemcachedException">memcached failed, and the options do not say that this is a miss.</exception>
    public ValueTask<bool> TryGetAsync(string key, IBufferWriter<byte> destination, CancellationToken token = default)
    {
        ArgumentNullException.ThrowIfNull(key);
        ArgumentNullException.ThrowIfNull(destination);
        return ReadIntoAsync(key, destination, token);
    }

    private async Task<byte[]?> ReadArrayAsync(string key, CancellationToken token)
    {
        try
        {
            return Take(key, await ReadArray(key, token).ConfigureAwait(false)).Value;
        }
        catch (MemcachedException failure) when (Ignores(failure))
        {
            return null;
        }
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<bool> ReadIntoAsync(string key, IBufferWriter<byte> destination, CancellationToken token)
    {
        try
        {
            return Take(key, await ReadInto(key, destination, token).ConfigureAwait(false)).IsThere;
        }
        catch (MemcachedException failure) when (Ignores(failure))
        {
            return false;
        }
    }

    // The caller does not wait for the renewal: it is on its way with the next requests.
    private EntryRead Take(string key, in CacheValue<EntryRead> read)
    {
        var entry = read.Value;
        if (entry.Renewal > 0)
        {
            _ = RenewAsync(key, entry.Renewal);
        }

        return entry;
    }

    private async Task RenewAsync(string key, long seconds)
    {
        try
        {
            await Touch(key, seconds, CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception failure) when (failure is MemcachedException or ObjectDisposedException)
        {
            // The next read tries again.
            _logger.RenewalFailed(failure);
        }
    }
}
