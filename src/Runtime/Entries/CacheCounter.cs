using System.Text;
using TypedCache.Values;

namespace TypedCache;

/// <summary>
/// One counter in the cache. A generated client gives it for a method such as
/// <c>[CacheKey("views:{id}")] CacheCounter Views(int id);</c>
/// </summary>
/// <remarks>
/// Making a counter costs one allocation, an array of the key's size; it talks to no server. The server counts, so callers on many
/// machines lose no step. What each operation throws is said at the method of <see cref="MemcachedPool"/> with its name.
/// </remarks>
public readonly struct CacheCounter
{
    private static readonly ICacheCodec<ulong?> Codec = CacheCodecs.Nullable(CacheCodecs.UInt64);

    private readonly MemcachedPool? _pool;
    private readonly byte[] _key;
    private readonly CacheExpiry _expires;

    /// <summary>Makes a counter. Called by generated clients.</summary>
    /// <param name="pool">The pool whose servers hold the counter.</param>
    /// <param name="key">The key, 1 to 250 bytes without blanks and control characters; it is copied.</param>
    /// <param name="expires">When the counter expires, from its first step on.</param>
    public CacheCounter(MemcachedPool pool, ReadOnlySpan<byte> key, CacheExpiry expires = default)
    {
        ArgumentNullException.ThrowIfNull(pool);
        _pool = pool;
        _key = key.ToArray();
        _expires = expires;
    }

    /// <summary>The key as text.</summary>
    public string Key => _key is null ? "" : Encoding.UTF8.GetString(_key);

    private MemcachedPool Pool => _pool ?? throw EntryOrigin.Missing(nameof(CacheCounter));

    /// <summary>Adds to the counter, which begins at 0, and wraps around at 2^64.</summary>
    /// <param name="by">How much.</param>
    /// <param name="cancellationToken">Ends the waiting; the operation may be carried out all the same.</param>
    /// <returns>The new value.</returns>
    public ValueTask<ulong> IncrementAsync(ulong by = 1, CancellationToken cancellationToken = default) =>
        Pool.IncrementAsync(_key, by, initial: by, _expires, cancellationToken);

    /// <summary>Takes from the counter, which stops at 0.</summary>
    /// <inheritdoc cref="IncrementAsync"/>
    public ValueTask<ulong> DecrementAsync(ulong by = 1, CancellationToken cancellationToken = default) =>
        Pool.DecrementAsync(_key, by, initial: 0, _expires, cancellationToken);

    /// <summary>Reads the counter.</summary>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <returns>The value, or null if nothing has been counted.</returns>
    public ValueTask<ulong?> GetAsync(CancellationToken cancellationToken = default) =>
        Pool.GetAsync(_key, Codec, cancellationToken);

    /// <summary>Sets the counter, whether or not there is one; its expiry begins anew.</summary>
    /// <param name="value">The value.</param>
    /// <param name="cancellationToken">Ends the waiting; the counter may be set all the same.</param>
    public ValueTask ResetAsync(ulong value = 0, CancellationToken cancellationToken = default) =>
        Pool.SetAsync(_key, value, CacheCodecs.UInt64, _expires, cancellationToken);

    /// <summary>The key.</summary>
    public override string ToString() => Key;
}
