using System.Runtime.CompilerServices;
using TypedCache.Creation;
using TypedCache.Keys;
using TypedCache.Near;
using TypedCache.Pool;
using TypedCache.Pool.Moves;
using TypedCache.Pool.Operations;
using TypedCache.Protocol;
using TypedCache.Telemetry;
using TypedCache.Transport;
using TypedCache.Values;

namespace TypedCache;

public sealed partial class MemcachedPool
{
    /// <summary>Keeps values in this process.</summary>
    internal NearCache NearCache => _nearCache;

    /// <summary>Whether values may be given out without anybody being told: the pool is in use, and nobody listens.</summary>
    internal bool MayTakeUnheard => !_sender.IsClosed && !PoolTelemetry.HearsOfHits;

    /// <summary>Finds a value that may be given out.</summary>
    internal NearValue<T>? FindNear<T>(ReadOnlySpan<byte> key, ICacheCodec<T> codec, NearOptions near)
    {
        var onWire = _sender.SendsKeysAsGiven ? key : _sender.ToWire(key, stackalloc byte[CacheKeyWriter.StackSize]);
        return _nearCache.Find(onWire, NearTable.HashOf(onWire), codec, near, _sender.Router);
    }

    /// <summary>Forgets all values that this pool keeps in this process (<see cref="NearOptions"/>). What is on the servers stays there.</summary>
    public void ClearNear() => _nearCache.Clear();

    /// <summary>Reads a value, from this process where it was read lately.</summary>
    /// <param name="key">The key, 1 to 250 bytes without spaces and control characters.</param>
    /// <param name="codec">Reads the value's bytes.</param>
    /// <param name="near">For how long a value that was read is given out without asking its server.</param>
    /// <param name="cancellationToken">Cancels the wait; the connection stays in step.</param>
    /// <param name="template">What the key is called in metrics and traces; null: it is told apart from no others.</param>
    /// <returns>The value, or <c>default</c> for a miss.</returns>
    public ValueTask<T?> GetAsync<T>(ReadOnlySpan<byte> key, ICacheCodec<T> codec, NearOptions near, CancellationToken cancellationToken = default, KeyTemplate? template = null)
    {
        ThrowIfDisposed();
        ArgumentNullException.ThrowIfNull(codec);
        ArgumentNullException.ThrowIfNull(near);
        if (cancellationToken.IsCancellationRequested)
        {
            return ValueTask.FromCanceled<T?>(cancellationToken);
        }

        return _sender.SendsKeysAsGiven
            ? ReadNear(key, codec, near, cancellationToken, template)
            : ReadNear(_sender.ToWire(key, stackalloc byte[CacheKeyWriter.StackSize], template), codec, near, cancellationToken, template);
    }

    /// <inheritdoc cref="GetAsync{T}(ReadOnlySpan{byte}, ICacheCodec{T}, NearOptions, CancellationToken, KeyTemplate)"/>
    public ValueTask<T?> GetAsync<T>(string key, ICacheCodec<T> codec, NearOptions near, CancellationToken cancellationToken = default, KeyTemplate? template = null) =>
        GetAsync(Encode(key, stackalloc byte[CacheKeyWriter.StackSize], template), codec, near, cancellationToken, template);

