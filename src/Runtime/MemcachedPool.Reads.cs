using System.Runtime.CompilerServices;
using TypedCache.Keys;
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
    /// <summary>Reads a value.</summary>
    /// <param name="key">The key, 1 to 250 bytes without spaces and control characters.</param>
    /// <param name="codec">Reads the value's bytes.</param>
    /// <param name="cancellationToken">Cancels the wait; the connection stays in step.</param>
    /// <param name="template">What the key is called in metrics and traces; null: it is told apart from no others.</param>
    /// <returns>The value, or <c>default</c> for a miss.</returns>
    public ValueTask<T?> GetAsync<T>(ReadOnlySpan<byte> key, ICacheCodec<T> codec, CancellationToken cancellationToken = default, KeyTemplate? template = null) =>
        cancellationToken.IsCancellationRequested
            ? ValueTask.FromCanceled<T?>(cancellationToken)
            : Read(Verb.Get, CallKind.Get, key, codec, default, cancellationToken, template);

    /// <inheritdoc cref="GetAsync{T}(ReadOnlySpan{byte}, ICacheCodec{T}, CancellationToken, KeyTemplate)"/>
    public ValueTask<T?> GetAsync<T>(string key, ICacheCodec<T> codec, CancellationToken cancellationToken = default, KeyTemplate? template = null) =>
        GetAsync(Encode(key, stackalloc byte[CacheKeyWriter.StackSize], template), codec, cancellationToken, template);

    /// <summary>Reads a value together with its CAS number, and tells a miss apart from any value.</summary>
    /// <inheritdoc cref="GetAsync{T}(ReadOnlySpan{byte}, ICacheCodec{T}, CancellationToken, KeyTemplate)" path="/param"/>
    /// <returns>The value and its CAS number, or a miss.</returns>
    public ValueTask<CacheValue<T>> GetValueAsync<T>(ReadOnlySpan<byte> key, ICacheCodec<T> codec, CancellationToken cancellationToken = default, KeyTemplate? template = null) =>
        cancellationToken.IsCancellationRequested
            ? ValueTask.FromCanceled<CacheValue<T>>(cancellationToken)
            : ReadWithCas(Verb.Get, CallKind.Get, key, codec, default, cancellationToken, template);

    /// <inheritdoc cref="GetValueAsync{T}(ReadOnlySpan{byte}, ICacheCodec{T}, CancellationToken, KeyTemplate)"/>
    public ValueTask<CacheValue<T>> GetValueAsync<T>(string key, ICacheCodec<T> codec, CancellationToken cancellationToken = default, KeyTemplate? template = null) =>
        GetValueAsync(Encode(key, stackalloc byte[CacheKeyWriter.StackSize], template), codec, cancellationToken, template);

    /// <summary>Reads a value and gives it a new expiry, in one step.</summary>
    /// <param name="key">The key, 1 to 250 bytes without spaces and control characters.</param>
    /// <param name="codec">Reads the value's bytes.</param>
    /// <param name="expires">The new expiry.</param>
    /// <param name="cancellationToken">Cancels the wait; the connection stays in step.</param>
    /// <param name="template">What the key is called in metrics and traces; null: it is told apart from no others.</param>
    /// <returns>The value, or <c>default</c> for a miss.</returns>
    public ValueTask<T?> GetAndTouchAsync<T>(ReadOnlySpan<byte> key, ICacheCodec<T> codec, CacheExpiry expires, CancellationToken cancellationToken = default, KeyTemplate? template = null) =>
        cancellationToken.IsCancellationRequested
            ? ValueTask.FromCanceled<T?>(cancellationToken)
            : Read(Verb.GetAndTouch, CallKind.GetAndTouch, key, codec, expires, cancellationToken, template);

    /// <inheritdoc cref="GetAndTouchAsync{T}(ReadOnlySpan{byte}, ICacheCodec{T}, CacheExpiry, CancellationToken, KeyTemplate)"/>
    public ValueTask<T?> GetAndTouchAsync<T>(string key, ICacheCodec<T> codec, CacheExpiry expires, CancellationToken cancellationToken = default, KeyTemplate? template = null) =>
        GetAndTouchAsync(Encode(key, stackalloc byte[CacheKeyWriter.StackSize], template), codec, expires, cancellationToken, template);

    /// <summary>Reads a value together with its CAS number and gives it a new expiry, in one step.</summary>
    /// <inheritdoc cref="GetAndTouchAsync{T}(ReadOnlySpan{byte}, ICacheCodec{T}, CacheExpiry, CancellationToken, KeyTemplate)" path="/param"/>
    /// <returns>The value and its CAS number, or a miss.</returns>
    public ValueTask<CacheValue<T>> GetValueAndTouchAsync<T>(ReadOnlySpan<byte> key, ICacheCodec<T> codec, CacheExpiry expires, CancellationToken cancellationToken = default, KeyTemplate? template = null) =>
        cancellationToken.IsCancellationRequested
            ? ValueTask.FromCanceled<CacheValue<T>>(cancellationToken)
            : ReadWithCas(Verb.GetAndTouch, CallKind.GetAndTouch, key, codec, expires, cancellationToken, template);

    /// <inheritdoc cref="GetValueAndTouchAsync{T}(ReadOnlySpan{byte}, ICacheCodec{T}, CacheExpiry, CancellationToken, KeyTemplate)"/>
    public ValueTask<CacheValue<T>> GetValueAndTouchAsync<T>(string key, ICacheCodec<T> codec, CacheExpiry expires, CancellationToken cancellationToken = default, KeyTemplate? template = null) =>
        GetValueAndTouchAsync(Encode(key, stackalloc byte[CacheKeyWriter.StackSize], template), codec, expires, cancellationToken, template);

    /// <summary>Returns whether there is a value, without reading it.</summary>
    /// <param name="key">The key, 1 to 250 bytes without spaces and control characters.</param>
    /// <param name="cancellationToken">Cancels the wait; the connection stays in step.</param>
    /// <param name="template">What the key is called in metrics and traces; null: it is told apart from no others.</param>
    public ValueTask<bool> ExistsAsync(ReadOnlySpan<byte> key, CancellationToken cancellationToken = default, KeyTemplate? template = null)
    {
        if (cancellationToken.IsCancellationRequested)
        {
            return ValueTask.FromCanceled<bool>(cancellationToken);
        }

        var operation = Begin(Verb.Exists, key, template);
        operation.Route.MissOnFailure = _missOnFailure;
        operation.Record = _telemetry.Begin(CallKind.Exists, template, key);
        var router = _sender.Router;
        if (MovedReads.FindSource(router, operation.Request.Key) is not null)
        {
            return IsStoredAsync(_movedReads.Exists(operation, router, cancellationToken));
        }

        _sender.Send(operation, router, cancellationToken);
        return operation.AsBoolean();
    }

    /// <inheritdoc cref="ExistsAsync(ReadOnlySpan{byte}, CancellationToken, KeyTemplate)"/>
    public ValueTask<bool> ExistsAsync(string key, CancellationToken cancellationToken = default, KeyTemplate? template = null) =>
        ExistsAsync(Encode(key, stackalloc byte[CacheKeyWriter.StackSize], template), cancellationToken, template);

    [AsyncMethodBuilder(typeof(CallMethodBuilder<>))]
    private static async ValueTask<bool> IsStoredAsync(ValueTask<CasResult> result) => await result.ConfigureAwait(false) == CasResult.Stored;

    private ValueTask<T?> Read<T>(
        Verb verb, CallKind kind, ReadOnlySpan<byte> key, ICacheCodec<T> codec, CacheExpiry expires, CancellationToken cancellationToken, KeyTemplate? template)
    {
        var operation = BeginRead(verb, kind, key, codec, expires, wantsCas: false, template, out var router);
        return _movedReads.ReadValue(operation, router, codec, cancellationToken);
    }

    private ValueTask<CacheValue<T>> ReadWithCas<T>(
        Verb verb, CallKind kind, ReadOnlySpan<byte> key, ICacheCodec<T> codec, CacheExpiry expires, CancellationToken cancellationToken, KeyTemplate? template)
    {
        var operation = BeginRead(verb, kind, key, codec, expires, wantsCas: true, template, out var router);
        return _movedReads.Read(operation, router, codec, cancellationToken);
    }

    private ReadOperation<T> BeginRead<T>(
        Verb verb, CallKind kind, ReadOnlySpan<byte> key, ICacheCodec<T> codec, CacheExpiry expires, bool wantsCas, KeyTemplate? template, out OperationRouter router)
    {
        ThrowIfDisposed();
        ArgumentNullException.ThrowIfNull(codec);
        var operation = OperationPool<ReadOperation<T>>.Rent();
        _sender.Begin(operation, verb, key, template);
        operation.Decode(codec, _pipeline);
        operation.Request.Expiry = expires.ToWire(_time);
        operation.Request.WantsCas = wantsCas;
        operation.Route.MissOnFailure = _missOnFailure;
        operation.Record = _telemetry.Begin(kind, template, key);
        router = _sender.Router;
        if (verb == Verb.GetAndTouch && router.HasZones)
        {
            _redundancy.TouchOtherZones(operation.Request, router);
        }

        return operation;
    }

    private StatusOperation Begin(Verb verb, ReadOnlySpan<byte> key, KeyTemplate? template)
    {
        ThrowIfDisposed();
        var operation = OperationPool<StatusOperation>.Rent();
        _sender.Begin(operation, verb, key, template);
        return operation;
    }
}
