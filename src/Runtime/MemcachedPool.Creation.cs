using System.Text;
using TypedCache.Creation;
using TypedCache.Keys;
using TypedCache.Pool.Operations;
using TypedCache.Protocol;
using TypedCache.Telemetry;
using TypedCache.Values;

namespace TypedCache;

public sealed partial class MemcachedPool
{
    /// <summary>
    /// A refresh in the background has failed, so that nobody waits who could get the exception: the create function threw, or the codec
    /// refused its value. Callers get the stale value until another refresh succeeds. Once for each key; not when the pool is disposed.
    /// </summary>
    /// <remarks>
    /// Handlers run on the thread pool and hold nothing up. One that throws keeps no other from being called: see
    /// <see cref="HandlerFailed"/>.
    /// </remarks>
    public event EventHandler<RefreshFailedEventArgs>? RefreshFailed;

    /// <summary>
    /// Reads a value, or creates and stores it if there is none, so that one caller in the fleet creates it and the others wait for it.
    /// </summary>
    /// <param name="key">The key, 1 to 250 bytes without spaces and control characters.</param>
    /// <param name="state">An argument for <paramref name="create"/>, so that it can be a static lambda.</param>
    /// <param name="create">
    /// Creates the value, on the thread pool. Its token is cancelled when nobody waits for the value any more, or the pool is disposed.
    /// </param>
    /// <param name="codec">Writes and reads the value's bytes.</param>
    /// <param name="options">How the value is stored, and how callers wait.</param>
    /// <param name="expires">When a created value expires; by default as the options say.</param>
    /// <param name="cancellationToken">Cancels this caller's wait, and nobody else's.</param>
    /// <param name="template">What the key is called in metrics and traces; null: it is told apart from no others.</param>
    /// <returns>The value.</returns>
    /// <remarks>
    /// If no server can be reached, the value is created and not stored. What <paramref name="create"/> throws reaches all callers
    /// who wait for it; the next one tries again. A <paramref name="create"/> that asks for its own key creates a value of its own.
    /// </remarks>
    public ValueTask<T> GetOrCreateAsync<TState, T>(
        ReadOnlySpan<byte> key, TState state, Func<TState, CancellationToken, ValueTask<T>> create, ICacheCodec<T> codec, GetOrCreateOptions options, CacheExpiry? expires = null, CancellationToken cancellationToken = default, KeyTemplate? template = null)
    {
        ArgumentNullException.ThrowIfNull(create);
        return StartCreation(key, state, new CreateFunction<TState, T>(create), codec, options, expires, cancellationToken, template);
    }

    /// <inheritdoc cref="GetOrCreateAsync{TState, T}(ReadOnlySpan{byte}, TState, Func{TState, CancellationToken, ValueTask{T}}, ICacheCodec{T}, GetOrCreateOptions, CacheExpiry?, CancellationToken, KeyTemplate)"/>
    public ValueTask<T> GetOrCreateAsync<TState, T>(
        string key, TState state, Func<TState, CancellationToken, ValueTask<T>> create, ICacheCodec<T> codec, GetOrCreateOptions options, CacheExpiry? expires = null, CancellationToken cancellationToken = default, KeyTemplate? template = null) =>
        GetOrCreateAsync(Encode(key, stackalloc byte[CacheKeyWriter.StackSize], template), state, create, codec, options, expires, cancellationToken, template);

    /// <inheritdoc cref="GetOrCreateAsync{TState, T}(ReadOnlySpan{byte}, TState, Func{TState, CancellationToken, ValueTask{T}}, ICacheCodec{T}, GetOrCreateOptions, CacheExpiry?, CancellationToken, KeyTemplate)"/>
    public ValueTask<T> GetOrCreateAsync<T>(
        ReadOnlySpan<byte> key, Func<CancellationToken, ValueTask<T>> create, ICacheCodec<T> codec, GetOrCreateOptions options, CacheExpiry? expires = null, CancellationToken cancellationToken = default, KeyTemplate? template = null)
    {
        ArgumentNullException.ThrowIfNull(create);
        return GetOrCreateAsync(key, create, static (create, token) => create(token), codec, options, expires, cancellationToken, template);
    }

