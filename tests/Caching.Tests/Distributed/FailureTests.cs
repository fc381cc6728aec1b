using System.Buffers;
using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.Logging;

namespace TypedCache.Caching.Tests.Distributed;

/// <summary>What callers get when no server answers.</summary>
public sealed class FailureTests : IDisposable
{
    private static readonly DistributedCacheEntryOptions Forever = new();

    private readonly SharedServers _servers = new();
    private readonly LogLines _log = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _servers.Dispose();

    [Fact]
    public async Task Each_method_throws_unless_told_otherwise()
    {
        var cache = _servers.CacheOver(_servers.Join(configure: FailFast), log: _log);
        _servers.Stop();
        var buffer = new ArrayBufferWriter<byte>();

        Assert.ThrowsAny<MemcachedException>(() => cache.Get("k"));
        Assert.ThrowsAny<MemcachedException>(() => cache.TryGet("k", buffer));
        Assert.ThrowsAny<MemcachedException>(() => cache.Set("k", [1], Forever));
        Assert.ThrowsAny<MemcachedException>(() => cache.Set("k", new ReadOnlySequence<byte>([1]), Forever));
        Assert.ThrowsAny<MemcachedException>(() => cache.Refresh("k"));
        Assert.ThrowsAny<MemcachedException>(() => cache.Remove("k"));
        await Assert.ThrowsAnyAsync<MemcachedException>(() => cache.GetAsync("k", Token));
        await Assert.ThrowsAnyAsync<MemcachedException>(async () => await cache.TryGetAsync("k", buffer, Token));
        await Assert.ThrowsAnyAsync<MemcachedException>(() => cache.SetAsync("k", [1], Forever, Token));
        await Assert.ThrowsAnyAsync<MemcachedException>(async () => await cache.SetAsync("k", new ReadOnlySequence<byte>([1]), Forever, Token));
        await Assert.ThrowsAnyAsync<MemcachedException>(() => cache.RefreshAsync("k", Token));
        await Assert.ThrowsAnyAsync<MemcachedException>(() => cache.RemoveAsync("k", Token));
        Assert.Empty(_log.Of(LogLevel.Warning));
    }

    [Fact]
    public async Task As_a_miss_no_method_throws_and_a_warning_comes_once_a_minute()
    {
        var cache = _servers.CacheOver(_servers.Join(configure: FailFast), options => options.OnFailure = ServerFailurePolicy.Miss, _log);
        _servers.Stop();
        var buffer = new ArrayBufferWriter<byte>();

        Assert.Null(cache.Get("k"));
        Assert.False(cache.TryGet("k", buffer));
        cache.Set("k", [1], Forever);
        cache.Refresh("k");
        cache.Remove("k");
        Assert.Null(await cache.GetAsync("k", Token));
        Assert.False(await cache.TryGetAsync("k", buffer, Token));
        await cache.SetAsync("k", [1], Forever, Token);
        await cache.SetAsync("k", new ReadOnlySequence<byte>([1]), Forever, Token);
        await cache.RefreshAsync("k", Token);
        await cache.RemoveAsync("k", Token);
        Assert.Single(_log.Of(LogLevel.Warning));

        _servers.Advance(61);
        Assert.Null(cache.Get("k"));
        Assert.Equal(2, _log.Of(LogLevel.Warning).Count);
    }

    // A mistake of the caller is not a failure of memcached.
    [Fact]
    public void As_a_miss_arguments_are_still_checked()
    {
        var cache = _servers.JoinCache(configure: options => options.OnFailure = ServerFailurePolicy.Miss);
        Assert.Throws<ArgumentNullException>(() => cache.Get(null!));
    }

    private static void FailFast(MemcachedPoolOptions options)
    {
        options.RetryInterval = Timeout.InfiniteTimeSpan;
        options.ConnectTimeout = TimeSpan.FromSeconds(5);
    }
}
