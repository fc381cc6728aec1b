using Microsoft.Extensions.Caching.Hybrid;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using TypedCache.Keys;
using TypedCache.Values;

namespace TypedCache.Caching;

/// <summary>
/// <see cref="HybridCache"/> over a pool: one caller in the whole fleet creates a missing value, and the others wait for it.
/// </summary>
/// <remarks>
/// <para>Where a call or the default options have a <see cref="HybridCacheEntryOptions.LocalCacheExpiration"/>, values are kept in this process, by
/// the pool's near cache. With <see cref="HybridCacheEntryFlags.DisableDistributedCache"/> nothing is kept, though callers of one process
/// share a create function that is under way.</para>
/// <para>Tags are the pool's: a value that one process removes by a tag is missing in all, those that keep it themselves included, within
/// <see cref="TypedCacheHybridCacheOptions.TagNear"/>. The tags that count are those that a value was stored with; the tag <c>*</c> stands for all
/// values.</para>
/// <para>Where no server can be reached, values are created and not stored. All members are thread-safe.</para>
/// </remarks>
public sealed partial class TypedCacheHybridCache : HybridCache
{
    private readonly MemcachedPool _pool;
    private readonly GetOrCreateOptions _creation;
    private readonly HybridCallDefaults _defaults;
    private readonly HybridCacheLog _log;
    private readonly HybridKeys _keys;
    private readonly HybridLocalLevel _local;
    private readonly HybridTags _tags;
    private readonly TagOptions _tagOptions;
    private readonly KeyTemplate _template;
    private readonly KeyTemplate _tagTemplate;
    private readonly HybridTypes _types;
    private readonly SharedCreations _shared = new();

