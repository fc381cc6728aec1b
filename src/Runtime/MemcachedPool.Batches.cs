using System.Runtime.CompilerServices;
using TypedCache.Keys;
using TypedCache.Pool;
using TypedCache.Transport;
using TypedCache.Values;

namespace TypedCache;

public sealed partial class MemcachedPool
{
    /// <summary>Reads many values: one multi-get per server, all in parallel.</summary>
    /// <param name="items">The items, one for each key. Duplicates are fine.</param>
    /// <param name="state">The arguments that all keys share.</param>
    /// <param name="key">Writes the key of an item.</param>
    /// <param name="policy">What happens to arguments that memcached would not accept in a key.</param>
    /// <param name="codec">Reads the values' bytes.</param>
    /// <param name="cancellationToken">Cancels the wait; the connections stay in step.</param>
    /// <returns>The values that were found, by item.</returns>
    public ValueTask<Dictionary<TItem, T>> GetManyAsync<TState, TItem, T>(
        IEnumerable<TItem> items, TState state, BatchKey<TState, TItem> key, KeyPolicy policy, ICacheCodec<T> codec, CancellationToken cancellationToken = default)
        where TItem : notnull
    {
        ThrowIfDisposed();
        ArgumentNullException.ThrowIfNull(items);
        ArgumentNullException.ThrowIfNull(key);
        ArgumentNullException.ThrowIfNull(codec);
        if (cancellationToken.IsCancellationRequested)
        {
            return ValueTask.FromCanceled<Dictionary<TItem, T>>(cancellationToken);
        }

        var expected = items.TryGetNonEnumeratedCount(out var count) ? count : 0;
        var batch = new BatchRead<TItem, T>(_sender, _router, _pipeline, codec, _missOnFailure, expected);
        AddKeys(batch, items, state, key, policy);
        return batch.ReadAsync(cancellationToken);
    }

    /// <summary>Reads many values: one multi-get per server, all in parallel.</summary>
    /// <param name="keys">The keys, each 1 to 250 bytes of UTF-8 without spaces and control characters. Duplicates are fine.</param>
    /// <param name="codec">Reads the values' bytes.</param>
    /// <param name="cancellationToken">Cancels the wait; the connections stay in step.</param>
    /// <returns>The values that were found, by key.</returns>
    public ValueTask<Dictionary<string, T>> GetManyAsync<T>(
        IEnumerable<string> keys, ICacheCodec<T> codec, CancellationToken cancellationToken = default) =>
        GetManyAsync(keys, 0, static (ref writer, _, item) => writer.AppendWhole(item), _keyPolicy, codec, cancellationToken);

    /// <summary>Stores many values, on all servers in parallel.</summary>
    /// <param name="items">The items, one for each key, with their values.</param>
    /// <param name="state">The arguments that all keys share.</param>
    /// <param name="key">Writes the key of an item.</param>
    /// <param name="policy">What happens to arguments that memcached would not accept in a key.</param>
    /// <param name="codec">Writes the values' bytes, before this returns.</param>
    /// <param name="expires">When the values expire; never by default.</param>
    /// <param name="cancellationToken">Cancels the wait; the values may still be stored.</param>
    /// <remarks>If some of the stores fail, the others are still carried out; then the first failure is thrown.</remarks>
    public ValueTask SetManyAsync<TState, TItem, T>(
        IEnumerable<KeyValuePair<TItem, T>> items, TState state, BatchKey<TState, TItem> key, KeyPolicy policy, ICacheCodec<T> codec, CacheExpiry expires = default, CancellationToken cancellationToken = default)
        where TItem : notnull
    {
        ThrowIfDisposed();
        ArgumentNullException.ThrowIfNull(items);
        ArgumentNullException.ThrowIfNull(key);
        var stores = new List<ValueTask>();
        Span<byte> buffer = stackalloc byte[CacheKeyWriter.StackSize];
        var sends = SendBatch.Begin();
        try
        {
            foreach (var (item, value) in items)
            {
                var writer = new CacheKeyWriter(buffer, policy, MaxKeyLength);
                key(ref writer, state, item);
                stores.Add(SetAsync(writer.Finish(), value, codec, expires, cancellationToken));
            }
        }
        finally
        {
            sends.End();
        }

        return WhenAllAsync(stores);
    }

