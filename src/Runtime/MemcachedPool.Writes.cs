using TypedCache.Keys;
using TypedCache.Pool;
using TypedCache.Pool.Operations;
using TypedCache.Protocol;
using TypedCache.Telemetry;
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
    /// <param name="template">What the key is called in metrics and traces; null: it is told apart from no others.</param>
    public ValueTask SetAsync<T>(ReadOnlySpan<byte> key, T value, ICacheCodec<T> codec, CacheExpiry expires = default, CancellationToken cancellationToken = default, KeyTemplate? template = null) =>
        cancellationToken.IsCancellationRequested
            ? ValueTask.FromCanceled(cancellationToken)
            : StoreAlways(key, value, codec, expires, cancellationToken, template);

    /// <inheritdoc cref="SetAsync{T}(ReadOnlySpan{byte}, T, ICacheCodec{T}, CacheExpiry, CancellationToken, KeyTemplate)"/>
    public ValueTask SetAsync<T>(string key, T value, ICacheCodec<T> codec, CacheExpiry expires = default, CancellationToken cancellationToken = default, KeyTemplate? template = null) =>
        SetAsync(Encode(key, stackalloc byte[CacheKeyWriter.StackSize], template), value, codec, expires, cancellationToken, template);

    /// <summary>Stores a value only if there is none.</summary>
    /// <inheritdoc cref="SetAsync{T}(ReadOnlySpan{byte}, T, ICacheCodec{T}, CacheExpiry, CancellationToken, KeyTemplate)" path="/param"/>
    /// <returns>Whether it was stored.</returns>
    public ValueTask<bool> AddAsync<T>(ReadOnlySpan<byte> key, T value, ICacheCodec<T> codec, CacheExpiry expires = default, CancellationToken cancellationToken = default, KeyTemplate? template = null) =>
        StoreIf(Verb.Add, CallKind.Add, key, value, codec, expires, cancellationToken, template);

    /// <inheritdoc cref="AddAsync{T}(ReadOnlySpan{byte}, T, ICacheCodec{T}, CacheExpiry, CancellationToken, KeyTemplate)"/>
    public ValueTask<bool> AddAsync<T>(string key, T value, ICacheCodec<T> codec, CacheExpiry expires = default, CancellationToken cancellationToken = default, KeyTemplate? template = null) =>
        AddAsync(Encode(key, stackalloc byte[CacheKeyWriter.StackSize], template), value, codec, expires, cancellationToken, template);

    /// <summary>Stores a value only if there is one.</summary>
    /// <inheritdoc cref="AddAsync{T}(ReadOnlySpan{byte}, T, ICacheCodec{T}, CacheExpiry, CancellationToken, KeyTemplate)"/>
    public ValueTask<bool> ReplaceAsync<T>(ReadOnlySpan<byte> key, T value, ICacheCodec<T> codec, CacheExpiry expires = default, CancellationToken cancellationToken = default, KeyTemplate? template = null) =>
        StoreIf(Verb.Replace, CallKind.Replace, key, value, codec, expires, cancellationToken, template);

    /// <inheritdoc cref="ReplaceAsync{T}(ReadOnlySpan{byte}, T, ICacheCodec{T}, CacheExpiry, CancellationToken, KeyTemplate)"/>
    public ValueTask<bool> ReplaceAsync<T>(string key, T value, ICacheCodec<T> codec, CacheExpiry expires = default, CancellationToken cancellationToken = default, KeyTemplate? template = null) =>
        ReplaceAsync(Encode(key, stackalloc byte[CacheKeyWriter.StackSize], template), value, codec, expires, cancellationToken, template);

    /// <summary>Appends text or bytes to the existing value, which keeps its flags and expiry.</summary>
    /// <remarks>
    /// The server adds the bytes to whatever there is and answers true. Only text and bytes that were stored uncompressed can be read
    /// afterwards: store them with <see cref="CacheCodecs.Uncompressed{T}"/>. A compressed value, MessagePack or PHP's
    /// <c>serialize()</c> is destroyed by it, and so is what <c>GetOrCreate</c> is just creating.
    /// </remarks>
    /// <inheritdoc cref="AddAsync{T}(ReadOnlySpan{byte}, T, ICacheCodec{T}, CacheExpiry, CancellationToken, KeyTemplate)" path="/param"/>
    /// <returns>False if there is no value.</returns>
    public ValueTask<bool> AppendAsync<T>(ReadOnlySpan<byte> key, T value, ICacheCodec<T> codec, CancellationToken cancellationToken = default, KeyTemplate? template = null) =>
        StoreIf(Verb.Append, CallKind.Append, key, value, codec, default, cancellationToken, template);

    /// <inheritdoc cref="AppendAsync{T}(ReadOnlySpan{byte}, T, ICacheCodec{T}, CancellationToken, KeyTemplate)"/>
    public ValueTask<bool> AppendAsync<T>(string key, T value, ICacheCodec<T> codec, CancellationToken cancellationToken = default, KeyTemplate? template = null) =>
        AppendAsync(Encode(key, stackalloc byte[CacheKeyWriter.StackSize], template), value, codec, cancellationToken, template);

    /// <summary>Prepends text or bytes to the existing value, which keeps its flags and expiry.</summary>
    /// <inheritdoc cref="AppendAsync{T}(ReadOnlySpan{byte}, T, ICacheCodec{T}, CancellationToken, KeyTemplate)" path="/*[not(self::summary)]"/>
    public ValueTask<bool> PrependAsync<T>(ReadOnlySpan<byte> key, T value, ICacheCodec<T> codec, CancellationToken cancellationToken = default, KeyTemplate? template = null) =>
        StoreIf(Verb.Prepend, CallKind.Prepend, key, value, codec, default, cancellationToken, template);

    /// <inheritdoc cref="PrependAsync{T}(ReadOnlySpan{byte}, T, ICacheCodec{T}, CancellationToken, KeyTemplate)"/>
    public ValueTask<bool> PrependAsync<T>(string key, T value, ICacheCodec<T> codec, CancellationToken cancellationToken = default, KeyTemplate? template = null) =>
        PrependAsync(Encode(key, stackalloc byte[CacheKeyWriter.StackSize], template), value, codec, cancellationToken, template);

    /// <summary>Stores a value only if it has not changed since it was read.</summary>
    /// <param name="key">The key, 1 to 250 bytes without spaces and control characters.</param>
    /// <param name="value">The value.</param>
    /// <param name="cas">What came with the value (<see cref="CacheValue{T}.Cas"/>).</param>
    /// <param name="codec">Writes the value's bytes, before this returns.</param>
    /// <param name="expires">When the value expires; never by default.</param>
    /// <param name="cancellationToken">Cancels the wait; the value may still be stored.</param>
    /// <param name="template">What the key is called in metrics and traces; null: it is told apart from no others.</param>
    public ValueTask<CasResult> CompareAndSetAsync<T>(ReadOnlySpan<byte> key, T value, CasToken cas, ICacheCodec<T> codec, CacheExpiry expires = default, CancellationToken cancellationToken = default, KeyTemplate? template = null)
    {
        ThrowIfNoCas(cas);

        if (cancellationToken.IsCancellationRequested)
        {
            return ValueTask.FromCanceled<CasResult>(cancellationToken);
        }

        var operation = Store(Verb.CompareAndSet, CallKind.CompareAndSet, key, value, codec, expires, cas, cancellationToken, template, out var companions);
        return companions is null ? operation.AsCasResult() : companions.AwaitAsync(operation.AsCasResult());
    }

    /// <inheritdoc cref="CompareAndSetAsync{T}(ReadOnlySpan{byte}, T, CasToken, ICacheCodec{T}, CacheExpiry, CancellationToken, KeyTemplate)"/>
    public ValueTask<CasResult> CompareAndSetAsync<T>(string key, T value, CasToken cas, ICacheCodec<T> codec, CacheExpiry expires = default, CancellationToken cancellationToken = default, KeyTemplate? template = null) =>
        CompareAndSetAsync(Encode(key, stackalloc byte[CacheKeyWriter.StackSize], template), value, cas, codec, expires, cancellationToken, template);

    /// <summary>Stores a value only if its CAS number is still the same. After a restart of its server it can be that of another value.</summary>
    /// <param name="key">The key, 1 to 250 bytes without spaces and control characters.</param>
    /// <param name="value">The value.</param>
    /// <param name="cas">The CAS number alone, as it is passed from one process to another.</param>
    /// <param name="codec">Writes the value's bytes, before this returns.</param>
    /// <param name="expires">When the value expires; never by default.</param>
    /// <param name="cancellationToken">Cancels the wait; the value may still be stored.</param>
    /// <param name="template">What the key is called in metrics and traces; null: it is told apart from no others.</param>
    public ValueTask<CasResult> CompareAndSetAsync<T>(ReadOnlySpan<byte> key, T value, ulong cas, ICacheCodec<T> codec, CacheExpiry expires = default, CancellationToken cancellationToken = default, KeyTemplate? template = null) =>
        CompareAndSetAsync(key, value, new CasToken(cas), codec, expires, cancellationToken, template);

    /// <inheritdoc cref="CompareAndSetAsync{T}(ReadOnlySpan{byte}, T, ulong, ICacheCodec{T}, CacheExpiry, CancellationToken, KeyTemplate)"/>
    public ValueTask<CasResult> CompareAndSetAsync<T>(string key, T value, ulong cas, ICacheCodec<T> codec, CacheExpiry expires = default, CancellationToken cancellationToken = default, KeyTemplate? template = null) =>
        CompareAndSetAsync(Encode(key, stackalloc byte[CacheKeyWriter.StackSize], template), value, cas, codec, expires, cancellationToken, template);

    /// <summary>Gives the existing value a new expiry.</summary>
    /// <param name="key">The key, 1 to 250 bytes without spaces and control characters.</param>
    /// <param name="expires">The new expiry.</param>
    /// <param name="cancellationToken">Cancels the wait; the operation may still be carried out.</param>
    /// <param name="template">What the key is called in metrics and traces; null: it is told apart from no others.</param>
    /// <returns>Whether there is a value.</returns>
    public ValueTask<bool> TouchAsync(ReadOnlySpan<byte> key, CacheExpiry expires, CancellationToken cancellationToken = default, KeyTemplate? template = null)
    {
        if (cancellationToken.IsCancellationRequested)
        {
            return ValueTask.FromCanceled<bool>(cancellationToken);
        }

        var operation = Begin(Verb.Touch, key, template);
        operation.Request.Expiry = expires.ToWire(_time);
        operation.Record = _telemetry.Begin(CallKind.Touch, template, key);
        var companions = _redundancy.Send(operation, cancellationToken);
        return companions is null ? operation.AsBoolean() : companions.AwaitAsync(operation.AsBoolean());
    }

    /// <inheritdoc cref="TouchAsync(ReadOnlySpan{byte}, CacheExpiry, CancellationToken, KeyTemplate)"/>
    public ValueTask<bool> TouchAsync(string key, CacheExpiry expires, CancellationToken cancellationToken = default, KeyTemplate? template = null) =>
        TouchAsync(Encode(key, stackalloc byte[CacheKeyWriter.StackSize], template), expires, cancellationToken, template);

    /// <summary>Removes a value.</summary>
    /// <param name="key">The key, 1 to 250 bytes without spaces and control characters.</param>
    /// <param name="cancellationToken">Cancels the wait; the operation may still be carried out.</param>
    /// <param name="template">What the key is called in metrics and traces; null: it is told apart from no others.</param>
    /// <returns>Whether there was one.</returns>
    public ValueTask<bool> DeleteAsync(ReadOnlySpan<byte> key, CancellationToken cancellationToken = default, KeyTemplate? template = null)
    {
        if (cancellationToken.IsCancellationRequested)
        {
            return ValueTask.FromCanceled<bool>(cancellationToken);
        }

        var operation = Begin(Verb.Delete, key, template);
        _broker.Forget(operation.Request.Key);
        operation.Record = _telemetry.Begin(CallKind.Delete, template, key);
        var companions = _redundancy.Send(operation, cancellationToken);
        return companions is null ? operation.AsBoolean() : companions.AwaitRemovalAsync(operation.AsBoolean());
    }

    /// <inheritdoc cref="DeleteAsync(ReadOnlySpan{byte}, CancellationToken, KeyTemplate)"/>
    public ValueTask<bool> DeleteAsync(string key, CancellationToken cancellationToken = default, KeyTemplate? template = null) =>
        DeleteAsync(Encode(key, stackalloc byte[CacheKeyWriter.StackSize], template), cancellationToken, template);

    /// <summary>Removes a value only if it has not changed since it was read.</summary>
    /// <param name="key">The key, 1 to 250 bytes without spaces and control characters.</param>
    /// <param name="cas">What came with the value (<see cref="CacheValue{T}.Cas"/>).</param>
    /// <param name="cancellationToken">Cancels the wait; the operation may still be carried out.</param>
    /// <param name="template">What the key is called in metrics and traces; null: it is told apart from no others.</param>
    /// <returns>Whether it was removed: false if it has changed, or is gone.</returns>
    /// <exception cref="ArgumentException">The CAS number is 0, which no stored value has.</exception>
    public ValueTask<bool> CompareAndDeleteAsync(ReadOnlySpan<byte> key, CasToken cas, CancellationToken cancellationToken = default, KeyTemplate? template = null)
    {
        ThrowIfNoCas(cas);
        if (cancellationToken.IsCancellationRequested)
        {
            return ValueTask.FromCanceled<bool>(cancellationToken);
        }

        // An empty value that has already expired: the classic protocol cannot compare when it deletes.
        var operation = Begin(Verb.CompareAndSet, key, template);
        _broker.Forget(operation.Request.Key);
        operation.Request.Expiry = -1;
        operation.Compare(cas);
        operation.Record = _telemetry.Begin(CallKind.CompareAndDelete, template, key);
        var companions = _redundancy.Send(operation, cancellationToken);
        return companions is null ? operation.AsBoolean() : companions.AwaitAsync(operation.AsBoolean());
    }

    /// <inheritdoc cref="CompareAndDeleteAsync(ReadOnlySpan{byte}, CasToken, CancellationToken, KeyTemplate)"/>
    public ValueTask<bool> CompareAndDeleteAsync(string key, CasToken cas, CancellationToken cancellationToken = default, KeyTemplate? template = null) =>
        CompareAndDeleteAsync(Encode(key, stackalloc byte[CacheKeyWriter.StackSize], template), cas, cancellationToken, template);

    private static void ThrowIfNoCas(CasToken cas)
    {
        if (cas.ToUInt64() == 0)
        {
            throw new ArgumentException("The CAS number is 0, which no stored value has. Pass the Cas of a value that was found. If that is 0 too, the server runs with -C, which turns CAS numbers off: start it without.", nameof(cas));
        }
    }

    private ValueTask StoreAlways<T>(
        ReadOnlySpan<byte> key, T value, ICacheCodec<T> codec, CacheExpiry expires, CancellationToken cancellationToken, KeyTemplate? template)
    {
        var operation = Store(Verb.Set, CallKind.Set, key, value, codec, expires, default, cancellationToken, template, out var companions);
        return companions is null ? operation.AsTask() : new ValueTask(companions.AwaitAsync(operation.AsBoolean()).AsTask());
    }

    private ValueTask<bool> StoreIf<T>(
        Verb verb, CallKind kind, ReadOnlySpan<byte> key, T value, ICacheCodec<T> codec, CacheExpiry expires, CancellationToken cancellationToken, KeyTemplate? template)
    {
        if (cancellationToken.IsCancellationRequested)
        {
            return ValueTask.FromCanceled<bool>(cancellationToken);
        }

        var operation = Store(verb, kind, key, value, codec, expires, default, cancellationToken, template, out var companions);
        return companions is null ? operation.AsBoolean() : companions.AwaitAsync(operation.AsBoolean());
    }

    private StatusOperation Store<T>(
        Verb verb, CallKind kind, ReadOnlySpan<byte> key, T value, ICacheCodec<T> codec, CacheExpiry expires, CasToken? cas, CancellationToken cancellationToken, KeyTemplate? template, out WriteCompanions? companions)
    {
        ArgumentNullException.ThrowIfNull(codec);
        var operation = Begin(verb, key, template);
        if (verb is Verb.Append or Verb.Prepend)
        {
            _pipeline.EncodePart(codec, value, operation.Request.Payload, template);
        }
        else
        {
            operation.Request.Flags = _pipeline.Encode(codec, value, operation.Request.Payload, template);
        }

        operation.Request.Expiry = expires.ToWire(_time);
        if (cas is { } token)
        {
            operation.Compare(token);
        }

        operation.Record = _telemetry.Begin(kind, template, key);
        companions = _redundancy.Send(operation, cancellationToken);
        return operation;
    }
}
