using TypedCache.Keys;
using TypedCache.Values;

namespace TypedCache;

/// <summary>
/// Entries whose keys differ in one part, which the template calls <c>{key}</c>. A generated client gives the set for a method such as
/// <c>[CacheKey("city:{key}", Expires = "1d")] CacheEntrySet&lt;int, City&gt; Cities();</c>
/// </summary>
/// <typeparam name="TKey">What tells the entries apart.</typeparam>
/// <typeparam name="T">The type of the values.</typeparam>
/// <remarks>
/// A set of a method without parameters costs nothing to make; the arguments of others are kept in one object and a delegate. What each
/// operation does, and what it throws, is said at the method of <see cref="MemcachedPool"/> with its name.
/// </remarks>
public readonly struct CacheEntrySet<TKey, T>
    where TKey : notnull
{
    private readonly MemcachedPool? _pool;
    private readonly EntryKey<TKey> _key;
    private readonly KeyPolicy _policy;
    private readonly ICacheCodec<T> _codec;
    private readonly CacheExpiry _expires;
    private readonly GetOrCreateOptions? _options;

    /// <summary>Makes a set. Called by generated clients.</summary>
    /// <param name="pool">The pool whose servers hold the values.</param>
    /// <param name="key">Writes the key of one entry.</param>
    /// <param name="policy">What happens to arguments which memcached would not take in a key.</param>
    /// <param name="codec">Writes and reads the values' bytes.</param>
    /// <param name="expires">When values expire for which no other expiry is given.</param>
    /// <param name="options">
    /// How get-or-create operations store and wait; their expiry counts for them. Whatever is stored lives for
    /// <see cref="GetOrCreateOptions.Stale"/> longer.
    /// </param>
    public CacheEntrySet(
        MemcachedPool pool, EntryKey<TKey> key, KeyPolicy policy, ICacheCodec<T> codec, CacheExpiry expires = default, GetOrCreateOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(pool);
        ArgumentNullException.ThrowIfNull(key);
        ArgumentNullException.ThrowIfNull(codec);
        _pool = pool;
        _key = key;
        _policy = policy;
        _codec = codec;
        _expires = expires;
        _options = options;
    }

    private MemcachedPool Pool => _pool ?? throw EntryOrigin.Missing(nameof(CacheEntrySet<TKey, T>));

    private GetOrCreateOptions Options => _options ?? GetOrCreateOptions.Default;

    /// <summary>One entry of the set.</summary>
    /// <param name="key">Which one.</param>
    public CacheEntry<T> this[TKey key]
    {
        get
        {
            var pool = Pool;
            var writer = new CacheKeyWriter(stackalloc byte[CacheKeyWriter.StackSize], _policy);
            _key(ref writer, key);
            return new CacheEntry<T>(pool, writer.Finish(), _codec, _expires, _options);
        }
    }

    /// <summary>Reads many values: one multi-get per server, all servers at once.</summary>
    /// <param name="keys">Which ones. Duplicates are fine.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <returns>The values which were found, by key.</returns>
    public ValueTask<Dictionary<TKey, T>> GetManyAsync(IEnumerable<TKey> keys, CancellationToken cancellationToken = default) =>
        Pool.GetManyAsync(keys, _key, static (ref writer, write, key) => write(ref writer, key), _policy, _codec, cancellationToken);

    /// <summary>
    /// Reads many values, and creates those which are missing with one call, so that of all callers in the fleet one creates each value.
    /// </summary>
    /// <param name="keys">Which ones. Duplicates are fine.</param>
    /// <param name="create">Creates the values of the keys it gets; those it leaves out are not there.</param>
    /// <param name="expires">When values which are created expire; the set's own expiry by default.</param>
    /// <param name="cancellationToken">Ends this caller's waiting, and nobody else's.</param>
    /// <returns>The values which were found or created, by key.</returns>
    public ValueTask<Dictionary<TKey, T>> GetOrCreateManyAsync(
        IEnumerable<TKey> keys, Func<IReadOnlyList<TKey>, CancellationToken, ValueTask<IReadOnlyDictionary<TKey, T>>> create, CacheExpiry? expires = null, CancellationToken cancellationToken = default) =>
        Pool.GetOrCreateManyAsync(
            keys,
            _key,
            static (ref writer, write, key) => write(ref writer, key),
            _policy,
            create,
            _codec,
            Options,
            expires ?? (_options is null ? _expires : null),
            cancellationToken);

    /// <summary>Stores many values, all servers at once.</summary>
    /// <param name="values">The values by key.</param>
    /// <param name="expires">When they expire; the set's own expiry by default.</param>
    /// <param name="cancellationToken">Ends the waiting; the values may be stored all the same.</param>
    public ValueTask SetManyAsync(IEnumerable<KeyValuePair<TKey, T>> values, CacheExpiry? expires = null, CancellationToken cancellationToken = default) =>
        Pool.SetManyAsync(values, _key, static (ref writer, write, key) => write(ref writer, key), _policy, _codec, (expires ?? _expires).Extend(Options.Stale), cancellationToken);

    /// <summary>Removes many values, all servers at once.</summary>
    /// <param name="keys">Which ones.</param>
    /// <param name="cancellationToken">Ends the waiting; the values may be removed all the same.</param>
    /// <returns>How many there were.</returns>
    public ValueTask<int> DeleteManyAsync(IEnumerable<TKey> keys, CancellationToken cancellationToken = default) =>
        Pool.DeleteManyAsync(keys, _key, static (ref writer, write, key) => write(ref writer, key), _policy, cancellationToken);
}