    /// <summary>Reads many values: what was read lately from this process, the rest from all servers in parallel.</summary>
    /// <inheritdoc cref="GetManyAsync{TState, TItem, T}(IEnumerable{TItem}, TState, BatchKey{TState, TItem}, KeyPolicy, ICacheCodec{T}, CancellationToken, KeyTemplate)" path="/remarks"/>
    /// <param name="items">The items, one for each key. Duplicates are fine.</param>
    /// <param name="state">The arguments that all keys share.</param>
    /// <param name="key">Writes the key of an item.</param>
    /// <param name="policy">What happens to arguments that memcached would not accept in a key.</param>
    /// <param name="codec">Reads the values' bytes.</param>
    /// <param name="near">For how long a value that was read is given out without asking its server.</param>
    /// <param name="cancellationToken">Cancels the wait; the connections stay in step.</param>
    /// <param name="template">What the keys are called in metrics and traces; null: they are told apart from no others.</param>
    /// <returns>The values that were found, by item.</returns>
    public ValueTask<CacheValues<TItem, T>> GetManyAsync<TState, TItem, T>(
        IEnumerable<TItem> items, TState state, BatchKey<TState, TItem> key, KeyPolicy policy, ICacheCodec<T> codec, NearOptions near, CancellationToken cancellationToken = default, KeyTemplate? template = null)
        where TItem : notnull
    {
        ThrowIfDisposed();
        ArgumentNullException.ThrowIfNull(items);
        ArgumentNullException.ThrowIfNull(key);
        ArgumentNullException.ThrowIfNull(codec);
        ArgumentNullException.ThrowIfNull(near);
        if (cancellationToken.IsCancellationRequested)
        {
            return ValueTask.FromCanceled<CacheValues<TItem, T>>(cancellationToken);
        }

        var router = _sender.Router;
        var known = new NearBatch<T>(_nearCache, _pipeline, codec, near, router, template);
        var batch = new NearBatchRead<TItem, T>(known, _sender, router, _movedReads, _pipeline, codec, _missOnFailure, ExpectedCount(items), _telemetry, template);
        AddKeys(batch, items, state, key, policy, template);
        known.Count();
        return batch.ReadAsync(cancellationToken);
    }

    /// <inheritdoc cref="GetManyAsync{TState, TItem, T}(IEnumerable{TItem}, TState, BatchKey{TState, TItem}, KeyPolicy, ICacheCodec{T}, NearOptions, CancellationToken, KeyTemplate)" path="/summary|/remarks"/>
    /// <param name="keys">The keys, each 1 to 250 bytes of UTF-8 without spaces and control characters. Duplicates are fine.</param>
    /// <param name="codec">Reads the values' bytes.</param>
    /// <param name="near">For how long a value that was read is given out without asking its server.</param>
    /// <param name="cancellationToken">Cancels the wait; the connections stay in step.</param>
    /// <param name="template">What the keys are called in metrics and traces; null: they are told apart from no others.</param>
    /// <returns>The values that were found, by key.</returns>
    public ValueTask<CacheValues<string, T>> GetManyAsync<T>(
        IEnumerable<string> keys, ICacheCodec<T> codec, NearOptions near, CancellationToken cancellationToken = default, KeyTemplate? template = null) =>
        GetManyAsync(keys, 0, WholeKey, _keyPolicy, codec, near, cancellationToken, template);

    // The key is the one that goes over the wire.
    private ValueTask<T?> ReadNear<T>(ReadOnlySpan<byte> key, ICacheCodec<T> codec, NearOptions near, CancellationToken cancellationToken, KeyTemplate? template)
    {
        var router = _sender.Router;
        var hash = NearTable.HashOf(key);
        var kept = _nearCache.Find(key, hash, codec, near, router);
        if (kept is not null)
        {
            return new ValueTask<T?>(GiveOut(kept, CallKind.Get, template));
        }

        var record = _telemetry.Begin(CallKind.Get, template, key);
        return MovedReads.FindSource(router, key) is null
            ? ReadNearAsync(key.ToArray(), hash, codec, near, record, cancellationToken, template)
            : ReadMoving(key, codec, router, record, cancellationToken, template);
    }

    // While a key moves, two servers may have its value: nothing is kept.
    private ValueTask<T?> ReadMoving<T>(
        ReadOnlySpan<byte> key, ICacheCodec<T> codec, OperationRouter router, in CallRecord record, CancellationToken cancellationToken, KeyTemplate? template)
    {
        var operation = OperationPool<ReadOperation<T>>.Rent();
        operation.Begin(Verb.Get, key, template);
        operation.Decode(codec, _pipeline);
        operation.Route.MissOnFailure = _missOnFailure;
        operation.Record = record;
        return _movedReads.ReadValue(operation, router, codec, cancellationToken);
    }

    [AsyncMethodBuilder(typeof(CallMethodBuilder<>))]
    private async ValueTask<T?> ReadNearAsync<T>(
        byte[] key, int hash, ICacheCodec<T> codec, NearOptions near, CallRecord record, CancellationToken cancellationToken, KeyTemplate? template)
    {
        MemcachedServer? server = null;
        try
        {
            var read = await _nearReads.ReadAsync(key, hash, codec, near, template, cancellationToken).ConfigureAwait(false);
            server = read.Server;
            var value = read.Found ? _nearReads.Take(read, key, codec, template) : default;
            record.End(read.Found, server?.Telemetry);
            return value;
        }
        catch (Exception exception) when (record.Fail(exception, server?.Telemetry))
        {
            throw;
        }
    }

