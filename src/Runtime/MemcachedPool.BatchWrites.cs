using TypedCache.Keys;
using TypedCache.Pool;
using TypedCache.Protocol;
using TypedCache.Telemetry;
using TypedCache.Values;

namespace TypedCache;

public sealed partial class MemcachedPool
{
    /// <summary>Stores many values, whether or not there are any; on all servers in parallel.</summary>
    /// <param name="items">The items, one for each key, with their values.</param>
    /// <param name="state">The arguments that all keys share.</param>
    /// <param name="key">Writes the key of an item.</param>
    /// <param name="policy">What happens to arguments that memcached would not accept in a key.</param>
    /// <param name="codec">Writes the values' bytes, before this returns.</param>
    /// <param name="expires">When the values expire; never by default.</param>
    /// <param name="cancellationToken">Cancels the wait; the values may still be stored.</param>
    /// <param name="template">What the keys are called in metrics and traces; null: they are told apart from no others.</param>
    /// <remarks>
    /// All keys and values are written before anything is sent: if one of them cannot be, nothing is stored. Their bytes, at most 2 GiB,
    /// are in pooled memory until then; each value's is given back when it has been stored. The values of one key are stored in their
    /// order. If a server fails, or refuses a value, all others are still stored; then the first failure is thrown, with the number of
    /// keys that failed and up to three of them in its message.
    /// </remarks>
    /// <exception cref="ArgumentException">Keys and values have more than 2 GiB; nothing is sent.</exception>
    public ValueTask SetManyAsync<TState, TItem, T>(
        IEnumerable<KeyValuePair<TItem, T>> items, TState state, BatchKey<TState, TItem> key, KeyPolicy policy, ICacheCodec<T> codec, CacheExpiry expires = default, CancellationToken cancellationToken = default, KeyTemplate? template = null)
        where TItem : notnull =>
        cancellationToken.IsCancellationRequested
            ? ValueTask.FromCanceled(cancellationToken)
            : PrepareStores(Verb.Set, CallKind.SetMany, items, state, key, policy, codec, expires, template).RunAsync(cancellationToken);

    /// <inheritdoc cref="SetManyAsync{TState, TItem, T}" path="/summary|/remarks|/exception"/>
    /// <param name="values">The values by key; each key is 1 to 250 bytes of UTF-8 without spaces and control characters.</param>
    /// <param name="codec">Writes the values' bytes, before this returns.</param>
    /// <param name="expires">When the values expire; never by default.</param>
    /// <param name="cancellationToken">Cancels the wait; the values may still be stored.</param>
    /// <param name="template">What the keys are called in metrics and traces; null: they are told apart from no others.</param>
    public ValueTask SetManyAsync<T>(
        IEnumerable<KeyValuePair<string, T>> values, ICacheCodec<T> codec, CacheExpiry expires = default, CancellationToken cancellationToken = default, KeyTemplate? template = null) =>
        SetManyAsync(values, 0, WholeKey, _keyPolicy, codec, expires, cancellationToken, template);

    /// <summary>Stores those of many values of which there are none; on all servers in parallel.</summary>
    /// <inheritdoc cref="SetManyAsync{TState, TItem, T}" path="/remarks|/exception|/param"/>
    /// <returns>The items whose values were stored.</returns>
    public ValueTask<HashSet<TItem>> AddManyAsync<TState, TItem, T>(
        IEnumerable<KeyValuePair<TItem, T>> items, TState state, BatchKey<TState, TItem> key, KeyPolicy policy, ICacheCodec<T> codec, CacheExpiry expires = default, CancellationToken cancellationToken = default, KeyTemplate? template = null)
        where TItem : notnull =>
        cancellationToken.IsCancellationRequested
            ? ValueTask.FromCanceled<HashSet<TItem>>(cancellationToken)
            : PrepareStores(Verb.Add, CallKind.AddMany, items, state, key, policy, codec, expires, template).FindAsync(cancellationToken);

