using TypedCache.Keys;
using TypedCache.Pool.Operations;
using TypedCache.Protocol;
using TypedCache.Values;

namespace TypedCache;

public sealed partial class MemcachedPool
{
    /// <summary>Reads a value.</summary>
    /// <param name="key">The key, 1 to 250 bytes without spaces and control characters.</param>
    /// <param name="codec">Reads the value's bytes.</param>
    /// <param name="cancellationToken">Cancels the wait; the connection stays in step.</param>
    /// <returns>The value, or <c>default</c> for a miss.</returns>
    public ValueTask<T?> GetAsync<T>(ReadOnlySpan<byte> key, ICacheCodec<T> codec, CancellationToken cancellationToken = default) =>
        cancellationToken.IsCancellationRequested
            ? ValueTask.FromCanceled<T?>(cancellationToken)
            : Read(Verb.Get, key, codec, default, wantsCas: false, cancellationToken).AsValue();

    /// <inheritdoc cref="GetAsync{T}(ReadOnlySpan{byte}, ICacheCodec{T}, CancellationToken)"/>
    public ValueTask<T?> GetAsync<T>(string key, ICacheCodec<T> codec, CancellationToken cancellationToken = default) =>
        GetAsync(Encode(key, stackalloc byte[CacheKeyWriter.StackSize]), codec, cancellationToken);

    /// <summary>Reads a value together with its CAS number, and tells a miss apart from any value.</summary>
    /// <inheritdoc cref="GetAsync{T}(ReadOnlySpan{byte}, ICacheCodec{T}, CancellationToken)" path="/param"/>
    /// <returns>The value and its CAS number, or a miss.</returns>
    public ValueTask<CacheValue<T>> GetValueAsync<T>(ReadOnlySpan<byte> key, ICacheCodec<T> codec, CancellationToken cancellationToken = default) =>
        cancellationToken.IsCancellationRequested
            ? ValueTask.FromCanceled<CacheValue<T>>(cancellationToken)
            : Read(Verb.Get, key, codec, default, wantsCas: true, cancellationToken).AsCacheValue();

    /// <inheritdoc cref="GetValueAsync{T}(ReadOnlySpan{byte}, ICacheCodec{T}, CancellationToken)"/>
    public ValueTask<CacheValue<T>> GetValueAsync<T>(string key, ICacheCodec<T> codec, CancellationToken cancellationToken = default) =>
        GetValueAsync(Encode(key, stackalloc byte[CacheKeyWriter.StackSize]), codec, cancellationToken);

    /// <summary>Reads a value and gives it a new expiry, in one step.</summary>
    /// <param name="key">The key, 1 to 250 bytes without spaces and control characters.</param>
    /// <param name="codec">Reads the value's bytes.</param>
    /// <param name="expires">The new expiry.</param>
    /// <param name="cancellationToken">Cancels the wait; the connection stays in step.</param>
    /// <returns>The value, or <c>default</c> for a miss.</returns>
    public ValueTask<T?> GetAndTouchAsync<T>(ReadOnlySpan<byte> key, ICacheCodec<T> codec, CacheExpiry expires, CancellationToken cancellationToken = default) =>
        cancellationToken.IsCancellationRequested
            ? ValueTask.FromCanceled<T?>(cancellationToken)
            : Read(Verb.GetAndTouch, key, codec, expires, wantsCas: false, cancellationToken).AsValue();

    /// <inheritdoc cref="GetAndTouchAsync{T}(ReadOnlySpan{byte}, ICacheCodec{T}, CacheExpiry, CancellationToken)"/>
    public ValueTask<T?> GetAndTouchAsync<T>(string key, ICacheCodec<T> codec, CacheExpiry expires, CancellationToken cancellationToken = default) =>
        GetAndTouchAsync(Encode(key, stackalloc byte[CacheKeyWriter.StackSize]), codec, expires, cancellationToken);

    /// <summary>Reads a value together with its CAS number and gives it a new expiry, in one step.</summary>
    /// <inheritdoc cref="GetAndTouchAsync{T}(ReadOnlySpan{byte}, ICacheCodec{T}, CacheExpiry, CancellationToken)" path="/param"/>
    /// <returns>The value and its CAS number, or a miss.</returns>
    public ValueTask<CacheValue<T>> GetValueAndTouchAsync<T>(ReadOnlySpan<byte> key, ICacheCodec<T> codec, CacheExpiry expires, CancellationToken cancellationToken = default) =>
        cancellationToken.IsCancellationRequested
            ? ValueTask.FromCanceled<CacheValue<T>>(cancellationToken)
            : Read(Verb.GetAndTouch, key, codec, expires, wantsCas: true, cancellationToken).AsCacheValue();

    /// <inheritdoc cref="GetValueAndTouchAsync{T}(ReadOnlySpan{byte}, ICacheCodec{T}, CacheExpiry, CancellationToken)"/>
    public ValueTask<CacheValue<T>> GetValueAndTouchAsync<T>(string key, ICacheCodec<T> codec, CacheExpiry expires, CancellationToken cancellationToken = default) =>
        GetValueAndTouchAsync(Encode(key, stackalloc byte[CacheKeyWriter.StackSize]), codec, expires, cancellationToken);

    /// <summary>Returns whether there is a value, without reading it.</summary>
    /// <param name="key">The key, 1 to 250 bytes without spaces and control characters.</param>
    /// <param name="cancellationToken">Cancels the wait; the connection stays in step.</param>
    public ValueTask<bool> ExistsAsync(ReadOnlySpan<byte> key, CancellationToken cancellationToken = default)
    {
        if (cancellationToken.IsCancellationRequested)
        {
            return ValueTask.FromCanceled<bool>(cancellationToken);
        }

        var operation = Begin(Verb.Exists, key);
        operation.Route.MissOnFailure = _missOnFailure;
        _sender.Send(operation, cancellationToken);
        return operation.AsBoolean();
    }

    /// <inheritdoc cref="ExistsAsync(ReadOnlySpan{byte}, CancellationToken)"/>
    public ValueTask<bool> ExistsAsync(string key, CancellationToken cancellationToken = default) =>
        ExistsAsync(Encode(key, stackalloc byte[CacheKeyWriter.StackSize]), cancellationToken);

    private ReadOperation<T> Read<T>(
        Verb verb, ReadOnlySpan<byte> key, ICacheCodec<T> codec, CacheExpiry expires, bool wantsCas, CancellationToken cancellationToken)
    {
        ThrowIfDisposed();
        ArgumentNullException.ThrowIfNull(codec);
        var operation = OperationPool<ReadOperation<T>>.Rent();
        _sender.Begin(operation, verb, key);
        operation.Decode(codec, _pipeline);
        operation.Request.Expiry = expires.ToWire(_time);
        operation.Request.WantsCas = wantsCas;
        operation.Route.MissOnFailure = _missOnFailure;
        _sender.Send(operation, cancellationToken);
        return operation;
    }

    private StatusOperation Begin(Verb verb, ReadOnlySpan<byte> key)
    {
        ThrowIfDisposed();
        var operation = OperationPool<StatusOperation>.Rent();
        _sender.Begin(operation, verb, key);
        return operation;
    }
}
