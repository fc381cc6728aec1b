using TypedCache.Creation;
using TypedCache.Keys;
using TypedCache.Values;

namespace TypedCache;

public sealed partial class MemcachedPool
{
    /// <summary>
    /// Reads many values, all servers at once, and creates those which are missing with one call, so that of all callers in the fleet one
    /// creates each value. What others are creating is waited for; what is stale is refreshed in the background with one more call.
    /// </summary>
    /// <param name="keys">What tells the keys apart. Duplicates are fine.</param>
    /// <param name="state">What the keys share.</param>
    /// <param name="key">Writes the key of an item.</param>
    /// <param name="policy">What happens to arguments which memcached would not take in a key.</param>
    /// <param name="create">
    /// Creates the values of the keys it gets, on the thread pool; those it leaves out are not there. Its token is cancelled when nobody
    /// waits for any of them any more, or the pool is disposed.
    /// </param>
    /// <param name="codec">Writes and reads the values' bytes.</param>
    /// <param name="options">How the values are stored, and how callers wait.</param>
    /// <param name="expires">When values which are created expire; as the options say by default.</param>
    /// <param name="cancellationToken">Ends this caller's waiting, and nobody else's.</param>
    /// <returns>The values which were found or created, by item.</returns>
    public ValueTask<Dictionary<TKey, T>> GetOrCreateManyAsync<TKey, TState, T>(
        IEnumerable<TKey> keys,
        TState state,
        BatchKey<TState, TKey> key,
        KeyPolicy policy,
        Func<IReadOnlyList<TKey>, CancellationToken, ValueTask<IReadOnlyDictionary<TKey, T>>> create,
        ICacheCodec<T> codec,
        GetOrCreateOptions options,
        CacheExpiry? expires = null,
        CancellationToken cancellationToken = default)
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

        // All keys are written before the first lease is won: one which is not valid ends the call.
        var plans = new List<BatchPlan<TKey, T>>();
        Span<byte> buffer = stackalloc byte[CacheKeyWriter.StackSize];
        Span<byte> onWire = stackalloc byte[CacheKeyWriter.StackSize];
        foreach (var item in new HashSet<TKey>(keys))
        {
            var writer = new CacheKeyWriter(buffer, policy);
            key(ref writer, state, item);
            plans.Add(new BatchPlan<TKey, T>(item, _sender.AddPrefix(writer.Finish(), onWire).ToArray(), create, codec, options, expires));
        }

        return new BatchCreation<TKey, T>(_broker, _leases, create).RunAsync(plans, cancellationToken);
    }
}
