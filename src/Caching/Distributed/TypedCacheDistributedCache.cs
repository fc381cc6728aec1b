using System.Buffers;
using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using TypedCache.Keys;
using TypedCache.Shared;
using TypedCache.Values;

namespace TypedCache.Caching;

/// <summary>An <see cref="IDistributedCache"/> over memcached. Create one for the life of the application and use it from any thread.</summary>
/// <remarks>
/// <para>Any key is fine: what memcached does not accept is escaped, and the tail of a long one becomes a hash.</para>
/// <para>
/// An entry never ends before its absolute expiration, unless a server needs its memory, and up to a second later. A sliding expiration is
/// renewed by a read, without waiting for that, once less than 90 % of it is left: an entry that nobody reads ends after 90 to 100 % of it.
/// Sliding expirations over 194 days count as 194 days. What shall live for less than a second is not stored, and what was stored before
/// is removed.
/// </para>
/// <para>
/// The methods that are not async block the calling thread until the server has answered, and need no thread of the thread pool for that.
/// </para>
/// <para>In the classic protocol (servers before 1.6.10 and proxies) servers do not say how much time is left: each read renews.</para>
/// </remarks>
public sealed partial class TypedCacheDistributedCache : IBufferDistributedCache
{
    // A shortened key needs 34 bytes behind the instance name.
    private const int RoomForKey = 34;

    private readonly MemcachedPool _pool;
    private readonly byte[] _instanceName;
    private readonly KeyTemplate _template;
    private readonly bool _skipsTooLarge;
    private readonly bool _missOnFailure;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly OncePerMinute _tooLargeWarning;
    private readonly OncePerMinute _failureWarning;

    /// <summary>Creates a cache.</summary>
    /// <param name="pool">The servers. The cache does not dispose the pool.</param>
    /// <param name="options">How values are stored; null for the defaults.</param>
    /// <param name="logger">Hears of values that are too large and of failures that are ignored.</param>
    /// <exception cref="ArgumentNullException"><paramref name="pool"/> is null.</exception>
    /// <exception cref="ArgumentException">A setting is null, or the instance name leaves no room for a key.</exception>
    public TypedCacheDistributedCache(
        MemcachedPool pool, TypedCacheDistributedCacheOptions? options = null, ILogger<TypedCacheDistributedCache>? logger = null)
    {
        ArgumentNullException.ThrowIfNull(pool);
        options ??= new TypedCacheDistributedCacheOptions();
        options.Validate();
        _pool = pool;
        _instanceName = EscapeInstanceName(options.InstanceName);

        // A key may be a secret, such as that of a session, and whoever gets an exception has it anyway.
        _template = new KeyTemplate(options.InstanceName.TrimEnd(':'), "{key}") { HidesKeys = true };
        _skipsTooLarge = options.OnTooLarge == TooLargePolicy.Skip;
        _missOnFailure = options.OnFailure == ServerFailurePolicy.Miss;
        _time = options.TimeProvider;
        _logger = logger ?? NullLogger<TypedCacheDistributedCache>.Instance;
        _tooLargeWarning = new OncePerMinute(_time);
        _failureWarning = new OncePerMinute(_time);
    }

    // A ValueTask of the pool blocks until its result is there, on a thread that whoever reads the reply wakes directly.
    private static T Wait<T>(ValueTask<T> call) => call.GetAwaiter().GetResult();

    private static void Wait(ValueTask call) => call.GetAwaiter().GetResult();

    private bool Ignores(MemcachedException failure)
    {
        if (!_missOnFailure || failure is MemcachedServerException { IsValueTooLarge: true })
        {
            return false;
        }

        if (_failureWarning.IsDue())
        {
            _logger.FailureIgnored(failure);
        }

        return true;
    }

    // Once, and not with each key.
    private byte[] EscapeInstanceName(string name)
    {
        if (name.Length == 0)
        {
            return [];
        }

        var writer = new CacheKeyWriter(stackalloc byte[CacheKeyWriter.StackSize], KeyPolicy.Escape);
        writer.Append(name);
        var escaped = writer.Finish();
        return escaped.Length <= _pool.MaxKeyLength - RoomForKey
            ? escaped.ToArray()
            : throw new ArgumentException(
                $"{nameof(TypedCacheDistributedCacheOptions)}.{nameof(TypedCacheDistributedCacheOptions.InstanceName)} leaves no room for a key: it may take {_pool.MaxKeyLength - RoomForKey} bytes. Shorten it, or the pool's prefix.");
    }

    private ReadOnlySpan<byte> KeyOf(string key, Span<byte> buffer)
    {
        var writer = new CacheKeyWriter(buffer, KeyPolicy.Escape, _pool.MaxKeyLength);
        writer.AppendLiteral(_instanceName);
        writer.Append(key);
        if (_instanceName.Length + key.Length == 0)
        {
            // memcached has no empty key. No other one is a single '%', since that is always followed by what it escapes.
            writer.AppendLiteral("%"u8);
        }

        return writer.Finish();
    }

    private ValueTask<CacheValue<EntryRead>> ReadArray(string key, CancellationToken token) =>
        _pool.GetItemAsync(KeyOf(key, stackalloc byte[CacheKeyWriter.StackSize]), _time, EntryRead.AsArray, token, _template);

    private ValueTask<CacheValue<EntryRead>> ReadInto(string key, IBufferWriter<byte> destination, CancellationToken token) =>
        _pool.GetItemAsync(KeyOf(key, stackalloc byte[CacheKeyWriter.StackSize]), (_time, destination), EntryRead.Into, token, _template);

    private ValueTask<CacheValue<EntryRead>> ReadLifetime(string key, CancellationToken token) =>
        _pool.GetItemAsync(KeyOf(key, stackalloc byte[CacheKeyWriter.StackSize]), _time, EntryRead.LifetimeOnly, token, _template);

    private ValueTask<ItemInfo?> ReadInfo(string key, CancellationToken token) =>
        _pool.GetItemInfoAsync(KeyOf(key, stackalloc byte[CacheKeyWriter.StackSize]), token, _template);

    private ValueTask Store(string key, in EntryContent content, in EntryLifetime lifetime, CancellationToken token) =>
        _pool.SetItemAsync(
            KeyOf(key, stackalloc byte[CacheKeyWriter.StackSize]), content, EntryContent.Write, EntryFlags.Of(lifetime, content.Length == 0), lifetime.Expiry, token, _template);

    private ValueTask<bool> Touch(string key, long seconds, CancellationToken token) =>
        _pool.TouchAsync(KeyOf(key, stackalloc byte[CacheKeyWriter.StackSize]), CacheExpiry.FromSeconds(seconds), token, _template);

    private ValueTask<bool> Delete(string key, CancellationToken token) =>
        _pool.DeleteAsync(KeyOf(key, stackalloc byte[CacheKeyWriter.StackSize]), token, _template);
}
