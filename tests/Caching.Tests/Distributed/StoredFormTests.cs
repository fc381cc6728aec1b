using System.Buffers;
using System.Text;
using Microsoft.Extensions.Caching.Distributed;
using TypedCache.Values;

namespace TypedCache.Caching.Tests.Distributed;

/// <summary>What other clients see of the entries, and the cache of theirs.</summary>
public sealed class StoredFormTests : IDisposable
{
    private readonly SharedServers _servers = new();
    private readonly MemcachedPool _pool;
    private readonly TypedCacheDistributedCache _cache;

    public StoredFormTests()
    {
        _pool = _servers.Join();
        _cache = _servers.CacheOver(_pool);
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _servers.Dispose();

    // As any other client stores bytes, so that PHP reads them; even where values of a pool are compressed.
    [Fact]
    public async Task Without_a_sliding_expiration_the_bytes_are_stored_as_they_are()
    {
        var value = Encoding.UTF8.GetBytes(new string('x', 100_000));
        _cache.Set("k", value, new DistributedCacheEntryOptions { AbsoluteExpirationRelativeToNow = TimeSpan.FromHours(1) });
        var info = await _pool.GetItemInfoAsync("k", Token);

        Assert.Equal((0u, 100_000), (info!.Value.Flags, info.Value.Length));
        Assert.Equal(new string('x', 100_000), await _pool.GetAsync("k", CacheCodecs.String, Token));
    }

    [Theory]
    [InlineData(null, null, 0x80u, 0)]
    [InlineData(null, 60, 0x80u, 0)]
    [InlineData(20, null, 0x1480u, 0)]
    [InlineData(20, 60, 0x14C0u, 8)]
    [InlineData(16_777_215, null, 0xFFFF_FF80u, 0)]
    [InlineData(20_000_000, null, 0xFFFF_FF80u, 0)]
    public async Task An_empty_value_is_marked(int? sliding, int? absolute, uint flags, int length)
    {
        _cache.Set("k", [], new DistributedCacheEntryOptions
        {
            SlidingExpiration = sliding is { } unread ? TimeSpan.FromSeconds(unread) : null,
            AbsoluteExpirationRelativeToNow = absolute is { } all ? TimeSpan.FromSeconds(all) : null,
        });
        var info = await _pool.GetItemInfoAsync("k", Token);

        Assert.Equal((flags, length), (info!.Value.Flags, info.Value.Length));
        Assert.Empty(_cache.Get("k")!);
    }

    // Where get-or-create refreshes it, a server says so with the value: an empty one without flags would be taken for a placeholder.
    [Fact]
    public async Task An_empty_value_stays_a_hit_while_somebody_refreshes_it()
    {
        _cache.Set("k", [], new DistributedCacheEntryOptions());
        await _pool.InvalidateAsync("k", TimeSpan.FromMinutes(1), Token);
        var refreshing = new TaskCompletionSource<byte[]>();
        var refresh = _pool.GetOrCreateAsync("k", async _ => await refreshing.Task, CacheCodecs.Bytes, new GetOrCreateOptions(), cancellationToken: Token).AsTask();

        Assert.Empty(_cache.Get("k")!);
        refreshing.SetResult([1]);
        await refresh;
    }

    // Of get-or-create: for the cache it is a miss.
    [Fact]
    public async Task A_placeholder_is_a_miss()
    {
        var creating = new TaskCompletionSource<byte[]>();
        var started = new TaskCompletionSource();
        var create = _pool.GetOrCreateAsync(
            "k",
            async _ =>
            {
                started.SetResult();
                return await creating.Task;
            },
            CacheCodecs.Bytes,
            new GetOrCreateOptions(),
            cancellationToken: Token).AsTask();
        await started.Task;

        Assert.Null(_cache.Get("k"));
        Assert.Null(await _pool.GetItemInfoAsync("k", Token));
        _cache.Refresh("k");
        creating.SetResult([1]);
        await create;
        Assert.Equal([1], _cache.Get("k")!);
    }

    [Fact]
    public async Task Bytes_of_other_clients_are_read_as_they_are()
    {
        await _pool.SetAsync("text", "grüße", CacheCodecs.String, cancellationToken: Token);
        await _pool.SetItemAsync("enyim", new byte[] { 4, 5 }, static (output, bytes) => output.Write(bytes), flags: 274, cancellationToken: Token);
        Assert.Equal(Encoding.UTF8.GetBytes("grüße"), _cache.Get("text"));
        Assert.Equal([4, 5], _cache.Get("enyim")!);
    }

    [Fact]
    public async Task What_is_too_short_for_its_deadline_is_a_miss()
    {
        await _pool.SetItemAsync("k", new byte[] { 1, 2, 3 }, static (output, bytes) => output.Write(bytes), flags: 0xAC0, cancellationToken: Token);
        Assert.Null(_cache.Get("k"));
        _cache.Refresh("k");
    }
}
