using TypedCache.Keys;
using TypedCache.Pool;
using TypedCache.Protocol;
using TypedCache.Telemetry;
using TypedCache.Values;

namespace TypedCache;

public sealed partial class MemcachedPool
{
    // Keys that are passed as text are their own items.
    private static BatchKey<int, string> WholeKey => static (ref writer, _, key) => writer.AppendWhole(key);

    /// <summary>Reads many values: one multi-get per server, all in parallel.</summary>
    /// <remarks>
    /// A value that cannot be read as <typeparamref name="T"/> is not among those that were found, but in
    /// <see cref="CacheValues{TKey, T}.Unreadable"/>. A server that fails ends the whole call, as it ends the read of one value.
    /// </remarks>
    /// <param name="items">The items, one for each key. Duplicates are fine.</param>
    /// <param name="state">The arguments that all keys share.</param>
    /// <param name="key">Writes the key of an item.</param>
    /// <param name="policy">What happens to arguments that memcached would not accept in a key.</param>
    /// <param name="codec">Reads the values' bytes.</param>
    /// <param name="cancellationToken">Cancels the wait; the connections stay in step.</param>
    /// <param name="template">What the keys are called in metrics and traces; null: they are told apart from no others.</param>
    /// <returns>The values that were found, by item.</returns>
    public ValueTask<CacheValues<TItem, T>> GetManyAsync<TState, TItem, T>(
        IEnumerable<TItem> items, TState state, BatchKey<TState, TItem> key, KeyPolicy policy, ICacheCodec<T> codec, CancellationToken cancellationToken = default, KeyTemplate? template = null)
        where TItem : notnull
    {
        ThrowIfDisposed();
        ArgumentNullException.ThrowIfNull(items);
        ArgumentNullException.ThrowIfNull(key);
        ArgumentNullException.ThrowIfNull(codec);
        if (cancellationToken.IsCancellationRequested)
        {
            return ValueTask.FromCanceled<CacheValues<TItem, T>>(cancellationToken);
        }

        var batch = new PlainBatchRead<TItem, T>(_sender, _sender.Router, _movedReads, _pipeline, codec, _missOnFailure, ExpectedCount(items), _telemetry, template);
        AddKeys(batch, items, state, key, policy, template);
        return batch.ReadAsync(cancellationToken);
    }

    /// <inheritdoc cref="GetManyAsync{TState, TItem, T}(IEnumerable{TItem}, TState, BatchKey{TState, TItem}, KeyPolicy, ICacheCodec{T}, CancellationToken, KeyTemplate)" path="/summary|/remarks"/>
    /// <param name="keys">The keys, each 1 to 250 bytes of UTF-8 without spaces and control characters. Duplicates are fine.</param>
    /// <param name="codec">Reads the values' bytes.</param>
    /// <param name="cancellationToken">Cancels the wait; the connections stay in step.</param>
    /// <param name="template">What the keys are called in metrics and traces; null: they are told apart from no others.</param>
    /// <returns>The values that were found, by key.</returns>
    public ValueTask<CacheValues<string, T>> GetManyAsync<T>(
        IEnumerable<string> keys, ICacheCodec<T> codec, CancellationToken cancellationToken = default, KeyTemplate? template = null) =>
        GetManyAsync(keys, 0, WholeKey, _keyPolicy, codec, cancellationToken, template);

    /// <summary>Reads many values together with their CAS numbers: one multi-get per server, all in parallel.</summary>
    /// <inheritdoc cref="GetManyAsync{TState, TItem, T}(IEnumerable{TItem}, TState, BatchKey{TState, TItem}, KeyPolicy, ICacheCodec{T}, CancellationToken, KeyTemplate)" path="/remarks|/param"/>
    /// <returns>The values that were found and their CAS numbers, by item.</returns>
    public ValueTask<CacheValues<TItem, CacheValue<T>>> GetManyValuesAsync<TState, TItem, T>(
        IEnumerable<TItem> items, TState state, BatchKey<TState, TItem> key, KeyPolicy policy, ICacheCodec<T> codec, CancellationToken cancellationToken = default, KeyTemplate? template = null)
        where TItem : notnull
    {
        ThrowIfDisposed();
        ArgumentNullException.ThrowIfNull(items);
        ArgumentNullException.ThrowIfNull(key);
        ArgumentNullException.ThrowIfNull(codec);
        if (cancellationToken.IsCancellationRequested)
        {
            return ValueTask.FromCanceled<CacheValues<TItem, CacheValue<T>>>(cancellationToken);
        }

        var batch = new CasBatchRead<TItem, T>(_sender, _sender.Router, _movedReads, _pipeline, codec, _missOnFailure, ExpectedCount(items), _telemetry, template);
        AddKeys(batch, items, state, key, policy, template);
        return batch.ReadAsync(cancellationToken);
    }

