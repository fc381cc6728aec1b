using TypedCache.Keys;
using TypedCache.Pool;
using TypedCache.Pool.Operations;
using TypedCache.Protocol;
using TypedCache.Values;

namespace TypedCache;

public sealed partial class MemcachedPool
{
    /// <summary>Stores a value, whether or not there is one.</summary>
    /// <param name="key">The key, 1 to 250 bytes without spaces and control characters.</param>
    /// <param name="value">The value.</param>
    /// <param name="codec">Writes the value's bytes, before this returns.</param>
    /// <param name="expires">When the value expires; never by default.</param>
    /// <param name="cancellationToken">Cancels the wait; the value may still be stored.</param>
    public ValueTask SetAsync<T>(ReadOnlySpan<byte> key, T value, ICacheCodec<T> codec, CacheExpiry expires = default, CancellationToken cancellationToken = default) =>
        cancellationToken.IsCancellationRequested
            ? ValueTask.FromCanceled(cancellationToken)
            : StoreAlways(key, value, codec, expires, cancellationToken);

    /// <inheritdoc cref="SetAsync{T}(ReadOnlySpan{byte}, T, ICacheCodec{T}, CacheExpiry, CancellationToken)"/>
    public ValueTask SetAsync<T>(string key, T value, ICacheCodec<T> codec, CacheExpiry expires = default, CancellationToken cancellationToken = default) =>
        SetAsync(Encode(key, stackalloc byte[CacheKeyWriter.StackSize]), value, codec, expires, cancellationToken);

    /// <summary>Stores a value only if there is none.</summary>
    /// <inheritdoc cref="SetAsync{T}(ReadOnlySpan{byte}, T, ICacheCodec{T}, CacheExpiry, CancellationToken)" path="/param"/>
    /// <returns>Whether it was stored.</returns>
    public ValueTask<bool> AddAsync<T>(ReadOnlySpan<byte> key, T value, ICacheCodec<T> codec, CacheExpiry expires = default, CancellationToken cancellationToken = default) =>
        StoreIf(Verb.Add, key, value, codec, expires, cancellationToken);

    /// <inheritdoc cref="AddAsync{T}(ReadOnlySpan{byte}, T, ICacheCodec{T}, CacheExpiry, CancellationToken)"/>
    public ValueTask<bool> AddAsync<T>(string key, T value, ICacheCodec<T> codec, CacheExpiry expires = default, CancellationToken cancellationToken = default) =>
        AddAsync(Encode(key, stackalloc byte[CacheKeyWriter.StackSize]), value, codec, expires, cancellationToken);

    /// <summary>Stores a value only if there is one.</summary>
    /// <inheritdoc cref="AddAsync{T}(ReadOnlySpan{byte}, T, ICacheCodec{T}, CacheExpiry, CancellationToken)"/>
    public ValueTask<bool> ReplaceAsync<T>(ReadOnlySpan<byte> key, T value, ICacheCodec<T> codec, CacheExpiry expires = default, CancellationToken cancellationToken = default) =>
        StoreIf(Verb.Replace, key, value, codec, expires, cancellationToken);

    /// <inheritdoc cref="ReplaceAsync{T}(ReadOnlySpan{byte}, T, ICacheCodec{T}, CacheExpiry, CancellationToken)"/>
    public ValueTask<bool> ReplaceAsync<T>(string key, T value, ICacheCodec<T> codec, CacheExpiry expires = default, CancellationToken cancellationToken = default) =>
        ReplaceAsync(Encode(key, stackalloc byte[CacheKeyWriter.StackSize]), value, codec, expires, cancellationToken);

    /// <summary>Appends text or bytes to the existing value, which keeps its flags and expiry.</summary>
    /// <remarks>
    /// The server adds the bytes to whatever there is and answers true. Only text and bytes that were stored uncompressed can be read
    /// afterwards: store them with <see cref="CacheCodecs.Uncompressed{T}"/>. A compressed value, MessagePack or PHP's
    /// <c>serialize()</c> is destroyed by it, and so is what <c>GetOrCreate</c> is just creating.
    /// </remarks>
    /// <inheritdoc cref="AddAsync{T}(ReadOnlySpan{byte}, T, ICacheCodec{T}, CacheExpiry, CancellationToken)" path="/param"/>
    /// <returns>False if there is no value.</returns>
    public ValueTask<bool> AppendAsync<T>(ReadOnlySpan<byte> key, T value, ICacheCodec<T> codec, CancellationToken cancellationToken = default) =>
        StoreIf(Verb.Append, key, value, codec, default, cancellationToken);

    /// <inheritdoc cref="AppendAsync{T}(ReadOnlySpan{byte}, T, ICacheCodec{T}, CancellationToken)"/>
    public ValueTask<bool> AppendAsync<T>(string key, T value, ICacheCodec<T> codec, CancellationToken cancellationToken = default) =>
        AppendAsync(Encode(key, stackalloc byte[CacheKeyWriter.StackSize]), value, codec, cancellationToken);

