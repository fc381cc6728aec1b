using TypedCache.Keys;
using TypedCache.Values;

namespace TypedCache.FusionCache;

/// <summary>Locks as memcached's items: the key is the lock's name, the value the token of its holder.</summary>
internal sealed class LockItems(MemcachedPool pool, string instanceName, TimeSpan abandonTime)
{
    private readonly KeyTemplate _template = new(instanceName.TrimEnd(':'), "{lock}");
    private readonly CacheExpiry _expires = CacheExpiry.After(abandonTime);

    /// <summary>After which time a holder extends its lock: there is time for one more attempt.</summary>
    public TimeSpan Renewal { get; } = abandonTime / 3;

    /// <summary>Waits on the calling thread. Operations of a pool allow that, and need no thread of the thread pool meanwhile.</summary>
    public static T Block<T>(ValueTask<T> operation) => operation.GetAwaiter().GetResult();

    /// <summary>Takes a lock that nobody has.</summary>
    public ValueTask<bool> AddAsync(string name, string token, CancellationToken cancellationToken) =>
        pool.AddAsync(KeyOf(name, stackalloc byte[CacheKeyWriter.StackSize]), token, CacheCodecs.String, _expires, cancellationToken, _template);

    /// <summary>Reads the token of the holder.</summary>
    public ValueTask<CacheValue<string>> ReadAsync(string name, CancellationToken cancellationToken) =>
        pool.GetValueAsync(KeyOf(name, stackalloc byte[CacheKeyWriter.StackSize]), CacheCodecs.String, cancellationToken, _template);

    /// <summary>Gives a lock back that is still as it was read.</summary>
    public ValueTask<bool> DeleteAsync(string name, CasToken cas, CancellationToken cancellationToken) =>
        pool.CompareAndDeleteAsync(KeyOf(name, stackalloc byte[CacheKeyWriter.StackSize]), cas, cancellationToken, _template);

    /// <summary>Extends a lock that is still as it was read.</summary>
    public ValueTask<CasResult> ExtendAsync(string name, CacheValue<string> read, CancellationToken cancellationToken) =>
        pool.CompareAndSetAsync(
            KeyOf(name, stackalloc byte[CacheKeyWriter.StackSize]), read.Value!, read.Cas, CacheCodecs.String, _expires, cancellationToken, _template);

    private ReadOnlySpan<byte> KeyOf(string name, Span<byte> buffer)
    {
        var writer = new CacheKeyWriter(buffer, KeyPolicy.Escape, pool.MaxKeyLength);
        writer.Append(instanceName);
        writer.Append(name);
        return writer.Finish();
    }
}
