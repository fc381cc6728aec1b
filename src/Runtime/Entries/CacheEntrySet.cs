using TypedCache.Keys;
using TypedCache.Values;

namespace TypedCache;

/// <summary>
/// Entries whose keys differ in one part, which the template calls <c>{key}</c>. A generated client returns the set from a method such as
/// <c>[CacheKey("city:{key}", Expires = "1d")] CacheEntrySet&lt;int, City&gt; Cities();</c>
/// </summary>
/// <typeparam name="TKey">The type of the part in which the keys differ.</typeparam>
/// <typeparam name="T">The type of the values.</typeparam>
/// <remarks>
/// Creating the set of a method without parameters costs nothing; the arguments of others take one object and a delegate. The methods
/// of the same names in <see cref="MemcachedPool"/> say what each operation does and throws.
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
    private readonly KeyTemplate? _template;

    /// <summary>Creates a set. Called by generated clients.</summary>
    /// <param name="pool">The pool whose servers hold the values.</param>
    /// <param name="key">Writes the key of one entry.</param>
    /// <param name="policy">What happens to arguments that memcached would not accept in a key.</param>
    /// <param name="codec">Writes and reads the values' bytes.</param>
    /// <param name="expires">When values expire, unless another expiry is given.</param>
    /// <param name="options">
    /// How get-or-create operations store and wait; they use the expiry of these options. Whatever is stored lives longer, by
    /// <see cref="GetOrCreateOptions.Stale"/>.
    /// </param>
    /// <param name="template">What the keys are called in metrics and traces; null: they are told apart from no others.</param>
    public CacheEntrySet(
        MemcachedPool pool, EntryKey<TKey> key, KeyPolicy policy, ICacheCodec<T> codec, CacheExpiry expires = default, GetOrCreateOptions? options = null, KeyTemplate? template = null)
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
        _template = template;
    }

    private static BatchKey<EntryKey<TKey>, TKey> WriteKey => static (ref writer, write, key) => write(ref writer, key);

    private MemcachedPool Pool => _pool ?? throw EntryOrigin.Missing(nameof(CacheEntrySet<TKey, T>));

    private GetOrCreateOptions Options => _options ?? GetOrCreateOptions.Default;

    /// <summary>One entry of the set.</summary>
    /// <param name="key">Which one.</param>
    public CacheEntry<T> this[TKey key]
    {
        get
        {
            var pool = Pool;
            var writer = new CacheKeyWriter(stackalloc byte[CacheKeyWriter.StackSize], _policy, pool.MaxKeyLength) { ShownAs = KeyTemplate.Cover(_template) };
            _key(ref writer, key);
            return new CacheEntry<T>(pool, writer.Finish(), _codec, _expires, _options, _template);
        }
    }

    /// <summary>Reads many values: one multi-get per server, all in parallel.</summary>
    /// <param name="keys">Which ones. Duplicates are fine.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <returns>The values that were found, by key, and which of them cannot be read.</returns>
    public ValueTask<CacheValues<TKey, T>> GetManyAsync(IEnumerable<TKey> keys, CancellationToken cancellationToken = default) =>
        _options?.Near is { } near
            ? Pool.GetManyAsync(keys, _key, WriteKey, _policy, _codec, near, cancellationToken, _template)
            : Pool.GetManyAsync(keys, _key, WriteKey, _policy, _codec, cancellationToken, _template);

    /// <summary>Reads many values together with their CAS numbers: one multi-get per server, all in parallel.</summary>
    /// <inheritdoc cref="GetManyAsync" path="/param"/>
    /// <returns>The values that were found and their CAS numbers, by key, and which of them cannot be read.</returns>
    public ValueTask<CacheValues<TKey, CacheValue<T>>> GetManyValuesAsync(IEnumerable<TKey> keys, CancellationToken cancellationToken = default) =>
        Pool.GetManyValuesAsync(keys, _key, WriteKey, _policy, _codec, cancellationToken, _template);

    /// <summary>Tells which of many values there are, without reading them; on all servers in parallel.</summary>
    /// <inheritdoc cref="GetManyAsync" path="/param"/>
    /// <returns>The keys of those that there are.</returns>
    public ValueTask<HashSet<TKey>> ExistsManyAsync(IEnumerable<TKey> keys, CancellationToken cancellationToken = default) =>
        Pool.ExistsManyAsync(keys, _key, WriteKey, _policy, cancellationToken, _template);

    /// <summary>
    /// Reads many values, and creates the missing ones with one call, so that one caller in the fleet creates each value.
    /// </summary>
    /// <param name="keys">Which ones. Duplicates are fine.</param>
    /// <param name="create">Creates the values of the keys it gets; those it leaves out do not exist.</param>
    /// <param name="expires">When created values expire; the set's own expiry by default.</param>
    /// <param name="cancellationToken">Cancels this caller's wait, and nobody else's.</param>
    /// <returns>The values that were found or created, by key.</returns>
    public ValueTask<Dictionary<TKey, T>> GetOrCreateManyAsync(
        IEnumerable<TKey> keys, Func<IReadOnlyList<TKey>, CancellationToken, ValueTask<IReadOnlyDictionary<TKey, T>>> create, CacheExpiry? expires = null, CancellationToken cancellationToken = default) =>
        Pool.GetOrCreateManyAsync(
            keys,
            _key,
            WriteKey,
            _policy,
            create,
            _codec,
            Options,
            expires ?? (_options is null ? _expires : null),
            cancellationToken, _template);

    /// <summary>Stores many values, whether or not there are any; on all servers in parallel.</summary>
    /// <param name="values">The values by key.</param>
    /// <param name="expires">When they expire; the set's own expiry by default.</param>
    /// <param name="cancellationToken">Cancels the wait; the values may still be stored.</param>
    public ValueTask SetManyAsync(IEnumerable<KeyValuePair<TKey, T>> values, CacheExpiry? expires = null, CancellationToken cancellationToken = default) =>
        Pool.SetManyAsync(values, _key, WriteKey, _policy, _codec, Lifetime(expires), cancellationToken, _template);

    /// <summary>Stores those of many values of which there are none; on all servers in parallel.</summary>
    /// <inheritdoc cref="SetManyAsync" path="/param"/>
    /// <returns>The keys whose values were stored.</returns>
    public ValueTask<HashSet<TKey>> AddManyAsync(IEnumerable<KeyValuePair<TKey, T>> values, CacheExpiry? expires = null, CancellationToken cancellationToken = default) =>
        Pool.AddManyAsync(values, _key, WriteKey, _policy, _codec, Lifetime(expires), cancellationToken, _template);

    /// <summary>Stores those of many values that have not changed since they were read; on all servers in parallel.</summary>
    /// <param name="values">The new values and the CAS numbers of what was read, by key: <see cref="CacheValue{T}.With"/>.</param>
    /// <param name="expires">When they expire; the set's own expiry by default.</param>
    /// <param name="cancellationToken">Cancels the wait; the values may still be stored.</param>
    /// <returns>What has become of each value, by key.</returns>
    public ValueTask<Dictionary<TKey, CasResult>> CompareAndSetManyAsync(
        IEnumerable<KeyValuePair<TKey, CacheValue<T>>> values, CacheExpiry? expires = null, CancellationToken cancellationToken = default) =>
        Pool.CompareAndSetManyAsync(values, _key, WriteKey, _policy, _codec, Lifetime(expires), cancellationToken, _template);

    /// <summary>Gives many existing values a new expiry; on all servers in parallel.</summary>
    /// <param name="keys">Which ones. Duplicates are fine.</param>
    /// <param name="expires">When they expire; the set's own expiry by default.</param>
    /// <param name="cancellationToken">Cancels the wait; the expiries may still change.</param>
    /// <returns>The keys of those that there are.</returns>
    public ValueTask<HashSet<TKey>> TouchManyAsync(IEnumerable<TKey> keys, CacheExpiry? expires = null, CancellationToken cancellationToken = default) =>
        Pool.TouchManyAsync(keys, _key, WriteKey, _policy, Lifetime(expires), cancellationToken, _template);

    /// <summary>Removes many values, on all servers in parallel.</summary>
    /// <param name="keys">Which ones.</param>
    /// <param name="cancellationToken">Cancels the wait; the values may still be removed.</param>
    /// <returns>How many there were.</returns>
    public ValueTask<int> DeleteManyAsync(IEnumerable<TKey> keys, CancellationToken cancellationToken = default) =>
        Pool.DeleteManyAsync(keys, _key, WriteKey, _policy, cancellationToken, _template);

    // Get-or-create operations take values as stale at the end of their lives, whoever stored them.
    private CacheExpiry Lifetime(CacheExpiry? expires) => (expires ?? _expires).Extend(Options.Stale);
}
