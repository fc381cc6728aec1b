using System.Buffers;
using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.Logging;

namespace TypedCache.Caching.Tests.Distributed;

/// <summary>Values over the item size limit of the servers, or that of the pool.</summary>
public sealed class TooLargeTests : IDisposable
{
    private static readonly DistributedCacheEntryOptions Forever = new();
    private static readonly byte[] Large = new byte[2_000_000];

    private readonly SharedServers _servers = new();
    private readonly LogLines _log = new();

    public static TheoryData<int> PoolLimits => [128 * 1024 * 1024, 1_000_000];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _servers.Dispose();

    [Theory]
    [MemberData(nameof(PoolLimits))]
    public async Task They_are_skipped_the_old_value_is_gone_and_a_warning_comes_once_a_minute(int poolLimit)
    {
        var cache = _servers.CacheOver(_servers.Join(configure: options => options.MaxValueLength = poolLimit), log: _log);
        await cache.SetAsync("k", [1], Forever, Token);
        await cache.SetAsync("k", Large, Forever, Token);
        Assert.Null(await cache.GetAsync("k", Token));

        cache.Set("k", [1], Forever);
        cache.Set("k", Large, Forever);
        Assert.Null(cache.Get("k"));

        await cache.SetAsync("k", [1], Forever, Token);
        await cache.SetAsync("k", new ReadOnlySequence<byte>(Large), Forever, Token);
        Assert.Null(cache.Get("k"));
        Assert.Contains("2000000 bytes", Assert.Single(_log.Of(LogLevel.Warning)), StringComparison.Ordinal);

        _servers.Advance(61);
        cache.Set("k", Large, Forever);
        cache.Set("k", Large, Forever);
        Assert.Equal(2, _log.Of(LogLevel.Warning).Count);
    }

    [Fact]
    public async Task They_throw_where_that_is_asked_for()
    {
        var cache = _servers.CacheOver(
            _servers.Join(),
            options => (options.OnTooLarge, options.OnFailure) = (TooLargePolicy.Throw, ServerFailurePolicy.Miss),
            _log);
        cache.Set("k", [1], Forever);
        Assert.True(Assert.Throws<MemcachedServerException>(() => cache.Set("k", Large, Forever)).IsValueTooLarge);
        Assert.Null(cache.Get("k"));
        Assert.True((await Assert.ThrowsAsync<MemcachedServerException>(() => cache.SetAsync("k", Large, Forever, Token))).IsValueTooLarge);
        Assert.Empty(_log.Of(LogLevel.Warning));

        var small = _servers.CacheOver(_servers.Join(configure: options => options.MaxValueLength = 1000), options => options.OnTooLarge = TooLargePolicy.Throw);
        Assert.ThrowsAny<ArgumentException>(() => small.Set("k", Large, Forever));
    }
}