    /// <inheritdoc cref="AddManyAsync{TState, TItem, T}" path="/summary|/remarks|/exception"/>
    /// <inheritdoc cref="SetManyAsync{T}(IEnumerable{KeyValuePair{string, T}}, ICacheCodec{T}, CacheExpiry, CancellationToken, KeyTemplate)" path="/param"/>
    /// <returns>The keys whose values were stored.</returns>
    public ValueTask<HashSet<string>> AddManyAsync<T>(
        IEnumerable<KeyValuePair<string, T>> values, ICacheCodec<T> codec, CacheExpiry expires = default, CancellationToken cancellationToken = default, KeyTemplate? template = null) =>
        AddManyAsync(values, 0, WholeKey, _keyPolicy, codec, expires, cancellationToken, template);

    /// <summary>Stores those of many values that have not changed since they were read; on all servers in parallel.</summary>
    /// <param name="items">
    /// The items, one for each key, with their new values and the CAS numbers of what was read: <see cref="CacheValue{T}.With"/>.
    /// </param>
    /// <param name="state">The arguments that all keys share.</param>
    /// <param name="key">Writes the key of an item.</param>
    /// <param name="policy">What happens to arguments that memcached would not accept in a key.</param>
    /// <param name="codec">Writes the values' bytes, before this returns.</param>
    /// <param name="expires">When the values expire; never by default.</param>
    /// <param name="cancellationToken">Cancels the wait; the values may still be stored.</param>
    /// <param name="template">What the keys are called in metrics and traces; null: they are told apart from no others.</param>
    /// <inheritdoc cref="SetManyAsync{TState, TItem, T}" path="/remarks"/>
    /// <returns>What has become of each value, by item.</returns>
    /// <exception cref="ArgumentException">A CAS number is 0, an item comes twice, or the batch is too large; nothing is sent.</exception>
    public ValueTask<Dictionary<TItem, CasResult>> CompareAndSetManyAsync<TState, TItem, T>(
        IEnumerable<KeyValuePair<TItem, CacheValue<T>>> items, TState state, BatchKey<TState, TItem> key, KeyPolicy policy, ICacheCodec<T> codec, CacheExpiry expires = default, CancellationToken cancellationToken = default, KeyTemplate? template = null)
        where TItem : notnull
    {
        ThrowIfDisposed();
        ArgumentNullException.ThrowIfNull(items);
        ArgumentNullException.ThrowIfNull(key);
        ArgumentNullException.ThrowIfNull(codec);
        if (cancellationToken.IsCancellationRequested)
        {
            return ValueTask.FromCanceled<Dictionary<TItem, CasResult>>(cancellationToken);
        }

        Span<byte> buffer = stackalloc byte[CacheKeyWriter.StackSize];
        Span<byte> onWire = stackalloc byte[CacheKeyWriter.StackSize];
        var results = new Dictionary<TItem, CasResult>(ExpectedCount(items));
        var batch = NewBatch<TItem>(Verb.CompareAndSet, CallKind.CompareAndSetMany, ExpectedCount(items), template);
        try
        {
            foreach (var (item, value) in items)
            {
                CheckCompared(item, value.Cas, results, template);
                var written = WriteValidKey(item, state, key, policy, template, buffer, onWire);
                var flags = _pipeline.Encode(codec, value.Value!, batch.Value, template);
                batch.Add(item, written, expires.ToWire(_time), flags, value.Cas);
            }
        }
        catch
        {
            batch.Discard();
            throw;
        }

        return batch.CompareAsync(results, cancellationToken);
    }

    /// <inheritdoc cref="CompareAndSetManyAsync{TState, TItem, T}" path="/summary|/remarks|/exception"/>
    /// <param name="values">The new values and the CAS numbers of what was read, by key: <see cref="CacheValue{T}.With"/>.</param>
    /// <param name="codec">Writes the values' bytes, before this returns.</param>
    /// <param name="expires">When the values expire; never by default.</param>
    /// <param name="cancellationToken">Cancels the wait; the values may still be stored.</param>
    /// <param name="template">What the keys are called in metrics and traces; null: they are told apart from no others.</param>
    /// <returns>What has become of each value, by key.</returns>
    public ValueTask<Dictionary<string, CasResult>> CompareAndSetManyAsync<T>(
        IEnumerable<KeyValuePair<string, CacheValue<T>>> values, ICacheCodec<T> codec, CacheExpiry expires = default, CancellationToken cancellationToken = default, KeyTemplate? template = null) =>
        CompareAndSetManyAsync(values, 0, WholeKey, _keyPolicy, codec, expires, cancellationToken, template);

