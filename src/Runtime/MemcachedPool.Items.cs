using TypedCache.Keys;
using TypedCache.Pool.Moves;
using TypedCache.Pool.Operations;
using TypedCache.Protocol;
using TypedCache.Telemetry;
using TypedCache.Values;

namespace TypedCache;

// Items as they are stored: for callers with a format of their own.
public sealed partial class MemcachedPool
{
    /// <summary>The longest value that is read or written, in bytes (<see cref="MemcachedPoolOptions.MaxValueLength"/>).</summary>
    public int MaxValueLength => _pipeline.MaxLength;

    /// <summary>Reads an item as it is stored: bytes, client flags and the time it has left, whatever the pool's dialect and compression are.</summary>
    /// <remarks>
    /// The classic protocol does not say how much time is left: <see cref="ItemInfo.TimeLeft"/> is null then.
    /// </remarks>
    /// <param name="key">The key, 1 to 250 bytes without spaces and control characters.</param>
    /// <param name="state">What is passed along to <paramref name="read"/>.</param>
    /// <param name="read">
    /// Reads the item, when the result is taken. The bytes are in the buffer in which they were received: nothing copies them before.
    /// What it throws, the caller gets.
    /// </param>
    /// <param name="cancellationToken">Cancels the wait; the connection stays in step.</param>
    /// <param name="template">What the key is called in metrics and traces; null: it is told apart from no others.</param>
    /// <returns>What <paramref name="read"/> returned, without a CAS number, or a miss.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="read"/> is null.</exception>
    public ValueTask<CacheValue<T>> GetItemAsync<TState, T>(
        ReadOnlySpan<byte> key, TState state, ItemReader<TState, T> read, CancellationToken cancellationToken = default, KeyTemplate? template = null)
    {
        ThrowIfDisposed();
        ArgumentNullException.ThrowIfNull(read);
        if (cancellationToken.IsCancellationRequested)
        {
            return ValueTask.FromCanceled<CacheValue<T>>(cancellationToken);
        }

        var operation = OperationPool<ItemOperation<TState, T>>.Rent();
        _sender.Begin(operation, Verb.GetItem, key, template);
        operation.Expect(read, state);
        operation.Route.MissOnFailure = _missOnFailure;
        operation.Record = _telemetry.Begin(CallKind.Get, template, key);
        var router = _sender.Router;
        var source = MovedReads.FindSource(router, operation.Request.Key);
        var again = source is null ? null : AskFormerItem(operation.Request.Key, source, state, read, template, cancellationToken);
        _sender.Send(operation, router, cancellationToken);
        return again is null ? operation.AsCacheValue() : MovedReads.ElseAsync(operation.AsCacheValue(), static value => value.Found, again, router.Moves!);
    }

    /// <inheritdoc cref="GetItemAsync{TState, T}(ReadOnlySpan{byte}, TState, ItemReader{TState, T}, CancellationToken, KeyTemplate)"/>
    public ValueTask<CacheValue<T>> GetItemAsync<TState, T>(
        string key, TState state, ItemReader<TState, T> read, CancellationToken cancellationToken = default, KeyTemplate? template = null) =>
        GetItemAsync(Encode(key, stackalloc byte[CacheKeyWriter.StackSize], template), state, read, cancellationToken, template);

    /// <summary>Reads what the server says of an item, without its bytes.</summary>
    /// <remarks>In the classic protocol the server sends the bytes all the same, and does not say how much time is left.</remarks>
    /// <param name="key">The key, 1 to 250 bytes without spaces and control characters.</param>
    /// <param name="cancellationToken">Cancels the wait; the connection stays in step.</param>
    /// <param name="template">What the key is called in metrics and traces; null: it is told apart from no others.</param>
    /// <returns>What the server says, or null for a miss.</returns>
    public ValueTask<ItemInfo?> GetItemInfoAsync(ReadOnlySpan<byte> key, CancellationToken cancellationToken = default, KeyTemplate? template = null)
    {
        ThrowIfDisposed();
        if (cancellationToken.IsCancellationRequested)
        {
            return ValueTask.FromCanceled<ItemInfo?>(cancellationToken);
        }

        var operation = OperationPool<ItemInfoOperation>.Rent();
        _sender.Begin(operation, Verb.InspectItem, key, template);
        operation.Route.MissOnFailure = _missOnFailure;
        operation.Record = _telemetry.Begin(CallKind.Exists, template, key);
        var router = _sender.Router;
        var source = MovedReads.FindSource(router, operation.Request.Key);
        var again = source is null ? null : AskFormerInfo(operation.Request.Key, source, template, cancellationToken);
        _sender.Send(operation, router, cancellationToken);
        return again is null ? operation.AsInfo() : MovedReads.ElseAsync(operation.AsInfo(), static info => info is not null, again, router.Moves!);
    }