    /// <summary>Removes many values, on all servers in parallel.</summary>
    /// <param name="items">The items, one for each key.</param>
    /// <param name="state">The arguments that all keys share.</param>
    /// <param name="key">Writes the key of an item.</param>
    /// <param name="policy">What happens to arguments that memcached would not accept in a key.</param>
    /// <param name="cancellationToken">Cancels the wait; the operation may still be carried out.</param>
    /// <returns>How many there were.</returns>
    /// <remarks>If some of the deletes fail, the others are still carried out; then the first failure is thrown.</remarks>
    public ValueTask<int> DeleteManyAsync<TState, TItem>(
        IEnumerable<TItem> items, TState state, BatchKey<TState, TItem> key, KeyPolicy policy, CancellationToken cancellationToken = default)
        where TItem : notnull
    {
        ThrowIfDisposed();
        ArgumentNullException.ThrowIfNull(items);
        ArgumentNullException.ThrowIfNull(key);
        var deletes = new List<ValueTask<bool>>();
        Span<byte> buffer = stackalloc byte[CacheKeyWriter.StackSize];
        var sends = SendBatch.Begin();
        try
        {
            foreach (var item in items)
            {
                var writer = new CacheKeyWriter(buffer, policy, MaxKeyLength);
                key(ref writer, state, item);
                deletes.Add(DeleteAsync(writer.Finish(), cancellationToken));
            }
        }
        finally
        {
            sends.End();
        }

        return CountAsync(deletes);
    }

    /// <summary>Removes many values, on all servers in parallel.</summary>
    /// <param name="keys">The keys, each 1 to 250 bytes of UTF-8 without spaces and control characters.</param>
    /// <param name="cancellationToken">Cancels the wait; the operation may still be carried out.</param>
    /// <returns>How many there were.</returns>
    public ValueTask<int> DeleteManyAsync(IEnumerable<string> keys, CancellationToken cancellationToken = default) =>
        DeleteManyAsync(keys, 0, static (ref writer, _, item) => writer.AppendWhole(item), _keyPolicy, cancellationToken);

    private void AddKeys<TState, TItem>(BatchRequest<TItem> batch, IEnumerable<TItem> items, TState state, BatchKey<TState, TItem> key, KeyPolicy policy)
        where TItem : notnull
    {
        Span<byte> buffer = stackalloc byte[CacheKeyWriter.StackSize];
        Span<byte> onWire = stackalloc byte[CacheKeyWriter.StackSize];
        foreach (var item in items)
        {
            var writer = new CacheKeyWriter(buffer, policy, MaxKeyLength);
            key(ref writer, state, item);
            batch.Add(item, _sender.AddPrefix(writer.Finish(), onWire));
        }
    }

    // Each is awaited even if an earlier one failed: an operation that nobody awaits never returns to its pool.
    [AsyncMethodBuilder(typeof(CallMethodBuilder))]
    private static async ValueTask WhenAllAsync(List<ValueTask> operations)
    {
        Exception? first = null;
        foreach (var operation in operations)
        {
            try
            {
                await operation.ConfigureAwait(false);
            }
            catch (Exception exception)
            {
                first ??= exception;
            }
        }

        Rethrow(first);
    }

    [AsyncMethodBuilder(typeof(CallMethodBuilder<>))]
    private static async ValueTask<int> CountAsync(List<ValueTask<bool>> operations)
    {
        Exception? first = null;
        var count = 0;
        foreach (var operation in operations)
        {
            try
            {
                count += await operation.ConfigureAwait(false) ? 1 : 0;
            }
            catch (Exception exception)
            {
                first ??= exception;
            }
        }

        Rethrow(first);
        return count;
    }

    private static void Rethrow(Exception? exception)
    {
        if (exception is not null)
        {
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(exception);
        }
    }
}
