using TypedCache.Keys;
using TypedCache.Pool;
using TypedCache.Pool.Operations;
using TypedCache.Protocol;
using TypedCache.Telemetry;

namespace TypedCache;

public sealed partial class MemcachedPool
{
    /// <summary>Adds to an existing counter. It wraps around at 2^64 (memcached's protocol.txt, "incr").</summary>
    /// <param name="key">The key, 1 to 250 bytes without spaces and control characters.</param>
    /// <param name="by">How much.</param>
    /// <param name="cancellationToken">Cancels the wait; the operation may still be carried out.</param>
    /// <param name="template">What the key is called in metrics and traces; null: it is told apart from no others.</param>
    /// <returns>The new value, or null if there is no such counter.</returns>
    /// <exception cref="MemcachedServerException">The value under the key is not a number.</exception>
    public ValueTask<ulong?> IncrementAsync(ReadOnlySpan<byte> key, ulong by, CancellationToken cancellationToken = default, KeyTemplate? template = null) =>
        CountExisting(Verb.Increment, CallKind.Increment, key, by, cancellationToken, template);

    /// <inheritdoc cref="IncrementAsync(ReadOnlySpan{byte}, ulong, CancellationToken, KeyTemplate)"/>
    public ValueTask<ulong?> IncrementAsync(string key, ulong by, CancellationToken cancellationToken = default, KeyTemplate? template = null) =>
        IncrementAsync(Encode(key, stackalloc byte[CacheKeyWriter.StackSize], template), by, cancellationToken, template);

    /// <summary>Adds to a counter, or creates it.</summary>
    /// <param name="key">The key, 1 to 250 bytes without spaces and control characters.</param>
    /// <param name="by">How much.</param>
    /// <param name="initial">The value of a new counter; <paramref name="by"/> is not added to it.</param>
    /// <param name="expires">The expiry of a new counter.</param>
    /// <param name="cancellationToken">Cancels the wait; the operation may still be carried out.</param>
    /// <param name="template">What the key is called in metrics and traces; null: it is told apart from no others.</param>
    /// <returns>The new value.</returns>
    /// <exception cref="MemcachedServerException">The value under the key is not a number.</exception>
    public ValueTask<ulong> IncrementAsync(ReadOnlySpan<byte> key, ulong by, ulong initial, CacheExpiry expires = default, CancellationToken cancellationToken = default, KeyTemplate? template = null) =>
        CountOrCreate(Verb.Increment, CallKind.Increment, key, by, initial, expires, cancellationToken, template);

    /// <inheritdoc cref="IncrementAsync(ReadOnlySpan{byte}, ulong, ulong, CacheExpiry, CancellationToken, KeyTemplate)"/>
    public ValueTask<ulong> IncrementAsync(string key, ulong by, ulong initial, CacheExpiry expires = default, CancellationToken cancellationToken = default, KeyTemplate? template = null) =>
        IncrementAsync(Encode(key, stackalloc byte[CacheKeyWriter.StackSize], template), by, initial, expires, cancellationToken, template);

    /// <summary>Subtracts from an existing counter. It stops at 0 (memcached's protocol.txt, "decr").</summary>
    /// <inheritdoc cref="IncrementAsync(ReadOnlySpan{byte}, ulong, CancellationToken, KeyTemplate)"/>
    public ValueTask<ulong?> DecrementAsync(ReadOnlySpan<byte> key, ulong by, CancellationToken cancellationToken = default, KeyTemplate? template = null) =>
        CountExisting(Verb.Decrement, CallKind.Decrement, key, by, cancellationToken, template);

    /// <inheritdoc cref="DecrementAsync(ReadOnlySpan{byte}, ulong, CancellationToken, KeyTemplate)"/>
    public ValueTask<ulong?> DecrementAsync(string key, ulong by, CancellationToken cancellationToken = default, KeyTemplate? template = null) =>
        DecrementAsync(Encode(key, stackalloc byte[CacheKeyWriter.StackSize], template), by, cancellationToken, template);

    /// <summary>Subtracts from a counter, or creates it. It stops at 0 (memcached's protocol.txt, "decr").</summary>
    /// <inheritdoc cref="IncrementAsync(ReadOnlySpan{byte}, ulong, ulong, CacheExpiry, CancellationToken, KeyTemplate)"/>
    public ValueTask<ulong> DecrementAsync(ReadOnlySpan<byte> key, ulong by, ulong initial, CacheExpiry expires = default, CancellationToken cancellationToken = default, KeyTemplate? template = null) =>
        CountOrCreate(Verb.Decrement, CallKind.Decrement, key, by, initial, expires, cancellationToken, template);

    /// <inheritdoc cref="DecrementAsync(ReadOnlySpan{byte}, ulong, ulong, CacheExpiry, CancellationToken, KeyTemplate)"/>
    public ValueTask<ulong> DecrementAsync(string key, ulong by, ulong initial, CacheExpiry expires = default, CancellationToken cancellationToken = default, KeyTemplate? template = null) =>
        DecrementAsync(Encode(key, stackalloc byte[CacheKeyWriter.StackSize], template), by, initial, expires, cancellationToken, template);

    private ValueTask<ulong?> CountExisting(Verb verb, CallKind kind, ReadOnlySpan<byte> key, ulong by, CancellationToken cancellationToken, KeyTemplate? template)
    {
        if (cancellationToken.IsCancellationRequested)
        {
            return ValueTask.FromCanceled<ulong?>(cancellationToken);
        }

        var operation = Count(verb, kind, key, by, initial: null, default, cancellationToken, template, out var companions);
        return companions is null ? operation.AsExisting() : companions.AwaitAsync(operation.AsExisting());
    }

    private ValueTask<ulong> CountOrCreate(
        Verb verb, CallKind kind, ReadOnlySpan<byte> key, ulong by, ulong initial, CacheExpiry expires, CancellationToken cancellationToken, KeyTemplate? template)
    {
        if (cancellationToken.IsCancellationRequested)
        {
            return ValueTask.FromCanceled<ulong>(cancellationToken);
        }

        var operation = Count(verb, kind, key, by, initial, expires, cancellationToken, template, out var companions);
        return companions is null ? operation.AsCreated() : companions.AwaitAsync(operation.AsCreated());
    }

    private CounterOperation Count(
        Verb verb, CallKind kind, ReadOnlySpan<byte> key, ulong by, ulong? initial, CacheExpiry expires, CancellationToken cancellationToken, KeyTemplate? template, out WriteCompanions? companions)
    {
        ThrowIfDisposed();
        var operation = OperationPool<CounterOperation>.Rent();
        _sender.Begin(operation, verb, key, template);
        operation.Request.Delta = by;
        operation.Request.Initial = initial;
        operation.Request.Expiry = expires.ToWire(_time);
        operation.Record = _telemetry.Begin(kind, template, key);
        companions = _redundancy.Send(operation, cancellationToken);
        return operation;
    }
}
