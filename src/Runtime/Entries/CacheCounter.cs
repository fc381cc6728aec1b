using System.ComponentModel;
using TypedCache.Keys;
using TypedCache.Values;

namespace TypedCache;

/// <summary>
/// One counter in the cache. A generated client returns it from a method such as
/// <c>[CacheKey("views:{id}")] CacheCounter Views(int id);</c>
/// </summary>
/// <remarks>
/// Creating a counter costs one allocation, an array of the key's size, and talks to no server. The server counts, so callers on many
/// machines lose no increment. The methods of the same names in <see cref="MemcachedPool"/> say what each operation throws.
/// </remarks>
public readonly struct CacheCounter
{
    private static readonly ICacheCodec<ulong?> Codec = CacheCodecs.Nullable<ulong>(CounterCodec.Instance);

    private readonly MemcachedPool? _pool;
    private readonly byte[] _key;
    private readonly CacheExpiry _expires;
    private readonly KeyTemplate? _template;

    /// <summary>Creates a counter. Called by generated clients.</summary>
    /// <param name="pool">The pool whose servers hold the counter.</param>
    /// <param name="key">The key, 1 to 250 bytes without spaces and control characters; it is copied.</param>
    /// <param name="expires">When the counter expires, counted from its first increment.</param>
    /// <param name="template">What the key is called in metrics and traces; null: it is told apart from no others.</param>
    public CacheCounter(MemcachedPool pool, ReadOnlySpan<byte> key, CacheExpiry expires = default, KeyTemplate? template = null)
    {
        ArgumentNullException.ThrowIfNull(pool);
        _pool = pool;
        _key = key.ToArray();
        _expires = expires;
        _template = template;
    }

    /// <summary>The key as text, which names the same key when it is passed to the pool.</summary>
    public string Key => _key is null ? "" : CacheKeyWriter.ToText(_key);

    private MemcachedPool Pool => _pool ?? throw EntryOrigin.Missing(nameof(CacheCounter));

    /// <summary>Adds to the counter, which begins at 0 and wraps around at 2^64.</summary>
    /// <param name="by">How much.</param>
    /// <param name="cancellationToken">Cancels the wait; the operation may still be carried out.</param>
    /// <returns>The new value.</returns>
    public ValueTask<ulong> IncrementAsync(ulong by = 1, CancellationToken cancellationToken = default) =>
        Pool.IncrementAsync(_key, by, initial: by, _expires, cancellationToken, _template);

    /// <summary>Subtracts from the counter, which stops at 0.</summary>
    /// <inheritdoc cref="IncrementAsync"/>
    public ValueTask<ulong> DecrementAsync(ulong by = 1, CancellationToken cancellationToken = default) =>
        Pool.DecrementAsync(_key, by, initial: 0, _expires, cancellationToken, _template);

    /// <summary>Reads the counter.</summary>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <returns>The value, or null if nothing has been counted.</returns>
    public ValueTask<ulong?> GetAsync(CancellationToken cancellationToken = default) =>
        Pool.GetAsync(_key, Codec, cancellationToken, _template);

    /// <summary>Sets the counter, whether or not there is one. Its expiry starts again.</summary>
    /// <param name="value">The value.</param>
    /// <param name="cancellationToken">Cancels the wait; the counter may still be set.</param>
    public ValueTask ResetAsync(ulong value = 0, CancellationToken cancellationToken = default) =>
        Pool.SetAsync(_key, value, CounterCodec.Instance, _expires, cancellationToken, _template);

    /// <summary>A counter's value as <see cref="long"/>. Called by generated clients.</summary>
    /// <param name="value">The value, which has been counted by now.</param>
    /// <exception cref="OverflowException">It is 2^63 or more.</exception>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public static long ToSigned(ulong value) => value <= long.MaxValue ? (long)value : throw new OverflowException(
        $"The counter is at {value}, and a long holds at most {long.MaxValue}. Let the method return ulong.");

    /// <inheritdoc cref="ToSigned(ulong)"/>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public static long? ToSigned(ulong? value) => value is { } number ? ToSigned(number) : null;

    /// <summary>The key, or its template where it has <see cref="KeyPartAttribute.Sensitive"/> parts.</summary>
    public override string ToString() => KeyTemplate.Cover(_template) ?? Key;
}
