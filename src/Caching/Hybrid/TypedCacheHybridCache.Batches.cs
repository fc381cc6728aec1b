using Microsoft.Extensions.Caching.Hybrid;
using TypedCache.Keys;

namespace TypedCache.Caching;

public sealed partial class TypedCacheHybridCache
{
    /// <summary>
    /// Reads many values, from all servers in parallel, and creates the missing ones with one call. One caller in the fleet creates each
    /// value, and the others wait for it.
    /// </summary>
    /// <param name="keys">The keys. Duplicates are fine.</param>
    /// <param name="create">
    /// Creates the values of the keys it gets; those it leaves out do not exist. Its token is cancelled when nobody waits for any of them
    /// any more.
    /// </param>
    /// <param name="options">What applies instead of the default options.</param>
    /// <param name="cancellationToken">Cancels this caller's wait, and nobody else's.</param>
    /// <returns>The values that were found or created, by key.</returns>
    /// <remarks>
    /// With flags that leave out reading, storing or creating, callers do not share a create function. Where the servers of some keys cannot be reached, their
    /// values are created and not stored.
    /// </remarks>
    /// <exception cref="InvalidOperationException">The type has no serializer.</exception>
    public async ValueTask<Dictionary<string, T>> GetOrCreateManyAsync<T>(
        IEnumerable<string> keys,
        Func<IReadOnlyList<string>, CancellationToken, ValueTask<IReadOnlyDictionary<string, T>>> create,
        HybridCacheEntryOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(keys);
        ArgumentNullException.ThrowIfNull(create);
        cancellationToken.ThrowIfCancellationRequested();
        var call = _defaults.Join(options);
        var wanted = keys.ToHashSet(StringComparer.Ordinal);
        var uncached = wanted.Where(key => !_keys.Accept(key)).ToList();
        wanted.ExceptWith(uncached);
        var type = _types.Of<T>();
        var values = call is { Reads: true, Writes: true, Creates: true }
            ? await LeaseManyAsync(wanted, create, type, call, cancellationToken).ConfigureAwait(false)
            : await CreateManyAsideAsync(wanted, create, type, call, cancellationToken).ConfigureAwait(false);
        if (uncached.Count > 0 && call.Creates)
        {
            Add(values, uncached, await create(uncached, cancellationToken).ConfigureAwait(false));
        }

        return values;
    }

    private static void Add<T>(Dictionary<string, T> values, List<string> keys, IReadOnlyDictionary<string, T> created)
    {
        foreach (var key in keys)
        {
            if (created.TryGetValue(key, out var value))
            {
                values[key] = value;
            }
        }
    }

    private async ValueTask<Dictionary<string, T>> LeaseManyAsync<T>(
        HashSet<string> keys, Func<IReadOnlyList<string>, CancellationToken, ValueTask<IReadOnlyDictionary<string, T>>> create, HybridType<T> type, HybridCall call, CancellationToken cancellationToken)
    {
        var shared = await _pool.GetOrCreateManyTaggedAsync(
            keys, this, KeyOfBatch, TagsOfBatch, KeyPolicy.Escape, ShareManyAsync, type.CopiedCodec(call.Compresses), _creation, _tagOptions, call.Expires, cancellationToken, _template).ConfigureAwait(false);
        return shared.ToDictionary(pair => pair.Key, pair => type.Take(pair.Value), StringComparer.Ordinal);

        async ValueTask<IReadOnlyDictionary<string, HybridValue<T>>> ShareManyAsync(IReadOnlyList<string> missing, CancellationToken token)
        {
            var created = await create(missing, token).ConfigureAwait(false);
            return created.ToDictionary(pair => pair.Key, pair => type.Share(pair.Value), StringComparer.Ordinal);
        }
    }

    private async ValueTask<Dictionary<string, T>> CreateManyAsideAsync<T>(
        HashSet<string> keys, Func<IReadOnlyList<string>, CancellationToken, ValueTask<IReadOnlyDictionary<string, T>>> create, HybridType<T> type, HybridCall call, CancellationToken cancellationToken)
    {
        var values = call.Reads ? await ReadManyAsync(keys, type, cancellationToken).ConfigureAwait(false) : [];
        var missing = keys.Where(key => !values.ContainsKey(key)).ToList();
        if (missing.Count == 0 || !call.Creates)
        {
            return values;
        }

        var before = call.Writes ? await TrySnapshotAsync(type.Codec(call.Compresses), cancellationToken).ConfigureAwait(false) : null;
        Add(values, missing, await create(missing, cancellationToken).ConfigureAwait(false));
        if (before is not null)
        {
            await Task.WhenAll(missing.Where(values.ContainsKey).Select(key => StoreAsync(
                key, IgnoreResultAsync(Set(key, values[key], before, call, cancellationToken)), cancellationToken).AsTask())).ConfigureAwait(false);
        }

        return values;
    }

    private async ValueTask<Dictionary<string, T>> ReadManyAsync<T>(HashSet<string> keys, HybridType<T> type, CancellationToken cancellationToken)
    {
        try
        {
            return await _pool.GetManyTaggedAsync(
                keys, this, KeyOfBatch, TagsOfBatch, KeyPolicy.Escape, type.Codec(compresses: true), _tagOptions, near: null, cancellationToken, _template).ConfigureAwait(false);
        }
        catch (MemcachedException exception)
        {
            _log.ReadFailed(exception);
            return [];
        }
    }
}