    /// <summary>Gives many existing values a new expiry; on all servers in parallel.</summary>
    /// <param name="items">The items, one for each key. Duplicates are fine.</param>
    /// <param name="state">The arguments that all keys share.</param>
    /// <param name="key">Writes the key of an item.</param>
    /// <param name="policy">What happens to arguments that memcached would not accept in a key.</param>
    /// <param name="expires">The new expiry.</param>
    /// <param name="cancellationToken">Cancels the wait; the operation may still be carried out.</param>
    /// <param name="template">What the keys are called in metrics and traces; null: they are told apart from no others.</param>
    /// <returns>The items of those that there are.</returns>
    /// <remarks>
    /// All keys are written before anything is sent: if one of them cannot be, nothing is done. If a server fails, all others still do
    /// it; then the first failure is thrown, with the number of keys that failed and up to three of them in its message.
    /// </remarks>
    public ValueTask<HashSet<TItem>> TouchManyAsync<TState, TItem>(
        IEnumerable<TItem> items, TState state, BatchKey<TState, TItem> key, KeyPolicy policy, CacheExpiry expires, CancellationToken cancellationToken = default, KeyTemplate? template = null)
        where TItem : notnull =>
        cancellationToken.IsCancellationRequested
            ? ValueTask.FromCanceled<HashSet<TItem>>(cancellationToken)
            : PrepareKeys(Verb.Touch, CallKind.TouchMany, items, state, key, policy, template, expires).FindAsync(cancellationToken);

    /// <inheritdoc cref="TouchManyAsync{TState, TItem}" path="/summary|/remarks"/>
    /// <param name="keys">The keys, each 1 to 250 bytes of UTF-8 without spaces and control characters. Duplicates are fine.</param>
    /// <param name="expires">The new expiry.</param>
    /// <param name="cancellationToken">Cancels the wait; the operation may still be carried out.</param>
    /// <param name="template">What the keys are called in metrics and traces; null: they are told apart from no others.</param>
    /// <returns>The keys of those that there are.</returns>
    public ValueTask<HashSet<string>> TouchManyAsync(IEnumerable<string> keys, CacheExpiry expires, CancellationToken cancellationToken = default, KeyTemplate? template = null) =>
        TouchManyAsync(keys, 0, WholeKey, _keyPolicy, expires, cancellationToken, template);

    /// <summary>Removes many values; on all servers in parallel.</summary>
    /// <inheritdoc cref="TouchManyAsync{TState, TItem}" path="/remarks|/param[@name!='expires']"/>
    /// <returns>How many there were.</returns>
    public ValueTask<int> DeleteManyAsync<TState, TItem>(
        IEnumerable<TItem> items, TState state, BatchKey<TState, TItem> key, KeyPolicy policy, CancellationToken cancellationToken = default, KeyTemplate? template = null)
        where TItem : notnull
    {
        if (cancellationToken.IsCancellationRequested)
        {
            return ValueTask.FromCanceled<int>(cancellationToken);
        }

        var batch = PrepareKeys(Verb.Delete, CallKind.DeleteMany, items, state, key, policy, template);
        for (var i = 0; i < batch.Count; i++)
        {
            _broker.Forget(batch.KeyOf(i));
        }

        return batch.CountAsync(cancellationToken);
    }

    /// <inheritdoc cref="DeleteManyAsync{TState, TItem}" path="/summary|/remarks|/returns"/>
    /// <inheritdoc cref="TouchManyAsync(IEnumerable{string}, CacheExpiry, CancellationToken, KeyTemplate)" path="/param[@name!='expires']"/>
    public ValueTask<int> DeleteManyAsync(IEnumerable<string> keys, CancellationToken cancellationToken = default, KeyTemplate? template = null) =>
        DeleteManyAsync(keys, 0, WholeKey, _keyPolicy, cancellationToken, template);

