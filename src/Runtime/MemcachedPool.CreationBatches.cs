using TypedCache.Creation;
using TypedCache.Keys;
using TypedCache.Telemetry;
using TypedCache.Values;

namespace TypedCache;

public sealed partial class MemcachedPool
{
    /// <summary>
    /// Reads many values, from all servers in parallel, and creates the missing ones with one call, so that one caller in the fleet
    /// creates each value. It waits for what others are creating, and refreshes what is stale in the background with one more call.
    /// </summary>
    /// <param name="keys">The items, one for each key. Duplicates are fine.</param>
    /// <param name="state">The arguments that all keys share.</param>
    /// <param name="key">Writes the key of an item.</param>
    /// <param name="policy">What happens to arguments that memcached would not accept in a key.</param>
    /// <param name="create">
    /// Creates the values of the keys it gets, on the thread pool; those it leaves out do not exist. Its token is cancelled when nobody
    /// waits for any of them any more, or the pool is disposed.
    /// </param>
    /// <param name="codec">Writes and reads the values' bytes.</param>
    /// <param name="options">How the values are stored, and how callers wait.</param>
    /// <param name="expires">When created values expire; by default as the options say.</param>
    /// <param name="cancellationToken">Cancels this caller's wait, and nobody else's.</param>
    /// <param name="template">What the keys are called in metrics and traces; null: they are told apart from no others.</param>
    /// <returns>The values that were found or created, by item.</returns>
    public ValueTask<Dictionary<TKey, T>> GetOrCreateManyAsync<TKey, TState, T>(
        IEnumerable<TKey> keys,
        TState state,
        BatchKey<TState, TKey> key,
        KeyPolicy policy,
        Func<IReadOnlyList<TKey>, CancellationToken, ValueTask<IReadOnlyDictionary<TKey, T>>> create,
        ICacheCodec<T> codec,
        GetOrCreateOptions options,
        CacheExpiry? expires = null,
        CancellationToken cancellationToken = default, KeyTemplate? template = null)
        where TKey : notnull
    {
        ThrowIfDisposed();
        ArgumentNullException.ThrowIfNull(keys);
        ArgumentNullException.ThrowIfNull(key);
        ArgumentNullException.ThrowIfNull(create);
        ArgumentNullException.ThrowIfNull(codec);
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        if (cancellationToken.IsCancellationRequested)
        {
            return ValueTask.FromCanceled<Dictionary<TKey, T>>(cancellationToken);
        }

        // All keys are written before the first lease is won: an invalid one ends the call.
        var batch = new BatchCreation<TKey, T>(_broker, _leases, create, codec, options, expires, ExpectedCount(keys), new CreationTelemetry(_telemetry, template));
        AddKeys(batch.Begin(), keys, state, key, policy, template);
        return batch.RunAsync(cancellationToken);
    }
}
