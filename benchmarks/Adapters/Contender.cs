using System.Buffers;
using Microsoft.Extensions.Caching.Distributed;
using TypedCache.Values;

namespace TypedCache.Benchmarks.Adapters;

/// <summary>A cache that is measured.</summary>
/// <param name="name">What the table calls it.</param>
internal abstract class Contender(string name)
{
    public string Name => name;

    public abstract Task<byte[]?> GetAsync(string key);

    public abstract ValueTask<bool> TryGetAsync(string key, IBufferWriter<byte> destination);

    public abstract Task SetAsync(string key, byte[] value, bool isSliding);
}

/// <summary>The pool, without an adapter.</summary>
internal sealed class PoolContender(MemcachedPool pool) : Contender("the pool alone")
{
    public override Task<byte[]?> GetAsync(string key) => pool.GetAsync(key, CacheCodecs.Bytes).AsTask();

    public override async ValueTask<bool> TryGetAsync(string key, IBufferWriter<byte> destination) => (await pool.GetItemAsync(
        key,
        destination,
        static (in StoredItem item, IBufferWriter<byte> destination) =>
        {
            destination.Write(item.Payload.Span);
            return true;
        })).Found;

    public override Task SetAsync(string key, byte[] value, bool isSliding) =>
        pool.SetAsync(key, value, CacheCodecs.Uncompressed(CacheCodecs.Bytes), CacheExpiry.FromSeconds(3600)).AsTask();
}

/// <summary>An <see cref="IDistributedCache"/>.</summary>
/// <param name="name">What the table calls it.</param>
/// <param name="cache">The cache.</param>
internal sealed class CacheContender(string name, IBufferDistributedCache cache) : Contender(name)
{
    private static readonly DistributedCacheEntryOptions Absolute = new() { AbsoluteExpirationRelativeToNow = TimeSpan.FromHours(1) };
    private static readonly DistributedCacheEntryOptions Sliding = new() { SlidingExpiration = TimeSpan.FromHours(1) };

    public override Task<byte[]?> GetAsync(string key) => cache.GetAsync(key);

    public override ValueTask<bool> TryGetAsync(string key, IBufferWriter<byte> destination) => cache.TryGetAsync(key, destination);

    public override Task SetAsync(string key, byte[] value, bool isSliding) => cache.SetAsync(key, value, isSliding ? Sliding : Absolute);
}