    /// <inheritdoc cref="GetItemInfoAsync(ReadOnlySpan{byte}, CancellationToken, KeyTemplate)"/>
    public ValueTask<ItemInfo?> GetItemInfoAsync(string key, CancellationToken cancellationToken = default, KeyTemplate? template = null) =>
        GetItemInfoAsync(Encode(key, stackalloc byte[CacheKeyWriter.StackSize], template), cancellationToken, template);

    /// <summary>Stores an item with bytes and client flags of the caller's own, whatever the pool's dialect and compression are.</summary>
    /// <remarks>
    /// Give an item without bytes flags other than 0: without either, it is taken for the placeholder of a value that is being created,
    /// as long as <c>GetOrCreate</c> refreshes it.
    /// </remarks>
    /// <param name="key">The key, 1 to 250 bytes without spaces and control characters.</param>
    /// <param name="state">What is passed along to <paramref name="write"/>.</param>
    /// <param name="write">Writes the bytes, before this returns. What it throws, the caller gets, and nothing is sent.</param>
    /// <param name="flags">The client flags. Codecs read the item by what they mean in the pool's dialect.</param>
    /// <param name="expires">When the item expires; never by default.</param>
    /// <param name="cancellationToken">Cancels the wait; the item may still be stored.</param>
    /// <param name="template">What the key is called in metrics and traces; null: it is told apart from no others.</param>
    /// <exception cref="ArgumentNullException"><paramref name="write"/> is null.</exception>
    /// <exception cref="ArgumentException">There are more bytes than <see cref="MaxValueLength"/>.</exception>
    /// <exception cref="MemcachedServerException">The server refused it; <see cref="MemcachedServerException.IsValueTooLarge"/> says if for its size.</exception>
    public ValueTask SetItemAsync<TState>(
        ReadOnlySpan<byte> key, TState state, ItemWriter<TState> write, uint flags, CacheExpiry expires = default, CancellationToken cancellationToken = default, KeyTemplate? template = null)
    {
        ArgumentNullException.ThrowIfNull(write);
        if (cancellationToken.IsCancellationRequested)
        {
            return ValueTask.FromCanceled(cancellationToken);
        }

        var operation = Begin(Verb.Set, key, template);
        write(operation.Request.Payload, state);
        _pipeline.CheckLength(operation.Request.Payload);
        operation.Request.Flags = flags;
        operation.Request.Expiry = expires.ToWire(_time);
        operation.Record = _telemetry.Begin(CallKind.Set, template, key);
        var companions = _redundancy.Send(operation, cancellationToken);
        return companions is null ? operation.AsTask() : new ValueTask(companions.AwaitAsync(operation.AsBoolean()).AsTask());
    }

    /// <inheritdoc cref="SetItemAsync{TState}(ReadOnlySpan{byte}, TState, ItemWriter{TState}, uint, CacheExpiry, CancellationToken, KeyTemplate)"/>
    public ValueTask SetItemAsync<TState>(
        string key, TState state, ItemWriter<TState> write, uint flags, CacheExpiry expires = default, CancellationToken cancellationToken = default, KeyTemplate? template = null) =>
        SetItemAsync(Encode(key, stackalloc byte[CacheKeyWriter.StackSize], template), state, write, flags, expires, cancellationToken, template);

    private Func<ValueTask<CacheValue<T>>> AskFormerItem<TState, T>(
        ReadOnlySpan<byte> key, MemcachedServer source, TState state, ItemReader<TState, T> read, KeyTemplate? template, CancellationToken cancellationToken)
    {
        var copy = key.ToArray();
        return () =>
        {
            var operation = OperationPool<ItemOperation<TState, T>>.Rent();
            operation.Begin(Verb.GetItem, copy, template);
            operation.Expect(read, state);
            var item = operation.AsCacheValue();
            _sender.SendTo(source, operation, cancellationToken);
            return item;
        };
    }

    private Func<ValueTask<ItemInfo?>> AskFormerInfo(ReadOnlySpan<byte> key, MemcachedServer source, KeyTemplate? template, CancellationToken cancellationToken)
    {
        var copy = key.ToArray();
        return () =>
        {
            var operation = OperationPool<ItemInfoOperation>.Rent();
            operation.Begin(Verb.InspectItem, copy, template);
            var info = operation.AsInfo();
            _sender.SendTo(source, operation, cancellationToken);
            return info;
        };
    }
}