    /// <inheritdoc cref="GetOrCreateAsync{TState, T}(ReadOnlySpan{byte}, TState, Func{TState, CancellationToken, ValueTask{T}}, ICacheCodec{T}, GetOrCreateOptions, CacheExpiry?, CancellationToken, KeyTemplate)"/>
    public ValueTask<T> GetOrCreateAsync<T>(
        string key, Func<CancellationToken, ValueTask<T>> create, ICacheCodec<T> codec, GetOrCreateOptions options, CacheExpiry? expires = null, CancellationToken cancellationToken = default, KeyTemplate? template = null) =>
        GetOrCreateAsync(Encode(key, stackalloc byte[CacheKeyWriter.StackSize], template), create, codec, options, expires, cancellationToken, template);

    /// <summary>
    /// Reads a value, or creates it as the other methods do. The create function decides when the value expires, and whether it is
    /// stored at all.
    /// </summary>
    /// <inheritdoc cref="GetOrCreateAsync{TState, T}(ReadOnlySpan{byte}, TState, Func{TState, CancellationToken, ValueTask{T}}, ICacheCodec{T}, GetOrCreateOptions, CacheExpiry?, CancellationToken, KeyTemplate)"/>
    public ValueTask<T> GetOrCreateItemAsync<TState, T>(
        ReadOnlySpan<byte> key, TState state, Func<TState, CancellationToken, ValueTask<CacheItem<T>>> create, ICacheCodec<T> codec, GetOrCreateOptions options, CacheExpiry? expires = null, CancellationToken cancellationToken = default, KeyTemplate? template = null)
    {
        ArgumentNullException.ThrowIfNull(create);
        return StartCreation(key, state, new CreateFunction<TState, T>(create), codec, options, expires, cancellationToken, template);
    }

    /// <inheritdoc cref="GetOrCreateItemAsync{TState, T}(ReadOnlySpan{byte}, TState, Func{TState, CancellationToken, ValueTask{CacheItem{T}}}, ICacheCodec{T}, GetOrCreateOptions, CacheExpiry?, CancellationToken, KeyTemplate)"/>
    public ValueTask<T> GetOrCreateItemAsync<TState, T>(
        string key, TState state, Func<TState, CancellationToken, ValueTask<CacheItem<T>>> create, ICacheCodec<T> codec, GetOrCreateOptions options, CacheExpiry? expires = null, CancellationToken cancellationToken = default, KeyTemplate? template = null) =>
        GetOrCreateItemAsync(Encode(key, stackalloc byte[CacheKeyWriter.StackSize], template), state, create, codec, options, expires, cancellationToken, template);

    /// <inheritdoc cref="GetOrCreateItemAsync{TState, T}(ReadOnlySpan{byte}, TState, Func{TState, CancellationToken, ValueTask{CacheItem{T}}}, ICacheCodec{T}, GetOrCreateOptions, CacheExpiry?, CancellationToken, KeyTemplate)"/>
    public ValueTask<T> GetOrCreateItemAsync<T>(
        ReadOnlySpan<byte> key, Func<CancellationToken, ValueTask<CacheItem<T>>> create, ICacheCodec<T> codec, GetOrCreateOptions options, CacheExpiry? expires = null, CancellationToken cancellationToken = default, KeyTemplate? template = null)
    {
        ArgumentNullException.ThrowIfNull(create);
        return GetOrCreateItemAsync(key, create, static (create, token) => create(token), codec, options, expires, cancellationToken, template);
    }

    /// <inheritdoc cref="GetOrCreateItemAsync{TState, T}(ReadOnlySpan{byte}, TState, Func{TState, CancellationToken, ValueTask{CacheItem{T}}}, ICacheCodec{T}, GetOrCreateOptions, CacheExpiry?, CancellationToken, KeyTemplate)"/>
    public ValueTask<T> GetOrCreateItemAsync<T>(
        string key, Func<CancellationToken, ValueTask<CacheItem<T>>> create, ICacheCodec<T> codec, GetOrCreateOptions options, CacheExpiry? expires = null, CancellationToken cancellationToken = default, KeyTemplate? template = null) =>
        GetOrCreateItemAsync(Encode(key, stackalloc byte[CacheKeyWriter.StackSize], template), create, codec, options, expires, cancellationToken, template);

