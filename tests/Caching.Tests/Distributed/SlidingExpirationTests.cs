using System.Buffers;
using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.Logging;

namespace TypedCache.Caching.Tests.Distributed;

/// <summary>Sliding expirations, and how little they cost.</summary>
public sealed class SlidingExpirationTests : IDisposable
{
    private static readonly byte[] Value = new byte[5000];

    private readonly SharedServers _servers = new();
    private readonly MemcachedPool _pool;
    private readonly TypedCacheDistributedCache _cache;

    public SlidingExpirationTests()
    {
        _pool = _servers.Join();
        _cache = _servers.CacheOver(_pool);
    }

    public enum Way
    {
        Get,
        GetAsync,
        TryGet,
        TryGetAsync,
        Refresh,
        RefreshAsync,
    }

    public static TheoryData<Way> Ways => [.. Enum.GetValues<Way>()];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _servers.Dispose();

    [Fact]
    public void What_nobody_reads_ends()
    {
        Set("k", sliding: 1);
        Assert.NotNull(_cache.Get("k"));
        _servers.Advance(3);
        Assert.Null(_cache.Get("k"));
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task Each_way_to_read_or_refresh_renews(Way way)
    {
        Set("k", sliding: 10);
        for (var i = 0; i < 10; i++)
        {
            _servers.Advance(8);
            await UseAsync(way, "k");
            await UntilLeftAsync("k", 11);
        }

        _servers.Advance(12);
        Assert.Null(_cache.Get("k"));
    }

    // In the classic protocol the time left is not known.
    [Theory]
    [MemberData(nameof(Ways))]
    public async Task Each_way_renews_in_the_classic_protocol_too(Way way)
    {
        Set("k", sliding: 10);
        var classic = _servers.JoinCache(MemcachedProtocol.Classic);
        for (var i = 0; i < 4; i++)
        {
            _servers.Advance(8);
            await UseAsync(way, "k", classic);
            await UntilLeftAsync("k", 11);
        }
    }

    [Fact]
    public void A_second_is_enough_when_it_is_renewed_each_half()
    {
        Set("k", sliding: 1);
        for (var i = 0; i < 6; i++)
        {
            _servers.Advance(0.5);
            Assert.NotNull(_cache.Get("k"));
        }

        _servers.Advance(3);
        Assert.Null(_cache.Get("k"));
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task While_most_of_the_time_is_left_nothing_is_written(Way way)
    {
        Set("k", sliding: 1000);
        Set("both", sliding: 1000, absolute: 100_000);
        _servers.Advance(90);
        await UseAsync(way, "k");
        await UseAsync(way, "both");

        // Whatever was sent after them would have been carried out by now.
        Assert.Equal(911, (await _pool.GetItemInfoAsync("k", Token))!.Value.TimeLeft!.Value.TotalSeconds);
        Assert.Equal(911, (await _pool.GetItemInfoAsync("both", Token))!.Value.TimeLeft!.Value.TotalSeconds);
    }

    [Fact]
    public async Task A_refresh_does_not_send_the_value()
    {
        Set("k", sliding: 10);
        var before = await _pool.CountAsync("bytes_written");
        await _cache.RefreshAsync("k", Token);
        _servers.Advance(5);
        await _cache.RefreshAsync("k", Token);
        _cache.Refresh("k");

        Assert.InRange(await _pool.CountAsync("bytes_written") - before, 1, 4000);
    }

    [Fact]
    public async Task A_deadline_ends_what_is_read_all_the_time()
    {
        Set("k", sliding: 1, absolute: 3);
        for (var i = 0; i < 5; i++)
        {
            _servers.Advance(0.5);
            Assert.Equal(Value, _cache.Get("k"));
            Assert.Equal(Value, await _cache.GetAsync("k", Token));
        }

        _servers.Advance(0.6);
        Assert.Null(_cache.Get("k"));
        var buffer = new ArrayBufferWriter<byte>();
        Assert.False(await _cache.TryGetAsync("k", buffer, Token));
        Assert.Equal(0, buffer.WrittenCount);
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task No_way_renews_beyond_the_deadline(Way way)
    {
        Set("k", sliding: 100, absolute: 150);
        _servers.Advance(90);
        await UseAsync(way, "k");
        await UntilLeftAsync("k", 61);
        await UseAsync(way, "k");
        Assert.Equal(61, (await _pool.GetItemInfoAsync("k", Token))!.Value.TimeLeft!.Value.TotalSeconds);

        _servers.Advance(60.5);
        Assert.Null(_cache.Get("k"));
    }

    [Fact]
    public async Task An_absolute_expiration_alone_is_not_renewed()
    {
        Set("k", absolute: 10);
        _servers.Advance(9);
        Assert.NotNull(_cache.Get("k"));
        _cache.Refresh("k");
        Assert.Equal(2, (await _pool.GetItemInfoAsync("k", Token))!.Value.TimeLeft!.Value.TotalSeconds);
        _servers.Advance(3);
        Assert.Null(_cache.Get("k"));
    }

    [Fact]
    public async Task Over_30_days_it_renews_too()
    {
        var month = (int)TimeSpan.FromDays(60).TotalSeconds;
        Set("k", sliding: month);
        _servers.Time.Advance(TimeSpan.FromDays(50));
        Assert.NotNull(_cache.Get("k"));
        await UntilLeftAsync("k", month + 1);
    }

    [Fact]
    public async Task A_renewal_that_fails_is_nobodys_failure()
    {
        var log = new LogLines();
        var cache = _servers.CacheOver(_pool, log: log);
        Set("k", sliding: 10);
        _servers.Advance(5);

        Assert.True(await cache.TryGetAsync("k", new DisposingBuffer(_pool), Token));
        Assert.Contains("renewed", Assert.Single(log.Of(LogLevel.Debug)), StringComparison.Ordinal);
        Assert.Empty(log.Of(LogLevel.Information));
    }

    private void Set(string key, int? sliding = null, int? absolute = null) => _cache.Set(key, Value, new DistributedCacheEntryOptions
    {
        SlidingExpiration = sliding is { } unread ? TimeSpan.FromSeconds(unread) : null,
        AbsoluteExpirationRelativeToNow = absolute is { } all ? TimeSpan.FromSeconds(all) : null,
    });

    private async Task UseAsync(Way way, string key, TypedCacheDistributedCache? cache = null)
    {
        cache ??= _cache;
        var buffer = new ArrayBufferWriter<byte>();
        switch (way)
        {
            case Way.Get:
                Assert.Equal(Value, cache.Get(key));
                break;
            case Way.GetAsync:
                Assert.Equal(Value, await cache.GetAsync(key, Token));
                break;
            case Way.TryGet:
                Assert.True(cache.TryGet(key, buffer));
                Assert.Equal(Value, buffer.WrittenSpan.ToArray());
                break;
            case Way.TryGetAsync:
                Assert.True(await cache.TryGetAsync(key, buffer, Token));
                Assert.Equal(Value, buffer.WrittenSpan.ToArray());
                break;
            case Way.Refresh:
                cache.Refresh(key);
                break;
            default:
                await cache.RefreshAsync(key, Token);
                break;
        }
    }

    // Reads do not wait for their renewal.
    private Task UntilLeftAsync(string key, int seconds) => Patiently.UntilAsync(
        async () => (await _pool.GetItemInfoAsync(key, Token))?.TimeLeft == TimeSpan.FromSeconds(seconds));

    /// <summary>Ends a pool between a read and its renewal.</summary>
    private sealed class DisposingBuffer(MemcachedPool pool) : IBufferWriter<byte>
    {
        private readonly ArrayBufferWriter<byte> _buffer = new();

        public void Advance(int count) => _buffer.Advance(count);

        public Memory<byte> GetMemory(int sizeHint = 0) => _buffer.GetMemory(sizeHint);

        public Span<byte> GetSpan(int sizeHint = 0)
        {
            pool.Dispose();
            return _buffer.GetSpan(sizeHint);
        }
    }
}