    /// <inheritdoc cref="GetManyValuesAsync{TState, TItem, T}" path="/summary|/remarks"/>
    /// <inheritdoc cref="GetManyAsync{T}(IEnumerable{string}, ICacheCodec{T}, CancellationToken, KeyTemplate)" path="/param"/>
    /// <returns>The values that were found and their CAS numbers, by key.</returns>
    public ValueTask<CacheValues<string, CacheValue<T>>> GetManyValuesAsync<T>(
        IEnumerable<string> keys, ICacheCodec<T> codec, CancellationToken cancellationToken = default, KeyTemplate? template = null) =>
        GetManyValuesAsync(keys, 0, WholeKey, _keyPolicy, codec, cancellationToken, template);

    /// <summary>Tells which of many values there are, without reading them; on all servers in parallel.</summary>
    /// <inheritdoc cref="GetManyAsync{TState, TItem, T}(IEnumerable{TItem}, TState, BatchKey{TState, TItem}, KeyPolicy, ICacheCodec{T}, CancellationToken, KeyTemplate)" path="/param[@name='items' or @name='state' or @name='key' or @name='policy' or @name='cancellationToken']"/>
    /// <returns>The items of those that there are.</returns>
    public ValueTask<HashSet<TItem>> ExistsManyAsync<TState, TItem>(
        IEnumerable<TItem> items, TState state, BatchKey<TState, TItem> key, KeyPolicy policy, CancellationToken cancellationToken = default, KeyTemplate? template = null)
        where TItem : notnull =>
        cancellationToken.IsCancellationRequested
            ? ValueTask.FromCanceled<HashSet<TItem>>(cancellationToken)
            : PrepareKeys(Verb.Exists, CallKind.ExistsMany, items, state, key, policy, template).FindAsync(cancellationToken);

    /// <inheritdoc cref="ExistsManyAsync{TState, TItem}" path="/summary"/>
    /// <inheritdoc cref="GetManyAsync{T}(IEnumerable{string}, ICacheCodec{T}, CancellationToken, KeyTemplate)" path="/param[@name='keys' or @name='cancellationToken']"/>
    /// <returns>The keys of those that there are.</returns>
    public ValueTask<HashSet<string>> ExistsManyAsync(IEnumerable<string> keys, CancellationToken cancellationToken = default, KeyTemplate? template = null) =>
        ExistsManyAsync(keys, 0, WholeKey, _keyPolicy, cancellationToken, template);

    private static int ExpectedCount<TItem>(IEnumerable<TItem> items) => items.TryGetNonEnumeratedCount(out var count) ? count : 0;

    private void AddKeys<TState, TItem>(BatchRequest<TItem> batch, IEnumerable<TItem> items, TState state, BatchKey<TState, TItem> key, KeyPolicy policy, KeyTemplate? template)
        where TItem : notnull
    {
        Span<byte> buffer = stackalloc byte[CacheKeyWriter.StackSize];
        Span<byte> onWire = stackalloc byte[CacheKeyWriter.StackSize];
        foreach (var item in items)
        {
            batch.Add(item, WriteKey(item, state, key, policy, template, buffer, onWire));
        }
    }

    private ReadOnlySpan<byte> WriteKey<TState, TItem>(
        TItem item, TState state, BatchKey<TState, TItem> key, KeyPolicy policy, KeyTemplate? template, Span<byte> buffer, Span<byte> onWire)
    {
        var writer = new CacheKeyWriter(buffer, policy, MaxKeyLength) { ShownAs = KeyTemplate.Cover(template) };
        key(ref writer, state, item);
        return _sender.ToWire(writer.Finish(), onWire, template);
    }
}
