using System.Text;
using TypedCache.Values;

namespace TypedCache;

/// <summary>
/// One place in the cache: its key, the type of its value and its expiry. A generated client gives it for a method such as
/// <c>[CacheKey("basket:{user}", Expires = "30m")] CacheEntry&lt;Basket&gt; Basket(Guid user);</c>
/// </summary>
/// <typeparam name="T">The type of the value.</typeparam>
/// <remarks>
/// Making an entry costs one allocation, an array of the key's size; it talks to no server. An entry can be kept and used by many
/// callers at once. What each operation does, and what it throws, is said at the method of <see cref="MemcachedPool"/> with its name.
/// </remarks>
public readonly struct CacheEntry<T>
{
    private readonly MemcachedPool? _pool;
    private readonly byte[] _key;
    private readonly ICacheCodec<T> _codec;
    private readonly CacheExpiry _expires;
    private readonly GetOrCreateOptions? _options;

    /// <summary>Makes an entry. Called by generated clients.</summary>
    /// <param name="pool">The pool whose servers hold the value.</param>
    /// <param name="key">The key, 1 to 250 bytes without blanks and control characters; it is copied.</param>
    /// <param name="codec">Writes and reads the value's bytes.</param>
    /// <param name="expires">When values expire for which no other expiry is given.</param>
    /// <param name="options">
    /// How get-or-create operations store and wait; their expiry counts for them. Whatever is stored lives for
    /// <see cref="GetOrCreateOptions.Stale"/> longer.
    /// </param>
    public CacheEntry(MemcachedPool pool, ReadOnlySpan<byte> key, ICacheCodec<T> codec, CacheExpiry expires = default, GetOrCreateOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(pool);
        ArgumentNullException.ThrowIfNull(codec);
        _pool = pool;
        _key = key.ToArray();
        _codec = codec;
        _expires = expires;
        _options = options;
    }

    /// <summary>The key as text.</summary>
    public string Key => _key is null ? "" : Encoding.UTF8.GetString(_key);

    private MemcachedPool Pool => _pool ?? throw EntryOrigin.Missing(nameof(CacheEntry<T>));

    private GetOrCreateOptions Options => _options ?? GetOrCreateOptions.Default;

    private CacheExpiry? OwnExpiry => _options is null ? _expires : null;

    /// <summary>Reads the value.</summary>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <returns>The value, or <c>default</c> for a miss.</returns>
    public ValueTask<T?> GetAsync(CancellationToken cancellationToken = default) =>
        Pool.GetAsync(_key, _codec, cancellationToken);

    /// <summary>Reads the value together with its CAS number, and tells a miss from every value.</summary>
    /// <param name="cancellationToken">Ends the waiting.</param>
    public ValueTask<CacheValue<T>> GetValueAsync(CancellationToken cancellationToken = default) =>
        Pool.GetValueAsync(_key, _codec, cancellationToken);

    /// <summary>Stores a value, whether or not there is one.</summary>
    /// <param name="value">The value.</param>
    /// <param name="expires">When it expires; the entry's own expiry by default.</param>
    /// <param name="cancellationToken">Ends the waiting; the value may be stored all the same.</param>
    public ValueTask SetAsync(T value, CacheExpiry? expires = null, CancellationToken cancellationToken = default) =>
        Pool.SetAsync(_key, value, _codec, Lifetime(expires), cancellationToken);

    /// <summary>Stores a value only where there is none; tells whether it did.</summary>
    /// <inheritdoc cref="SetAsync" path="/param"/>
    public ValueTask<bool> AddAsync(T value, CacheExpiry? expires = null, CancellationToken cancellationToken = default) =>
        Pool.AddAsync(_key, value, _codec, Lifetime(expires), cancellationToken);

    /// <summary>Stores a value only where there is one; tells whether it did.</summary>
    /// <inheritdoc cref="SetAsync" path="/param"/>
    public ValueTask<bool> ReplaceAsync(T value, CacheExpiry? expires = null, CancellationToken cancellationToken = default) =>
        Pool.ReplaceAsync(_key, value, _codec, Lifetime(expires), cancellationToken);

    /// <summary>Stores a value only if it has not changed since it was read.</summary>
    /// <param name="value">The value.</param>
    /// <param name="cas">The CAS number which was read, <see cref="CacheValue{T}.Cas"/>.</param>
    /// <param name="expires">When it expires; the entry's own expiry by default.</param>
    /// <param name="cancellationToken">Ends the waiting; the value may be stored all the same.</param>
    public ValueTask<CasResult> CompareAndSetAsync(T value, ulong cas, CacheExpiry? expires = null, CancellationToken cancellationToken = default) =>
        Pool.CompareAndSetAsync(_key, value, cas, _codec, Lifetime(expires), cancellationToken);

    /// <summary>Gives the value which is there a new expiry; tells whether there was one.</summary>
    /// <param name="expires">When it expires; the entry's own expiry by default.</param>
    /// <param name="cancellationToken">Ends the waiting; the expiry may change all the same.</param>
    public ValueTask<bool> TouchAsync(CacheExpiry? expires = null, CancellationToken cancellationToken = default) =>
        Pool.TouchAsync(_key, Lifetime(expires), cancellationToken);

    /// <summary>Tells whether there is a value, without reading it.</summary>
    /// <param name="cancellationToken">Ends the waiting.</param>
    public ValueTask<bool> ExistsAsync(CancellationToken cancellationToken = default) =>
        Pool.ExistsAsync(_key, cancellationToken);

    /// <summary>
    /// Reads the value, or creates and stores it where there is none, so that of all callers in the fleet one creates and the others wait.
    /// </summary>
    /// <param name="create">Creates the value. Its token is cancelled when nobody waits any more.</param>
    /// <param name="expires">When a value which is created expires; the entry's own expiry by default.</param>
    /// <param name="cancellationToken">Ends this caller's waiting, and nobody else's.</param>
    public ValueTask<T> GetOrCreateAsync(Func<CancellationToken, ValueTask<T>> create, CacheExpiry? expires = null, CancellationToken cancellationToken = default) =>
        Pool.GetOrCreateAsync(_key, create, _codec, Options, expires ?? OwnExpiry, cancellationToken);

    /// <inheritdoc cref="GetOrCreateAsync(Func{CancellationToken, ValueTask{T}}, CacheExpiry?, CancellationToken)" path="/summary"/>
    /// <param name="state">What <paramref name="create"/> gets, so that it can be a static lambda.</param>
    /// <param name="create">Creates the value. Its token is cancelled when nobody waits any more.</param>
    /// <param name="expires">When a value which is created expires; the entry's own expiry by default.</param>
    /// <param name="cancellationToken">Ends this caller's waiting, and nobody else's.</param>
    public ValueTask<T> GetOrCreateAsync<TState>(
        TState state, Func<TState, CancellationToken, ValueTask<T>> create, CacheExpiry? expires = null, CancellationToken cancellationToken = default) =>
        Pool.GetOrCreateAsync(_key, state, create, _codec, Options, expires ?? OwnExpiry, cancellationToken);

    /// <summary>
    /// Marks the value as stale, so that one caller of a get-or-create operation creates it anew. Where the entry keeps no stale values,
    /// it is removed. Tells whether there was one.
    /// </summary>
    /// <param name="cancellationToken">Ends the waiting; the operation may be carried out all the same.</param>
    public ValueTask<bool> InvalidateAsync(CancellationToken cancellationToken = default) =>
        Pool.InvalidateAsync(_key, Options.Stale, cancellationToken);

    /// <summary>Removes the value; tells whether there was one.</summary>
    /// <param name="cancellationToken">Ends the waiting; the value may be removed all the same.</param>
    public ValueTask<bool> DeleteAsync(CancellationToken cancellationToken = default) =>
        Pool.DeleteAsync(_key, cancellationToken);

    // Values which get-or-create operations find here are stale at the end of their lives, whoever stored them.
    private CacheExpiry Lifetime(CacheExpiry? expires) => (expires ?? _expires).Extend(Options.Stale);

    /// <summary>The key.</summary>
    public override string ToString() => Key;
}