    // The key is the one that goes over the wire.
    private ValueTask<T> StartNearCreation<TState, T>(
        ReadOnlySpan<byte> key, TState state, in CreateFunction<TState, T> create, ICacheCodec<T> codec, GetOrCreateOptions options, CacheExpiry? expires, CancellationToken cancellationToken, KeyTemplate? template)
    {
        var router = _sender.Router;
        var hash = NearTable.HashOf(key);
        var kept = _nearCache.Find(key, hash, codec, options.NearAndStale!, router);
        if (kept is not null)
        {
            if (options.Sampling is not null)
            {
                Audit(key, state, create, codec, options, expires, template);
            }

            return new ValueTask<T>(GiveOut(kept, CallKind.GetOrCreate, template));
        }

        var record = _telemetry.Begin(CallKind.GetOrCreate, template, key);
        return MovedReads.FindSource(router, key) is null
            ? CreateNearAsync(key.ToArray(), hash, state, create, codec, options, expires, record, cancellationToken, template)
            : StartCreation(BeginCreation<T>(key, template), state, create, codec, options, expires, record, cancellationToken, template);
    }

    // Only what is missing, stale or about to be, or cannot be read, is worth a lease: that takes a second question.
    [AsyncMethodBuilder(typeof(CallMethodBuilder<>))]
    private async ValueTask<T> CreateNearAsync<TState, T>(
        byte[] key, int hash, TState state, CreateFunction<TState, T> create, ICacheCodec<T> codec, GetOrCreateOptions options, CacheExpiry? expires, CallRecord record, CancellationToken cancellationToken, KeyTemplate? template)
    {
        try
        {
            var read = await _nearReads.ReadAsync(key, hash, codec, options.NearAndStale!, template, cancellationToken).ConfigureAwait(false);
            if (read.Found && read.IsFresh(options.StaleSeconds))
            {
                var value = _nearReads.Take(read, key, codec, template);
                record.End(CallResult.Hit, read.Server?.Telemetry);
                Audit(key, state, create, codec, options, expires, template);
                return value;
            }
        }
        catch (Exception exception) when (exception is MemcachedException or CacheValueException)
        {
            // The creation finds out by itself, and creates all the same.
        }
        catch (Exception exception) when (record.Fail(exception, server: null))
        {
            throw;
        }

        return await StartCreation(BeginCreation<T>(key, template), state, create, codec, options, expires, record, cancellationToken, template).ConfigureAwait(false);
    }

    // Nothing but the server's value is compared: what is kept here may be older by Near. Near hits go by it as fast as before.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Audit<TState, T>(
        ReadOnlySpan<byte> key, TState state, in CreateFunction<TState, T> create, ICacheCodec<T> codec, GetOrCreateOptions options, CacheExpiry? expires, KeyTemplate? template)
    {
        if (options.Sampling is { } sampling && sampling.IsDue())
        {
            sampling.Begin(_broker, new CreationPlan<TState, T>(key.ToArray(), _sender.Router, state, create, codec, options, expires, new CreationTelemetry(_telemetry, template)));
        }
    }

    private static ReadOperation<T> BeginCreation<T>(ReadOnlySpan<byte> key, KeyTemplate? template)
    {
        var operation = OperationPool<ReadOperation<T>>.Rent();
        operation.Begin(Verb.GetOrLease, key, template);
        return operation;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private T GiveOut<T>(NearValue<T> kept, CallKind kind, KeyTemplate? template) =>
        kept.Bytes is null && !PoolTelemetry.HearsOfHits ? kept.Value! : GiveOutHeard(kept, kind, template);

    private T GiveOutHeard<T>(NearValue<T> kept, CallKind kind, KeyTemplate? template)
    {
        var record = _telemetry.Begin(kind, template, kept.Key);
        try
        {
            PoolTelemetry.CountNear(template, NearOutcome.Hit);
            var value = kept.Take(_pipeline, template);
            record.End(CallResult.Hit, server: null);
            return value;
        }
        catch (Exception exception) when (record.Fail(exception, server: null))
        {
            throw;
        }
    }
}