    /// <summary>
    /// Marks a value as stale: one caller of a get-or-create operation refreshes it, and those whose options have
    /// <see cref="GetOrCreateOptions.Stale"/> get the old value until then. A value being created meanwhile is not stored.
    /// </summary>
    /// <param name="key">The key, 1 to 250 bytes without spaces and control characters.</param>
    /// <param name="stale">How long the old value is kept; 0 removes it, as <see cref="DeleteAsync(ReadOnlySpan{byte}, CancellationToken, KeyTemplate)"/> does.</param>
    /// <param name="cancellationToken">Cancels the wait; the operation may still be carried out.</param>
    /// <param name="template">What the key is called in metrics and traces; null: it is told apart from no others.</param>
    /// <returns>Whether there was one.</returns>
    /// <remarks>Plain reads return the old value. A server that speaks the classic protocol removes it.</remarks>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="stale"/> is negative, or ends beyond the year 9999.</exception>
    public ValueTask<bool> InvalidateAsync(ReadOnlySpan<byte> key, TimeSpan stale, CancellationToken cancellationToken = default, KeyTemplate? template = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(stale, TimeSpan.Zero);
        if (stale == TimeSpan.Zero)
        {
            return DeleteAsync(key, cancellationToken, template);
        }

        if (cancellationToken.IsCancellationRequested)
        {
            return ValueTask.FromCanceled<bool>(cancellationToken);
        }

        var expiry = CacheExpiry.AfterNamed(stale, nameof(stale)).ToWire(_time);
        var operation = Begin(Verb.Invalidate, key, template);
        _broker.Forget(operation.Request.Key);
        operation.Request.Expiry = expiry;
        operation.Record = _telemetry.Begin(CallKind.Invalidate, template, key);
        var companions = _redundancy.Send(operation, cancellationToken);
        return companions is null ? operation.AsBoolean() : companions.AwaitRemovalAsync(operation.AsBoolean());
    }

    /// <inheritdoc cref="InvalidateAsync(ReadOnlySpan{byte}, TimeSpan, CancellationToken, KeyTemplate)"/>
    public ValueTask<bool> InvalidateAsync(string key, TimeSpan stale, CancellationToken cancellationToken = default, KeyTemplate? template = null) =>
        InvalidateAsync(Encode(key, stackalloc byte[CacheKeyWriter.StackSize], template), stale, cancellationToken, template);

    private void ReportRefresh(byte[] key, Exception error)
    {
        if (RefreshFailed is { } handlers)
        {
            var happened = new RefreshFailedEventArgs(Encoding.UTF8.GetString(key), error);
            ThreadPool.UnsafeQueueUserWorkItem(_ => Call(handlers, happened, nameof(RefreshFailed)), state: null);
        }
    }

    private ValueTask<T> StartCreation<TState, T>(
        ReadOnlySpan<byte> key, TState state, CreateFunction<TState, T> create, ICacheCodec<T> codec, GetOrCreateOptions options, CacheExpiry? expires, CancellationToken cancellationToken, KeyTemplate? template)
    {
        ThrowIfDisposed();
        ArgumentNullException.ThrowIfNull(codec);
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        if (cancellationToken.IsCancellationRequested)
        {
            return ValueTask.FromCanceled<T>(cancellationToken);
        }

        if (options.Near is not null)
        {
            return _sender.SendsKeysAsGiven
                ? StartNearCreation(key, state, create, codec, options, expires, cancellationToken, template)
                : StartNearCreation(_sender.ToWire(key, stackalloc byte[CacheKeyWriter.StackSize], template), state, create, codec, options, expires, cancellationToken, template);
        }

        var operation = OperationPool<ReadOperation<T>>.Rent();
        _sender.Begin(operation, Verb.GetOrLease, key, template);
        return StartCreation(operation, state, create, codec, options, expires, _telemetry.Begin(CallKind.GetOrCreate, template, key), cancellationToken, template);
    }

    private ValueTask<T> StartCreation<TState, T>(
        ReadOperation<T> operation, TState state, CreateFunction<TState, T> create, ICacheCodec<T> codec, GetOrCreateOptions options, CacheExpiry? expires, CallRecord record, CancellationToken cancellationToken, KeyTemplate? template)
    {
        var call = OperationPool<GetOrCreateCall<TState, T>>.Rent();
        call.Begin(_broker, state, create, codec, options, expires, new CreationTelemetry(_telemetry, template), record);
        return call.Start(_leases, operation, cancellationToken);
    }
}
