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
/// <para>There is no local level yet: <see cref="HybridCacheEntryOptions.LocalCacheExpiration"/> and the flags of the local cache have
/// no effect, and with <see cref="HybridCacheEntryFlags.DisableDistributedCache"/> nothing is kept, though callers of one process
/// share a create function that is under way. There are no tags yet either: <see cref="NotSupportedException"/>.</para>
/// <para>Where no server can be reached, values are created and not stored. All members are thread-safe.</para>
/// </remarks>
public sealed partial class TypedCacheHybridCache : HybridCache
{
    private readonly MemcachedPool _pool;
    private readonly GetOrCreateOptions _creation;
    private readonly HybridCallDefaults _defaults;
    private readonly HybridCacheLog _log;
    private readonly HybridKeys _keys;
    private readonly KeyTemplate _template;
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
        _types = new HybridTypes(new HybridSerializers(services), options.MaximumPayloadBytes, _log);
    }

    /// <inheritdoc/>
    /// <exception cref="NotSupportedException">There are tags.</exception>
    /// <exception cref="InvalidOperationException">The type has no serializer.</exception>
    public override ValueTask<T> GetOrCreateAsync<TState, T>(
        string key, TState state, Func<TState, CancellationToken, ValueTask<T>> factory, HybridCacheEntryOptions? options = null, IEnumerable<string>? tags = null, CancellationToken cancellationToken = default) =>
        GetOrCreateAsync(key, key.AsSpan(), state, factory, options, tags, cancellationToken);

    /// <inheritdoc/>
    /// <exception cref="NotSupportedException">There are tags.</exception>
    /// <exception cref="InvalidOperationException">The type has no serializer.</exception>
    public override ValueTask<T> GetOrCreateAsync<TState, T>(
        ReadOnlySpan<char> key, TState state, Func<TState, CancellationToken, ValueTask<T>> factory, HybridCacheEntryOptions? options = null, IEnumerable<string>? tags = null, CancellationToken cancellationToken = default) =>
        GetOrCreateAsync(null, key, state, factory, options, tags, cancellationToken);

    // Most calls need the key's bytes alone. The others take the caller's text, where there is one.
    private ValueTask<T> GetOrCreateAsync<TState, T>(
        string? text, ReadOnlySpan<char> key, TState state, Func<TState, CancellationToken, ValueTask<T>> factory, HybridCacheEntryOptions? options, IEnumerable<string>? tags, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(factory);
        HybridTags.Refuse(tags);
        cancellationToken.ThrowIfCancellationRequested();
        var call = _defaults.Join(options);
        if (!_keys.Accept(key))
        {
            return call.Creates ? factory(state, cancellationToken) : default;
        }

        var type = _types.Of<T>();
        return call is { Reads: true, Writes: true, Creates: true } ? Lease(key, state, factory, type, call, cancellationToken)
            : call.Creates ? type.TakeAsync(CreateAside(text ?? key.ToString(), state, factory, type, call, cancellationToken))
            : call.Reads ? ReadOrDefaultAsync(ReadAsync(text ?? key.ToString(), type, cancellationToken))
            : default;
    }

    /// <summary>Reads a value, without creating it.</summary>
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
    /// <exception cref="NotSupportedException">There are tags.</exception>
    /// <exception cref="InvalidOperationException">The type has no serializer.</exception>
    public override ValueTask SetAsync<T>(
        string key, T value, HybridCacheEntryOptions? options = null, IEnumerable<string>? tags = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(key);
        HybridTags.Refuse(tags);
        cancellationToken.ThrowIfCancellationRequested();
        var call = _defaults.Join(options);
        return _keys.Accept(key) && call.Writes
            ? StoreAsync(key, value, _types.Of<T>().Codec(call.Compresses), call, cancellationToken)
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
        await _pool.DeleteManyAsync((keys ?? []).Where(key => _keys.Accept(key)), _keys, KeyOfBatch, KeyPolicy.Escape, cancellationToken, _template).ConfigureAwait(false);
    }

    /// <summary>Throws: there are no tags yet.</summary>
    /// <exception cref="NotSupportedException">Always.</exception>
    public override ValueTask RemoveByTagAsync(string tag, CancellationToken cancellationToken = default) => throw HybridTags.Refusal();

    /// <summary>Throws: there are no tags yet.</summary>
    /// <exception cref="NotSupportedException">There is a tag.</exception>
    public override ValueTask RemoveByTagAsync(IEnumerable<string> tags, CancellationToken cancellationToken = default)
    {
        HybridTags.Refuse(tags);
        return default;
    }

    private static BatchKey<HybridKeys, string> KeyOfBatch => static (ref writer, keys, key) => keys.Append(ref writer, key);

    private static async ValueTask IgnoreResultAsync(ValueTask<bool> operation) => await operation.ConfigureAwait(false);

    private static async ValueTask<T> ReadOrDefaultAsync<T>(ValueTask<CacheValue<T>> read) => (await read.ConfigureAwait(false)).Value!;

    // The pool reads, or lets one caller of the fleet create and store. The copies of a value that its holder may change are made of the
    // bytes that are stored, so that all callers see the same.
    private ValueTask<T> Lease<TState, T>(
        ReadOnlySpan<char> key, TState state, Func<TState, CancellationToken, ValueTask<T>> factory, HybridType<T> type, HybridCall call, CancellationToken cancellationToken)
    {
        var wireKey = _keys.Write(key, stackalloc byte[CacheKeyWriter.StackSize]);
        if (ImmutableType<T>.Holds)
        {
            return _pool.GetOrCreateAsync(wireKey, state, factory, type.Codec(call.Compresses), _creation, call.Expires, cancellationToken, _template);
        }

        return type.TakeAsync(_pool.GetOrCreateAsync(
            wireKey,
            (state, factory, type),
            static async (create, token) => create.type.Share(await create.factory(create.state, token).ConfigureAwait(false)),
            type.CopiedCodec(call.Compresses),
            _creation,
            call.Expires,
            cancellationToken,
            _template));
    }

    private ValueTask<HybridValue<T>> CreateAside<TState, T>(
        string key, TState state, Func<TState, CancellationToken, ValueTask<T>> factory, HybridType<T> type, HybridCall call, CancellationToken cancellationToken)
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

            var created = type.Share(await factory(state, token).ConfigureAwait(false));
            if (call.Writes)
            {
                await StoreAsync(key, created, type.CopiedCodec(call.Compresses), call, token).ConfigureAwait(false);
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

    // What cannot be stored must not leave an older value in its place.
    private async ValueTask StoreAsync<T>(string key, T value, ICacheCodec<T> codec, HybridCall call, CancellationToken cancellationToken)
    {
        try
        {
            await Set(key, value, codec, call, cancellationToken).ConfigureAwait(false);
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

    private ValueTask<CacheValue<T>> Get<T>(ReadOnlySpan<char> key, HybridType<T> type, CancellationToken cancellationToken) =>
        _pool.GetValueAsync(_keys.Write(key, stackalloc byte[CacheKeyWriter.StackSize]), type.Codec(compresses: true), cancellationToken, _template);

    private ValueTask Set<T>(ReadOnlySpan<char> key, T value, ICacheCodec<T> codec, HybridCall call, CancellationToken cancellationToken) =>
        _pool.SetAsync(_keys.Write(key, stackalloc byte[CacheKeyWriter.StackSize]), value, codec, Stored(call.Expires), cancellationToken, _template);

    private ValueTask<bool> Delete(ReadOnlySpan<char> key, CancellationToken cancellationToken) =>
        _pool.DeleteAsync(_keys.Write(key, stackalloc byte[CacheKeyWriter.StackSize]), cancellationToken, _template);

    // The last seconds of a value's life are those in which it is stale.
    private CacheExpiry Stored(CacheExpiry expires) => expires.WithJitter(_creation.Jitter).Extend(_creation.Stale);
}
