using System.Buffers;
using Microsoft.Extensions.Caching.Distributed;
using TypedCache.Values;

namespace TypedCache.Benchmarks.GetOrCreate;

/// <summary>The second level of the other caches: the same pool and the same memcached as TypedCache has, with the fewest copies.</summary>
internal sealed class MemcachedDistributedCache(MemcachedPool pool) : IBufferDistributedCache
{
    public async Task<byte[]?> GetAsync(string key, CancellationToken token = default) => await pool.GetAsync(key, CacheCodecs.Bytes, token);

    public ValueTask<bool> TryGetAsync(string key, IBufferWriter<byte> destination, CancellationToken token = default) =>
        pool.GetAsync(key, new CopyingCodec(destination), token);

    public Task SetAsync(string key, byte[] value, DistributedCacheEntryOptions options, CancellationToken token = default) =>
        pool.SetAsync(key, value, CacheCodecs.Bytes, ExpiryOf(options), token).AsTask();

    public ValueTask SetAsync(string key, ReadOnlySequence<byte> value, DistributedCacheEntryOptions options, CancellationToken token = default) =>
        pool.SetAsync(key, value.ToArray(), CacheCodecs.Bytes, ExpiryOf(options), token);

    public Task RemoveAsync(string key, CancellationToken token = default) => pool.DeleteAsync(key, token).AsTask();

    /// <summary>There are no sliding expiries here.</summary>
    public Task RefreshAsync(string key, CancellationToken token = default) => Task.CompletedTask;

    public byte[]? Get(string key) => throw OnlyAsynchronous();

    public bool TryGet(string key, IBufferWriter<byte> destination) => throw OnlyAsynchronous();

    public void Set(string key, byte[] value, DistributedCacheEntryOptions options) => throw OnlyAsynchronous();

    public void Set(string key, ReadOnlySequence<byte> value, DistributedCacheEntryOptions options) => throw OnlyAsynchronous();

    public void Remove(string key) => throw OnlyAsynchronous();

    public void Refresh(string key) => throw OnlyAsynchronous();

    private static NotSupportedException OnlyAsynchronous() => new("Only asynchronous calls are measured.");

    // memcached's clock counts seconds and may drop a value up to one early. Both caches keep the exact time with the value itself.
    private static CacheExpiry ExpiryOf(DistributedCacheEntryOptions options)
    {
        var relative = options.AbsoluteExpirationRelativeToNow ?? (options.AbsoluteExpiration - DateTimeOffset.UtcNow);
        return relative is { } time ? CacheExpiry.After(time + TimeSpan.FromSeconds(1)) : CacheExpiry.Never;
    }

    /// <summary>Puts what is stored where the caller wants it, instead of into an array of its own.</summary>
    private sealed class CopyingCodec(IBufferWriter<byte> destination) : ICacheCodec<bool>
    {
        public bool Read(in StoredValue stored)
        {
            destination.Write(stored.Payload.Span);
            return true;
        }

        public void Write(ref ValueWriter writer, bool value) => throw new NotSupportedException("This codec only reads.");
    }
}