    /// <summary>Creates a cache.</summary>
    /// <param name="pool">Where the values are. The cache does not dispose it.</param>
    /// <param name="options">How they are stored; by default as the options' properties say.</param>
    /// <param name="services">
    /// Has the serializers: <see cref="IHybridCacheSerializer{T}"/> of a type, else the <see cref="IHybridCacheSerializerFactory"/> that was
    /// added last, else JSON. Without it: text and bytes as they are, and JSON.
    /// </param>
    /// <exception cref="ArgumentException">An option is not valid; the message names it.</exception>
    public TypedCacheHybridCache(MemcachedPool pool, TypedCacheHybridCacheOptions? options = null, IServiceProvider? services = null)
    {
        ArgumentNullException.ThrowIfNull(pool);
        options ??= new TypedCacheHybridCacheOptions();
        _pool = pool;
        _creation = options.ToPoolOptions();
        _defaults = new HybridCallDefaults(options);
        var logger = services?.GetService<ILoggerFactory>()?.CreateLogger("TypedCache.HybridCache") ?? NullLogger.Instance;
        _log = new HybridCacheLog(logger, services?.GetService<TimeProvider>() ?? TimeProvider.System);
        _template = new KeyTemplate(options.InstanceName.TrimEnd(':'), "{key}") { HidesKeys = true };
        _keys = new HybridKeys(options.InstanceName, options.MaximumKeyLength, pool.MaxKeyLength, _log);
        _local = new HybridLocalLevel(_creation);
        _tags = new HybridTags(options.InstanceName, pool.MaxKeyLength);
        _tagOptions = options.ToTagOptions();
        _tagTemplate = new KeyTemplate(_template.Client, "tag:{tag}") { HidesKeys = true };
        _types = new HybridTypes(new HybridSerializers(services), options.MaximumPayloadBytes, _log);
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">A tag is blank or <c>*</c>, or there are more than 32.</exception>
    /// <exception cref="InvalidOperationException">The type has no serializer.</exception>
    public override ValueTask<T> GetOrCreateAsync<TState, T>(
        string key, TState state, Func<TState, CancellationToken, ValueTask<T>> factory, HybridCacheEntryOptions? options = null, IEnumerable<string>? tags = null, CancellationToken cancellationToken = default) =>
        GetOrCreateAsync(key, key.AsSpan(), state, factory, options, tags, cancellationToken);

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">A tag is blank or <c>*</c>, or there are more than 32.</exception>
    /// <exception cref="InvalidOperationException">The type has no serializer.</exception>
    public override ValueTask<T> GetOrCreateAsync<TState, T>(
        ReadOnlySpan<char> key, TState state, Func<TState, CancellationToken, ValueTask<T>> factory, HybridCacheEntryOptions? options = null, IEnumerable<string>? tags = null, CancellationToken cancellationToken = default) =>
        GetOrCreateAsync(null, key, state, factory, options, tags, cancellationToken);

    // Most calls need the key's bytes alone. The others take the caller's text, where there is one.
    private ValueTask<T> GetOrCreateAsync<TState, T>(
        string? text, ReadOnlySpan<char> key, TState state, Func<TState, CancellationToken, ValueTask<T>> factory, HybridCacheEntryOptions? options, IEnumerable<string>? tags, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(factory);
        var given = HybridTags.Copy(tags);
        cancellationToken.ThrowIfCancellationRequested();
        var call = _defaults.Join(options);
        if (!_keys.Accept(key))
        {
            return call.Creates ? factory(state, cancellationToken) : default;
        }

        var type = _types.Of<T>();
        return call is { Reads: true, Writes: true, Creates: true } ? Lease(key, state, factory, type, given, call, cancellationToken)
            : call.Creates ? type.TakeAsync(CreateAside(text ?? key.ToString(), state, factory, type, given, call, cancellationToken))
            : call.Reads ? ReadOrDefault(text ?? key.ToString(), type, call, cancellationToken)
            : default;
    }

    /// <summary>Reads a value from its server, without creating it.</summary>
    /// <param name="key">The key.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <returns>The value, or a miss: also where no server can be reached, or what is stored is of another type.</returns>
    /// <exception cref="InvalidOperationException">The type has no serializer.</exception>
    public ValueTask<CacheValue<T>> GetValueAsync<T>(string key, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(key);
        cancellationToken.ThrowIfCancellationRequested();
        return _keys.Accept(key) ? ReadAsync(key, _types.Of<T>(), cancellationToken) : default;
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">A tag is blank or <c>*</c>, or there are more than 32.</exception>
    /// <exception cref="InvalidOperationException">The type has no serializer.</exception>
    public override ValueTask SetAsync<T>(
        string key, T value, HybridCacheEntryOptions? options = null, IEnumerable<string>? tags = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(key);
        var given = HybridTags.Copy(tags);
        cancellationToken.ThrowIfCancellationRequested();
        var call = _defaults.Join(options);
        return _keys.Accept(key) && call.Writes
            ? StoreAsync(key, Set(key, value, _tags.Apply(_types.Of<T>().Codec(call.Compresses), given), call, cancellationToken), cancellationToken)
            : default;
    }

    /// <inheritdoc/>
    public override ValueTask RemoveAsync(string key, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(key);
        cancellationToken.ThrowIfCancellationRequested();
        return _keys.Accept(key) ? IgnoreResultAsync(Delete(key, cancellationToken)) : default;
    }

    /// <inheritdoc/>
    public override async ValueTask RemoveAsync(IEnumerable<string> keys, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        await _pool.DeleteManyAsync((keys ?? []).Where(key => _keys.Accept(key)), this, KeyOfBatch, KeyPolicy.Escape, cancellationToken, _template).ConfigureAwait(false);
    }

    /// <summary>Removes all values with a tag, in all processes, by one request; <c>*</c>: all values of this <see cref="TypedCacheHybridCacheOptions.InstanceName"/>.</summary>
    /// <param name="tag">The tag. Nothing has a blank one.</param>
    /// <param name="cancellationToken">Cancels the wait; the values may still be removed.</param>
    /// <remarks>
    /// Reads of this process miss the values from now on, and so do those of others within <see cref="TypedCacheHybridCacheOptions.TagNear"/>. A value
    /// whose create has begun before is missing as soon as it is stored.
    /// </remarks>
    /// <exception cref="MemcachedException">memcached failed: they may still be there.</exception>
    public override async ValueTask RemoveByTagAsync(string tag, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (HybridTags.IsTag(tag))
        {
            await RemoveTag(tag, cancellationToken).ConfigureAwait(false);
            _shared.Forget();
        }
    }

    /// <summary>Removes all values with any of several tags, in all processes, by one request for each tag.</summary>
    /// <param name="tags">The tags.</param>
    /// <param name="cancellationToken">Cancels the wait; the values may still be removed.</param>
    /// <inheritdoc cref="RemoveByTagAsync(string, CancellationToken)" path="/remarks|/exception"/>
    public override ValueTask RemoveByTagAsync(IEnumerable<string> tags, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return new ValueTask(Task.WhenAll((tags ?? []).Distinct(StringComparer.Ordinal).Select(tag => RemoveByTagAsync(tag, cancellationToken).AsTask())));
    }

    private static BatchKey<TypedCacheHybridCache, string> KeyOfBatch => static (ref writer, cache, key) => cache._keys.Append(ref writer, key);

    private static TagKeysOf<TypedCacheHybridCache, string> TagsOfBatch => static (ref tags, cache, _) => tags.Add(cache._tags.All);

    private static async ValueTask IgnoreResultAsync(ValueTask<bool> operation) => await operation.ConfigureAwait(false);

    // The pool reads, or lets one caller of the fleet create and store. The copies of a value that its holder may change are made of the
    // bytes that are stored, so that all callers see the same.
    private ValueTask<T> Lease<TState, T>(
        ReadOnlySpan<char> key, TState state, Func<TState, CancellationToken, ValueTask<T>> factory, HybridType<T> type, string[] tags, HybridCall call, CancellationToken cancellationToken)
    {
        var wireKey = _keys.Write(key, stackalloc byte[CacheKeyWriter.StackSize]);
        var all = _tags.OfAll(stackalloc byte[TagKeys.SizePerTag]);
        var options = _local.Of(call.LocalExpiration, ImmutableType<T>.Holds);
        if (ImmutableType<T>.Holds)
        {
            return _pool.GetOrCreateTaggedAsync(
                wireKey, all, state, factory, _tags.Apply(type.Codec(call.Compresses), tags), options, _tagOptions, call.Expires, cancellationToken, _template);
        }

        return type.TakeAsync(_pool.GetOrCreateTaggedAsync(
            wireKey,
            all,
            (state, factory, type),
            static async (create, token) => create.type.Share(await create.factory(create.state, token).ConfigureAwait(false)),
            _tags.Apply(type.CopiedCodec(call.Compresses), tags),
            options,
            _tagOptions,
            call.Expires,
            cancellationToken,
            _template));
    }

    private ValueTask<HybridValue<T>> CreateAside<TState, T>(
        string key, TState state, Func<TState, CancellationToken, ValueTask<T>> factory, HybridType<T> type, string[] tags, HybridCall call, CancellationToken cancellationToken)
    {
        return _shared.RunAsync(new SharedCreationKey(key, typeof(T), call.SharingFlags), CreateAsync, cancellationToken);

        async Task<HybridValue<T>> CreateAsync(CancellationToken token)
        {
            if (call.Reads)
            {
                var read = await ReadAsync(key, type, token).ConfigureAwait(false);
                if (read.Found)
                {
                    return type.Share(read.Value!);
                }
            }

            // A tag that is removed while the factory runs takes its value away.
            var before = call.Writes ? await TrySnapshotAsync(_tags.Apply(type.CopiedCodec(call.Compresses), tags), token).ConfigureAwait(false) : null;
            var created = type.Share(await factory(state, token).ConfigureAwait(false));
            if (before is not null)
            {
                await StoreAsync(key, IgnoreResultAsync(Set(key, created, before, call, token)), token).ConfigureAwait(false);
            }

            return created;
        }
    }

    private async ValueTask<CacheValue<T>> ReadAsync<T>(string key, HybridType<T> type, CancellationToken cancellationToken)
    {
        try
        {
            return await Get(key, type, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is MemcachedException or CacheValueException)
        {
            _log.ReadFailed(exception);
            return CacheValue<T>.Miss;
        }
    }

    private ValueTask<T> ReadOrDefault<T>(string key, HybridType<T> type, HybridCall call, CancellationToken cancellationToken)
    {
        var near = _local.Of(call.LocalExpiration, ImmutableType<T>.Holds).Near;
        return ImmutableType<T>.Holds
            ? ReadOrDefaultAsync(key, type.Codec(call.Compresses), near, cancellationToken)!
            : type.TakeAsync(ReadOrDefaultAsync(key, type.CopiedCodec(call.Compresses), near, cancellationToken));
    }

    private async ValueTask<T?> ReadOrDefaultAsync<T>(string key, TaggedCodec<T> codec, NearOptions? near, CancellationToken cancellationToken)
    {
        try
        {
            return await Get(key, codec, near, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is MemcachedException or CacheValueException)
        {
            _log.ReadFailed(exception);
            return default;
        }
    }

    // Null: what is created cannot be stored.
    private async ValueTask<TagSnapshot<T>?> TrySnapshotAsync<T>(TaggedCodec<T> codec, CancellationToken cancellationToken)
    {
        try
        {
            return await Snapshot(codec, cancellationToken).ConfigureAwait(false);
        }
        catch (MemcachedException exception)
        {
            _log.WriteFailed(exception);
            return null;
        }
    }

    // What cannot be stored must not leave an older value in its place.
    private async ValueTask StoreAsync(string key, ValueTask stored, CancellationToken cancellationToken)
    {
        try
        {
            await stored.ConfigureAwait(false);
        }
        catch (ValueTooLargeException)
        {
            await RemoveOldAsync(key, cancellationToken).ConfigureAwait(false);
        }
        catch (MemcachedException exception)
        {
            _log.WriteFailed(exception);
        }
    }

    private async ValueTask RemoveOldAsync(string key, CancellationToken cancellationToken)
    {
        try
        {
            await Delete(key, cancellationToken).ConfigureAwait(false);
        }
        catch (MemcachedException exception)
        {
            _log.WriteFailed(exception);
        }
    }

    private ValueTask<CacheValue<T>> Get<T>(ReadOnlySpan<char> key, HybridType<T> type, CancellationToken cancellationToken) => _pool.GetTaggedValueAsync(
        _keys.Write(key, stackalloc byte[CacheKeyWriter.StackSize]), _tags.OfAll(stackalloc byte[TagKeys.SizePerTag]), type.Codec(compresses: true), _tagOptions, cancellationToken, _template);

    private ValueTask<T?> Get<T>(ReadOnlySpan<char> key, TaggedCodec<T> codec, NearOptions? near, CancellationToken cancellationToken) => _pool.GetTaggedAsync(
        _keys.Write(key, stackalloc byte[CacheKeyWriter.StackSize]), _tags.OfAll(stackalloc byte[TagKeys.SizePerTag]), codec, _tagOptions, near, cancellationToken, _template);

    private ValueTask<TagSnapshot<T>> Snapshot<T>(TaggedCodec<T> codec, CancellationToken cancellationToken) =>
        _pool.SnapshotTagsAsync(_tags.OfAll(stackalloc byte[TagKeys.SizePerTag]), codec, cancellationToken);

    private ValueTask Set<T>(ReadOnlySpan<char> key, T value, TaggedCodec<T> codec, HybridCall call, CancellationToken cancellationToken) => _pool.SetTaggedAsync(
        _keys.Write(key, stackalloc byte[CacheKeyWriter.StackSize]), _tags.OfAll(stackalloc byte[TagKeys.SizePerTag]), value, codec, Stored(call.Expires), cancellationToken, _template);

    private ValueTask<bool> Set<T>(ReadOnlySpan<char> key, T value, TagSnapshot<T> before, HybridCall call, CancellationToken cancellationToken) =>
        _pool.SetTaggedAsync(_keys.Write(key, stackalloc byte[CacheKeyWriter.StackSize]), before, value, Stored(call.Expires), cancellationToken, _template);

    private ValueTask RemoveTag(string tag, CancellationToken cancellationToken) =>
        _pool.RemoveTagAsync(_tags.Write(tag, stackalloc byte[CacheKeyWriter.StackSize]), group: null, cancellationToken, _tagTemplate);

    private ValueTask<bool> Delete(ReadOnlySpan<char> key, CancellationToken cancellationToken) =>
        _pool.DeleteAsync(_keys.Write(key, stackalloc byte[CacheKeyWriter.StackSize]), cancellationToken, _template);

    // The last seconds of a value's life are those in which it is stale.
    private CacheExpiry Stored(CacheExpiry expires) => expires.WithJitter(_creation.Jitter).Extend(_creation.Stale);
}
