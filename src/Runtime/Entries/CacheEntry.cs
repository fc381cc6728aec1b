using TypedCache.Keys;
using TypedCache.Values;

namespace TypedCache;

/// <summary>
/// One slot in the cache: its key, the type of its value and its expiry. A generated client returns it from a method such as
/// <c>[CacheKey("basket:{user}", Expires = "30m")] CacheEntry&lt;Basket&gt; Basket(Guid user);</c>
/// </summary>
/// <typeparam name="T">The type of the value.</typeparam>
/// <remarks>
/// Creating an entry costs one allocation, an array of the key's size, and talks to no server. An entry can be kept and used by many
/// callers at once. The methods of the same names in <see cref="MemcachedPool"/> say what each operation does and throws.
/// </remarks>
public readonly struct CacheEntry<T>
{
    private readonly MemcachedPool? _pool;
    private readonly byte[] _key;
    private readonly ICacheCodec<T> _codec;
    private readonly CacheExpiry _expires;
    private readonly GetOrCreateOptions? _options;
    private readonly KeyTemplate? _template;

    /// <summary>Creates an entry. Called by generated clients.</summary>
    /// <param name="pool">The pool whose servers hold the value.</param>
    /// <param name="key">The key, 1 to 250 bytes without spaces and control characters; it is copied.</param>
    /// <param name="codec">Writes and reads the value's bytes.</param>
    /// <param name="expires">When values expire, unless another expiry is given.</param>
    /// <param name="options">
    /// How get-or-create operations store and wait; they use the expiry of these options. Whatever is stored lives longer, by
    /// <see cref="GetOrCreateOptions.Stale"/>.
    /// </param>
    /// <param name="template">What the key is called in metrics and traces; null: it is told apart from no others.</param>
    public CacheEntry(MemcachedPool pool, ReadOnlySpan<byte> key, ICacheCodec<T> codec, CacheExpiry expires = default, GetOrCreateOptions? options = null, KeyTemplate? template = null)
    {
        ArgumentNullException.ThrowIfNull(pool);
        ArgumentNullException.ThrowIfNull(codec);
        _pool = pool;
        _key = key.ToArray();
        _codec = codec;
        _expires = expires;
        _options = options;
        _template = template;
    }

    /// <summary>The key as text, which names the same key when it is passed to the pool.</summary>
    public string Key => _key is null ? "" : CacheKeyWriter.ToText(_key);

    private MemcachedPool Pool => _pool ?? throw EntryOrigin.Missing(nameof(CacheEntry<T>));

    private GetOrCreateOptions Options => _options ?? GetOrCreateOptions.Default;

    private CacheExpiry? OwnExpiry => _options is null ? _expires : null;

    /// <summary>Reads the value.</summary>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <returns>The value, or <c>default</c> for a miss.</returns>
    public ValueTask<T?> GetAsync(CancellationToken cancellationToken = default) =>
        _options?.Near is { } near
            ? Pool.GetAsync(_key, _codec, near, cancellationToken, _template)
            : Pool.GetAsync(_key, _codec, cancellationToken, _template);

    /// <summary>Reads the value together with its CAS number, and tells a miss apart from any value.</summary>
    /// <param name="cancellationToken">Cancels the wait.</param>
    public ValueTask<CacheValue<T>> GetValueAsync(CancellationToken cancellationToken = default) =>
        Pool.GetValueAsync(_key, _codec, cancellationToken, _template);

    /// <summary>Stores a value, whether or not there is one.</summary>
    /// <param name="value">The value.</param>
    /// <param name="expires">When it expires; the entry's own expiry by default.</param>
    /// <param name="cancellationToken">Cancels the wait; the value may still be stored.</param>
    public ValueTask SetAsync(T value, CacheExpiry? expires = null, CancellationToken cancellationToken = default) =>
        Pool.SetAsync(_key, value, _codec, Lifetime(expires), cancellationToken, _template);

    /// <summary>Stores a value only if there is none; returns whether it did.</summary>
    /// <inheritdoc cref="SetAsync" path="/param"/>
    public ValueTask<bool> AddAsync(T value, CacheExpiry? expires = null, CancellationToken cancellationToken = default) =>
        Pool.AddAsync(_key, value, _codec, Lifetime(expires), cancellationToken, _template);

    /// <summary>Stores a value only if there is one; returns whether it did.</summary>
    /// <inheritdoc cref="SetAsync" path="/param"/>
    public ValueTask<bool> ReplaceAsync(T value, CacheExpiry? expires = null, CancellationToken cancellationToken = default) =>
        Pool.ReplaceAsync(_key, value, _codec, Lifetime(expires), cancellationToken, _template);

    /// <summary>Stores a value only if it has not changed since it was read.</summary>
    /// <param name="value">The value.</param>
    /// <param name="cas">What was read, <see cref="CacheValue{T}.Cas"/>.</param>
    /// <param name="expires">When it expires; the entry's own expiry by default.</param>
    /// <param name="cancellationToken">Cancels the wait; the value may still be stored.</param>
    public ValueTask<CasResult> CompareAndSetAsync(T value, CasToken cas, CacheExpiry? expires = null, CancellationToken cancellationToken = default) =>
        Pool.CompareAndSetAsync(_key, value, cas, _codec, Lifetime(expires), cancellationToken, _template);

    /// <summary>Stores a value only if its CAS number is still the same. After a restart of its server it can be that of another value.</summary>
    /// <param name="value">The value.</param>
    /// <param name="cas">The CAS number alone, as it is passed from one process to another.</param>
    /// <param name="expires">When it expires; the entry's own expiry by default.</param>
    /// <param name="cancellationToken">Cancels the wait; the value may still be stored.</param>
    public ValueTask<CasResult> CompareAndSetAsync(T value, ulong cas, CacheExpiry? expires = null, CancellationToken cancellationToken = default) =>
        Pool.CompareAndSetAsync(_key, value, cas, _codec, Lifetime(expires), cancellationToken, _template);

    /// <summary>Gives the existing value a new expiry; returns whether there was one.</summary>
    /// <param name="expires">When it expires; the entry's own expiry by default.</param>
    /// <param name="cancellationToken">Cancels the wait; the expiry may still change.</param>
    public ValueTask<bool> TouchAsync(CacheExpiry? expires = null, CancellationToken cancellationToken = default) =>
        Pool.TouchAsync(_key, Lifetime(expires), cancellationToken, _template);

    /// <summary>Returns whether there is a value, without reading it.</summary>
    /// <param name="cancellationToken">Cancels the wait.</param>
    public ValueTask<bool> ExistsAsync(CancellationToken cancellationToken = default) =>
        Pool.ExistsAsync(_key, cancellationToken, _template);

    /// <summary>
    /// Reads the value, or creates and stores it if there is none, so that one caller in the fleet creates it and the others wait.
    /// </summary>
    /// <param name="create">Creates the value. Its token is cancelled when nobody waits for it any more.</param>
    /// <param name="expires">When a created value expires; the entry's own expiry by default.</param>
    /// <param name="cancellationToken">Cancels this caller's wait, and nobody else's.</param>
    public ValueTask<T> GetOrCreateAsync(Func<CancellationToken, ValueTask<T>> create, CacheExpiry? expires = null, CancellationToken cancellationToken = default) =>
        Pool.GetOrCreateAsync(_key, create, _codec, Options, expires ?? OwnExpiry, cancellationToken, _template);

    /// <inheritdoc cref="GetOrCreateAsync(Func{CancellationToken, ValueTask{T}}, CacheExpiry?, CancellationToken)" path="/summary"/>
    /// <param name="state">An argument for <paramref name="create"/>, so that it can be a static lambda.</param>
    /// <param name="create">Creates the value. Its token is cancelled when nobody waits for it any more.</param>
    /// <param name="expires">When a created value expires; the entry's own expiry by default.</param>
    /// <param name="cancellationToken">Cancels this caller's wait, and nobody else's.</param>
    public ValueTask<T> GetOrCreateAsync<TState>(
        TState state, Func<TState, CancellationToken, ValueTask<T>> create, CacheExpiry? expires = null, CancellationToken cancellationToken = default) =>
        Pool.GetOrCreateAsync(_key, state, create, _codec, Options, expires ?? OwnExpiry, cancellationToken, _template);

    /// <summary>
    /// Marks the value as stale, so that one caller of a get-or-create operation refreshes it. If the entry keeps no stale values,
    /// it is removed. Returns whether there was one.
    /// </summary>
    /// <param name="cancellationToken">Cancels the wait; the operation may still be carried out.</param>
    public ValueTask<bool> InvalidateAsync(CancellationToken cancellationToken = default) =>
        Pool.InvalidateAsync(_key, Options.Stale, cancellationToken, _template);

    /// <summary>Removes the value; returns whether there was one.</summary>
    /// <param name="cancellationToken">Cancels the wait; the value may still be removed.</param>
    public ValueTask<bool> DeleteAsync(CancellationToken cancellationToken = default) =>
        Pool.DeleteAsync(_key, cancellationToken, _template);

    // Get-or-create operations take values as stale at the end of their lives, whoever stored them.
    private CacheExpiry Lifetime(CacheExpiry? expires) => (expires ?? _expires).Extend(Options.Stale);

    /// <summary>The key, or its template where it has <see cref="KeyPartAttribute.Sensitive"/> parts.</summary>
    public override string ToString() => KeyTemplate.Cover(_template) ?? Key;
}