    private static void CheckCompared<TItem>(TItem item, ulong cas, Dictionary<TItem, CasResult> results, KeyTemplate? template)
        where TItem : notnull
    {
        if (cas == 0)
        {
            throw new ArgumentException($"The CAS number of '{Shown(item, template)}' is 0, which no stored value has. Pass the Cas of a value that was found.");
        }

        if (!results.TryAdd(item, default))
        {
            throw new ArgumentException($"'{Shown(item, template)}' comes twice: the first store would change the value for the second.");
        }
    }

    private static object Shown<TItem>(TItem item, KeyTemplate? template)
        where TItem : notnull => (object?)KeyTemplate.Cover(template) ?? item;

    private StatusBatch<TItem> NewBatch<TItem>(Verb verb, CallKind kind, int expectedItems, KeyTemplate? template)
        where TItem : notnull => new(_sender, _sender.Router, _redundancy, _movedReads, verb, expectedItems)
        {
            Kind = kind,
            Template = template,
            MissOnFailure = _missOnFailure && verb == Verb.Exists,
            MaxQueuedBytes = _maxQueuedBytes,
        };

    private StatusBatch<TItem> PrepareKeys<TState, TItem>(
        Verb verb, CallKind kind, IEnumerable<TItem> items, TState state, BatchKey<TState, TItem> key, KeyPolicy policy, KeyTemplate? template, CacheExpiry expires = default)
        where TItem : notnull
    {
        ThrowIfDisposed();
        ArgumentNullException.ThrowIfNull(items);
        ArgumentNullException.ThrowIfNull(key);
        Span<byte> buffer = stackalloc byte[CacheKeyWriter.StackSize];
        Span<byte> onWire = stackalloc byte[CacheKeyWriter.StackSize];
        var batch = NewBatch<TItem>(verb, kind, ExpectedCount(items), template);
        try
        {
            foreach (var item in items)
            {
                batch.Add(item, WriteValidKey(item, state, key, policy, template, buffer, onWire), expires.ToWire(_time));
            }

            return batch;
        }
        catch
        {
            batch.Discard();
            throw;
        }
    }

    private StatusBatch<TItem> PrepareStores<TState, TItem, T>(
        Verb verb, CallKind kind, IEnumerable<KeyValuePair<TItem, T>> items, TState state, BatchKey<TState, TItem> key, KeyPolicy policy, ICacheCodec<T> codec, CacheExpiry expires, KeyTemplate? template)
        where TItem : notnull
    {
        ThrowIfDisposed();
        ArgumentNullException.ThrowIfNull(items);
        ArgumentNullException.ThrowIfNull(key);
        ArgumentNullException.ThrowIfNull(codec);
        Span<byte> buffer = stackalloc byte[CacheKeyWriter.StackSize];
        Span<byte> onWire = stackalloc byte[CacheKeyWriter.StackSize];
        var batch = NewBatch<TItem>(verb, kind, ExpectedCount(items), template);
        try
        {
            foreach (var (item, value) in items)
            {
                var written = WriteValidKey(item, state, key, policy, template, buffer, onWire);
                var flags = _pipeline.Encode(codec, value, batch.Value, template);
                batch.Add(item, written, expires.ToWire(_time), flags);
            }

            return batch;
        }
        catch
        {
            batch.Discard();
            throw;
        }
    }

    // The key enters a request when the first of the batch may have been sent.
    private ReadOnlySpan<byte> WriteValidKey<TState, TItem>(
        TItem item, TState state, BatchKey<TState, TItem> key, KeyPolicy policy, KeyTemplate? template, Span<byte> buffer, Span<byte> onWire)
    {
        var written = WriteKey(item, state, key, policy, template, buffer, onWire);
        CacheKeyWriter.Validate(written, KeyTemplate.Cover(template));
        return written;
    }
}
