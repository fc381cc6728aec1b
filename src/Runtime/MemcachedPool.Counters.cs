using TypedCache.Keys;
using TypedCache.Pool;
using TypedCache.Pool.Operations;
using TypedCache.Protocol;

namespace TypedCache;

public sealed partial class MemcachedPool
{
    /// <summary>Adds to an existing counter. It wraps around at 2^64 (memcached's protocol.txt, "incr").</summary>
    /// <param name="key">The key, 1 to 250 bytes without spaces and control characters.</param>
    /// <param name="by">How much.</param>
    /// <param name="cancellationToken">Cancels the wait; the operation may still be carried out.</param>
    /// <returns>The new value, or null if there is no such counter.</returns>
    /// <exception cref="MemcachedServerException">The value under the key is not a number.</exception>
    public ValueTask<ulong?> IncrementAsync(ReadOnlySpan<byte> key, ulong by, CancellationToken cancellationToken = default) =>
        CountExisting(Verb.Increment, key, by, cancellationToken);

    /// <inheritdoc cref="IncrementAsync(ReadOnlySpan{byte}, ulong, CancellationToken)"/>
    public ValueTask<ulong?> IncrementAsync(string key, ulong by, CancellationToken cancellationToken = default) =>
        IncrementAsync(Encode(key, stackalloc byte[CacheKeyWriter.StackSize]), by, cancellationToken);

    /// <summary>Adds to a counter, or creates it.</summary>
    /// <param name="key">The key, 1 to 250 bytes without spaces and control characters.</param>
    /// <param name="by">How much.</param>
    /// <param name="initial">The value of a new counter; <paramref name="by"/> is not added to it.</param>
    /// <param name="expires">The expiry of a new counter.</param>
    /// <param name="cancellationToken">Cancels the wait; the operation may still be carried out.</param>
    /// <returns>The new value.</returns>
    /// <exception cref="MemcachedServerException">The value under the key is not a number.</exception>
    public ValueTask<ulong> IncrementAsync(ReadOnlySpan<byte> key, ulong by, ulong initial, CacheExpiry expires = default, CancellationToken cancellationToken = default) =>
        CountOrCreate(Verb.Increment, key, by, initial, expires, cancellationToken);

    /// <inheritdoc cref="IncrementAsync(ReadOnlySpan{byte}, ulong, ulong, CacheExpiry, CancellationToken)"/>
    public ValueTask<ulong> IncrementAsync(string key, ulong by, ulong initial, CacheExpiry expires = default, CancellationToken cancellationToken = default) =>
        IncrementAsync(Encode(key, stackalloc byte[CacheKeyWriter.StackSize]), by, initial, expires, cancellationToken);

    /// <summary>Subtracts from an existing counter. It stops at 0 (memcached's protocol.txt, "decr").</summary>
    /// <inheritdoc cref="IncrementAsync(ReadOnlySpan{byte}, ulong, CancellationToken)"/>
    public ValueTask<ulong?> DecrementAsync(ReadOnlySpan<byte> key, ulong by, CancellationToken cancellationToken = default) =>
        CountExisting(Verb.Decrement, key, by, cancellationToken);

    /// <inheritdoc cref="DecrementAsync(ReadOnlySpan{byte}, ulong, CancellationToken)"/>
    public ValueTask<ulong?> DecrementAsync(string key, ulong by, CancellationToken cancellationToken = default) =>
        DecrementAsync(Encode(key, stackalloc byte[CacheKeyWriter.StackSize]), by, cancellationToken);

    /// <summary>Subtracts from a counter, or creates it. It stops at 0 (memcached's protocol.txt, "decr").</summary>
    /// <inheritdoc cref="IncrementAsync(ReadOnlySpan{byte}, ulong, ulong, CacheExpiry, CancellationToken)"/>
    public ValueTask<ulong> DecrementAsync(ReadOnlySpan<byte> key, ulong by, ulong initial, CacheExpiry expires = default, CancellationToken cancellationToken = default) =>
        CountOrCreate(Verb.Decrement, key, by, initial, expires, cancellationToken);

    /// <inheritdoc cref="DecrementAsync(ReadOnlySpan{byte}, ulong, ulong, CacheExpiry, CancellationToken)"/>
    public ValueTask<ulong> DecrementAsync(string key, ulong by, ulong initial, CacheExpiry expires = default, CancellationToken cancellationToken = default) =>
        DecrementAsync(Encode(key, stackalloc byte[CacheKeyWriter.StackSize]), by, initial, expires, cancellationToken);

    private ValueTask<ulong?> CountExisting(Verb verb, ReadOnlySpan<byte> key, ulong by, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
        {
            return ValueTask.FromCanceled<ulong?>(cancellationToken);
        }

        var operation = Count(verb, key, by, initial: null, default, cancellationToken, out var copies);
        return copies is null ? operation.AsExisting() : Redundancy.AwaitAsync(operation.AsExisting(), copies);
    }

    private ValueTask<ulong> CountOrCreate(
        Verb verb, ReadOnlySpan<byte> key, ulong by, ulong initial, CacheExpiry expires, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
        {
            return ValueTask.FromCanceled<ulong>(cancellationToken);
        }

        var operation = Count(verb, key, by, initial, expires, cancellationToken, out var copies);
        return copies is null ? operation.AsCreated() : Redundancy.AwaitAsync(operation.AsCreated(), copies);
    }

    private CounterOperation Count(
        Verb verb, ReadOnlySpan<byte> key, ulong by, ulong? initial, CacheExpiry expires, CancellationToken cancellationToken, out List<ValueTask>? copies)
    {
        ThrowIfDisposed();
        var operation = OperationPool<CounterOperation>.Rent();
        _sender.Begin(operation, verb, key);
        operation.Request.Delta = by;
        operation.Request.Initial = initial;
        operation.Request.Expiry = expires.ToWire(_time);
        copies = _redundancy.Send(operation, cancellationToken);
        return operation;
    }
}