    /// <summary>Prepends text or bytes to the existing value, which keeps its flags and expiry.</summary>
    /// <inheritdoc cref="AppendAsync{T}(ReadOnlySpan{byte}, T, ICacheCodec{T}, CancellationToken)" path="/*[not(self::summary)]"/>
    public ValueTask<bool> PrependAsync<T>(ReadOnlySpan<byte> key, T value, ICacheCodec<T> codec, CancellationToken cancellationToken = default) =>
        StoreIf(Verb.Prepend, key, value, codec, default, cancellationToken);

    /// <inheritdoc cref="PrependAsync{T}(ReadOnlySpan{byte}, T, ICacheCodec{T}, CancellationToken)"/>
    public ValueTask<bool> PrependAsync<T>(string key, T value, ICacheCodec<T> codec, CancellationToken cancellationToken = default) =>
        PrependAsync(Encode(key, stackalloc byte[CacheKeyWriter.StackSize]), value, codec, cancellationToken);

    /// <summary>Stores a value only if it has not changed since it was read.</summary>
    /// <param name="key">The key, 1 to 250 bytes without spaces and control characters.</param>
    /// <param name="value">The value.</param>
    /// <param name="cas">What came with the value (<see cref="CacheValue{T}.Cas"/>).</param>
    /// <param name="codec">Writes the value's bytes, before this returns.</param>
    /// <param name="expires">When the value expires; never by default.</param>
    /// <param name="cancellationToken">Cancels the wait; the value may still be stored.</param>
    public ValueTask<CasResult> CompareAndSetAsync<T>(ReadOnlySpan<byte> key, T value, CasToken cas, ICacheCodec<T> codec, CacheExpiry expires = default, CancellationToken cancellationToken = default)
    {
        ThrowIfNoCas(cas);

        if (cancellationToken.IsCancellationRequested)
        {
            return ValueTask.FromCanceled<CasResult>(cancellationToken);
        }

        var operation = Store(Verb.CompareAndSet, key, value, codec, expires, cas, cancellationToken, out var copies);
        return copies is null ? operation.AsCasResult() : Redundancy.AwaitAsync(operation.AsCasResult(), copies);
    }

    /// <inheritdoc cref="CompareAndSetAsync{T}(ReadOnlySpan{byte}, T, CasToken, ICacheCodec{T}, CacheExpiry, CancellationToken)"/>
    public ValueTask<CasResult> CompareAndSetAsync<T>(string key, T value, CasToken cas, ICacheCodec<T> codec, CacheExpiry expires = default, CancellationToken cancellationToken = default) =>
        CompareAndSetAsync(Encode(key, stackalloc byte[CacheKeyWriter.StackSize]), value, cas, codec, expires, cancellationToken);

    /// <summary>Stores a value only if its CAS number is still the same. After a restart of its server it can be that of another value.</summary>
    /// <param name="key">The key, 1 to 250 bytes without spaces and control characters.</param>
    /// <param name="value">The value.</param>
    /// <param name="cas">The CAS number alone, as it is passed from one process to another.</param>
    /// <param name="codec">Writes the value's bytes, before this returns.</param>
    /// <param name="expires">When the value expires; never by default.</param>
    /// <param name="cancellationToken">Cancels the wait; the value may still be stored.</param>
    public ValueTask<CasResult> CompareAndSetAsync<T>(ReadOnlySpan<byte> key, T value, ulong cas, ICacheCodec<T> codec, CacheExpiry expires = default, CancellationToken cancellationToken = default) =>
        CompareAndSetAsync(key, value, new CasToken(cas), codec, expires, cancellationToken);

    /// <inheritdoc cref="CompareAndSetAsync{T}(ReadOnlySpan{byte}, T, ulong, ICacheCodec{T}, CacheExpiry, CancellationToken)"/>
    public ValueTask<CasResult> CompareAndSetAsync<T>(string key, T value, ulong cas, ICacheCodec<T> codec, CacheExpiry expires = default, CancellationToken cancellationToken = default) =>
        CompareAndSetAsync(Encode(key, stackalloc byte[CacheKeyWriter.StackSize]), value, cas, codec, expires, cancellationToken);

    /// <summary>Gives the existing value a new expiry.</summary>
    /// <param name="key">The key, 1 to 250 bytes without spaces and control characters.</param>
    /// <param name="expires">The new expiry.</param>
    /// <param name="cancellationToken">Cancels the wait; the operation may still be carried out.</param>
    /// <returns>Whether there is a value.</returns>
    public ValueTask<bool> TouchAsync(ReadOnlySpan<byte> key, CacheExpiry expires, CancellationToken cancellationToken = default)
    {
        if (cancellationToken.IsCancellationRequested)
        {
            return ValueTask.FromCanceled<bool>(cancellationToken);
        }

        var operation = Begin(Verb.Touch, key);
        operation.Request.Expiry = expires.ToWire(_time);
        var copies = _redundancy.Send(operation, cancellationToken);
        return copies is null ? operation.AsBoolean() : Redundancy.AwaitAsync(operation.AsBoolean(), copies);
    }

    /// <inheritdoc cref="TouchAsync(ReadOnlySpan{byte}, CacheExpiry, CancellationToken)"/>
    public ValueTask<bool> TouchAsync(string key, CacheExpiry expires, CancellationToken cancellationToken = default) =>
        TouchAsync(Encode(key, stackalloc byte[CacheKeyWriter.StackSize]), expires, cancellationToken);

