using MessagePack;

namespace TypedCache.Benchmarks.Allocations;

/// <summary>The interface whose calls are measured.</summary>
[CacheClient("bench")]
public partial interface IAllocationCache
{
    [CacheKey("bytes:{id}")]
    ValueTask<byte[]?> GetBytesAsync(int id, CancellationToken cancellationToken = default);

    [CacheKey("bytes:{id}")]
    ValueTask SetBytesAsync(int id, byte[] value, CancellationToken cancellationToken = default);

    [CacheKey("bytes:{id}")]
    ValueTask<bool> DeleteBytesAsync(int id, CancellationToken cancellationToken = default);

    [CacheKey("point:{id}")]
    ValueTask<Point?> GetPointAsync(int id, CancellationToken cancellationToken = default);

    [CacheKey("bytes:{id}", Expires = "1h", Stale = "10m")]
    ValueTask<byte[]> GetOrCreateBytesAsync(int id, Func<int, CancellationToken, ValueTask<byte[]>> create, CancellationToken cancellationToken = default);

    [CacheKey("point:{id}")]
    ValueTask SetPointAsync(int id, Point value, CancellationToken cancellationToken = default);

    [CacheKey("views:{id}")]
    ValueTask<ulong> IncrementViewsAsync(int id, CancellationToken cancellationToken = default);
}

/// <summary>A small object graph: the object and one string.</summary>
[MessagePackObject]
public sealed record Point([property: Key(0)] string Name, [property: Key(1)] double X, [property: Key(2)] double Y);
