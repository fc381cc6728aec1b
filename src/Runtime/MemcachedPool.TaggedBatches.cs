using System.Runtime.CompilerServices;
using TypedCache.Creation;
using TypedCache.Keys;
using TypedCache.Tags;
using TypedCache.Telemetry;
using TypedCache.Transport;

namespace TypedCache;

public sealed partial class MemcachedPool
{
    /// <summary>
    /// Reads many values with tags, from all servers in parallel. They and the versions of all their tags, each once, where they are not kept in
    /// this process, are asked for at once.
    /// </summary>
    /// <inheritdoc cref="GetManyAsync{TState, TItem, T}(IEnumerable{TItem}, TState, BatchKey{TState, TItem}, KeyPolicy, Values.ICacheCodec{T}, CancellationToken, KeyTemplate)" path="/remarks"/>
    /// <param name="items">The items, one for each key. Duplicates are fine.</param>
    /// <param name="state">The arguments that all keys share.</param>
    /// <param name="key">Writes the key of an item.</param>
    /// <param name="tags">Writes the keys of an item's tags, at most 8, in the same order as in all calls for the key.</param>
    /// <param name="policy">What happens to arguments that memcached would not accept in a key.</param>
    /// <param name="codec">Reads the values' bytes.</param>
    /// <param name="tagOptions">How the tags are looked at.</param>
    /// <param name="near">For how long a value that was read is given out without asking its server; null: the servers are asked.</param>
    /// <param name="cancellationToken">Cancels the wait; the connections stay in step.</param>
    /// <param name="template">What the keys are called in metrics and traces; null: they are told apart from no others.</param>
    /// <returns>The values that were found, by item. Those of which a tag was invalidated or removed since they were stored are not among them (but see <see cref="TagOptions.ServesInvalidated"/>).</returns>
    public ValueTask<CacheValues<TItem, T>> GetManyTaggedAsync<TState, TItem, T>(
        IEnumerable<TItem> items, TState state, BatchKey<TState, TItem> key, TagKeysOf<TState, TItem> tags, KeyPolicy policy, TaggedCodec<T> codec, TagOptions tagOptions, NearOptions? near = null, CancellationToken cancellationToken = default, KeyTemplate? template = null)
        where TItem : notnull
    {
        ThrowIfDisposed();
        CheckTaggedBatch(items, key, tags, codec);
        ArgumentNullException.ThrowIfNull(tagOptions);
        if (cancellationToken.IsCancellationRequested)
        {
            return ValueTask.FromCanceled<CacheValues<TItem, T>>(cancellationToken);
        }

        var batch = BatchTags<TItem>.Of(items, state, tags, MaxKeyLength);
        var judge = new BatchJudge<TItem>(Tagging.Commands, batch, tagOptions.Near, isPlain: true);
        var sends = SendBatch.Begin();
        try
        {
            return FinishTaggedBatchAsync(
                near is null
                    ? GetManyAsync(batch.Items, state, key, policy, codec.Stored, cancellationToken, template)
                    : GetManyAsync(batch.Items, state, key, policy, codec.Stored, near, cancellationToken, template),
                judge.ReadAsync(cancellationToken),
                judge,
                tagOptions,
                cancellationToken);
        }
        finally
        {
            sends.End();
        }
    }

    /// <summary>
    /// Reads many values with tags, from all servers in parallel, and creates the missing ones with one call, as <see cref="GetOrCreateManyAsync"/>
    /// does. A value of which a tag was invalidated is a stale one, and one of which a tag was removed is missing.
    /// </summary>
    /// <param name="keys">The items, one for each key. Duplicates are fine.</param>
    /// <param name="state">The arguments that all keys share.</param>
    /// <param name="key">Writes the key of an item.</param>
    /// <param name="tags">Writes the keys of an item's tags, at most 8, in the same order as in all calls for the key.</param>
    /// <param name="policy">What happens to arguments that memcached would not accept in a key.</param>
    /// <param name="create">
    /// Creates the values of the keys it gets, on the thread pool; those it leaves out do not exist. Its token is cancelled when nobody
    /// waits for any of them any more, or the pool is disposed.
    /// </param>
    /// <param name="codec">Writes and reads the values' bytes.</param>
    /// <param name="options">How the values are stored, and how callers wait.</param>
    /// <param name="tagOptions">How the tags are looked at.</param>
    /// <param name="expires">When created values expire; by default as the options say.</param>
    /// <param name="cancellationToken">Cancels this caller's wait, and nobody else's.</param>
    /// <param name="template">What the keys are called in metrics and traces; null: they are told apart from no others.</param>
    /// <returns>The values that were found or created, by item.</returns>
    public ValueTask<Dictionary<TKey, T>> GetOrCreateManyTaggedAsync<TKey, TState, T>(
        IEnumerable<TKey> keys,
        TState state,
        BatchKey<TState, TKey> key,
        TagKeysOf<TState, TKey> tags,
        KeyPolicy policy,
        Func<IReadOnlyList<TKey>, CancellationToken, ValueTask<IReadOnlyDictionary<TKey, T>>> create,
        TaggedCodec<T> codec,
        GetOrCreateOptions options,
        TagOptions tagOptions,
        CacheExpiry? expires = null,
        CancellationToken cancellationToken = default, KeyTemplate? template = null)
        where TKey : notnull
    {
        ThrowIfDisposed();
        CheckTaggedBatch(keys, key, tags, codec);
        ArgumentNullException.ThrowIfNull(create);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(tagOptions);
        options.Validate();
        if (cancellationToken.IsCancellationRequested)
        {
            return ValueTask.FromCanceled<Dictionary<TKey, T>>(cancellationToken);
        }

        var batch = BatchTags<TKey>.Of(keys, state, tags, MaxKeyLength);
        var check = new TaggedBatchCheck<TKey, T>(Tagging.Commands, Tagging.Stamps, batch, create, codec, options, tagOptions);
        return check.RunAsync(
            items =>
            {
                var creation = new BatchCreation<TKey, Tagged<T>>(
                    _broker, _leases, check.CreateAsync, codec.Stored, options, expires, items.Count, new CreationTelemetry(_telemetry, template), check);
                AddKeys(creation.Begin(), items, state, key, policy, template);
                return creation.RunAsync(cancellationToken);
            },
            cancellationToken);
    }

    [AsyncMethodBuilder(typeof(CallMethodBuilder<>))]
    private static async ValueTask<CacheValues<TItem, T>> FinishTaggedBatchAsync<TItem, T>(
        ValueTask<CacheValues<TItem, Tagged<T>>> reading, ValueTask<ulong[]> versions, BatchJudge<TItem> judge, TagOptions options, CancellationToken cancellationToken)
        where TItem : notnull
    {
        var (found, now) = await TagCommands.BothAsync(reading, versions).ConfigureAwait(false);
        KeyValuePair<TItem, Tagged<T>>[] values = [.. found];
        var verdicts = await judge.JudgeAsync(values, now, cancellationToken).ConfigureAwait(false);
        var result = new CacheValues<TItem, T>(values.Length);
        for (var i = 0; i < values.Length; i++)
        {
            if (TaggedReads.IsGivenOut(verdicts[i], options))
            {
                result[values[i].Key] = values[i].Value.Value!;
            }
        }

        foreach (var (item, exception) in found.Unreadable)
        {
            result.AddUnreadable(item, exception);
        }

        return result;
    }
}