    /// <summary>Removes a value.</summary>
    /// <param name="key">The key, 1 to 250 bytes without spaces and control characters.</param>
    /// <param name="cancellationToken">Cancels the wait; the operation may still be carried out.</param>
    /// <returns>Whether there was one.</returns>
    public ValueTask<bool> DeleteAsync(ReadOnlySpan<byte> key, CancellationToken cancellationToken = default)
    {
        if (cancellationToken.IsCancellationRequested)
        {
            return ValueTask.FromCanceled<bool>(cancellationToken);
        }

        var operation = Begin(Verb.Delete, key);
        _broker.Forget(operation.Request.Key);
        var copies = _redundancy.Send(operation, cancellationToken);
        return copies is null ? operation.AsBoolean() : Redundancy.AwaitAsync(operation.AsBoolean(), copies);
    }

    /// <inheritdoc cref="DeleteAsync(ReadOnlySpan{byte}, CancellationToken)"/>
    public ValueTask<bool> DeleteAsync(string key, CancellationToken cancellationToken = default) =>
        DeleteAsync(Encode(key, stackalloc byte[CacheKeyWriter.StackSize]), cancellationToken);

    /// <summary>Removes a value only if it has not changed since it was read.</summary>
    /// <param name="key">The key, 1 to 250 bytes without spaces and control characters.</param>
    /// <param name="cas">What came with the value (<see cref="CacheValue{T}.Cas"/>).</param>
    /// <param name="cancellationToken">Cancels the wait; the operation may still be carried out.</param>
    /// <returns>Whether it was removed: false if it has changed, or is gone.</returns>
    /// <exception cref="ArgumentException">The CAS number is 0, which no stored value has.</exception>
    public ValueTask<bool> CompareAndDeleteAsync(ReadOnlySpan<byte> key, CasToken cas, CancellationToken cancellationToken = default)
    {
        ThrowIfNoCas(cas);
        if (cancellationToken.IsCancellationRequested)
        {
            return ValueTask.FromCanceled<bool>(cancellationToken);
        }

        // An empty value that has already expired: the classic protocol cannot compare when it deletes.
        var operation = Begin(Verb.CompareAndSet, key);
        _broker.Forget(operation.Request.Key);
        operation.Request.Expiry = -1;
        operation.Compare(cas);
        var copies = _redundancy.Send(operation, cancellationToken);
        return copies is null ? operation.AsBoolean() : Redundancy.AwaitAsync(operation.AsBoolean(), copies);
    }

    /// <inheritdoc cref="CompareAndDeleteAsync(ReadOnlySpan{byte}, CasToken, CancellationToken)"/>
    public ValueTask<bool> CompareAndDeleteAsync(string key, CasToken cas, CancellationToken cancellationToken = default) =>
        CompareAndDeleteAsync(Encode(key, stackalloc byte[CacheKeyWriter.StackSize]), cas, cancellationToken);

    private static void ThrowIfNoCas(CasToken cas)
    {
        if (cas.ToUInt64() == 0)
        {
            throw new ArgumentException("The CAS number is 0, which no stored value has. Pass the Cas of a value that was found. If that is 0 too, the server runs with -C, which turns CAS numbers off: start it without.", nameof(cas));
        }
    }

    private ValueTask StoreAlways<T>(
        ReadOnlySpan<byte> key, T value, ICacheCodec<T> codec, CacheExpiry expires, CancellationToken cancellationToken)
    {
        var operation = Store(Verb.Set, key, value, codec, expires, default, cancellationToken, out var copies);
        return copies is null ? operation.AsTask() : new ValueTask(Redundancy.AwaitAsync(operation.AsBoolean(), copies).AsTask());
    }

    private ValueTask<bool> StoreIf<T>(
        Verb verb, ReadOnlySpan<byte> key, T value, ICacheCodec<T> codec, CacheExpiry expires, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
        {
            return ValueTask.FromCanceled<bool>(cancellationToken);
        }

        var operation = Store(verb, key, value, codec, expires, default, cancellationToken, out var copies);
        return copies is null ? operation.AsBoolean() : Redundancy.AwaitAsync(operation.AsBoolean(), copies);
    }

    private StatusOperation Store<T>(
        Verb verb, ReadOnlySpan<byte> key, T value, ICacheCodec<T> codec, CacheExpiry expires, CasToken? cas, CancellationToken cancellationToken, out List<ValueTask>? copies)
    {
        ArgumentNullException.ThrowIfNull(codec);
        var operation = Begin(verb, key);
        if (verb is Verb.Append or Verb.Prepend)
        {
            _pipeline.EncodePart(codec, value, operation.Request.Payload);
        }
        else
        {
            operation.Request.Flags = _pipeline.Encode(codec, value, operation.Request.Payload);
        }

        operation.Request.Expiry = expires.ToWire(_time);
        if (cas is { } token)
        {
            operation.Compare(token);
        }

        copies = _redundancy.Send(operation, cancellationToken);
        return operation;
    }
}
