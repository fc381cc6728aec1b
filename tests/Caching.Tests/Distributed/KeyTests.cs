using Microsoft.Extensions.Caching.Distributed;
using TypedCache.Keys;

namespace TypedCache.Caching.Tests.Distributed;

/// <summary>Any text is a key, and no two of them are the same.</summary>
public sealed class KeyTests : IDisposable
{
    private static readonly DistributedCacheEntryOptions Forever = new();

    private readonly SharedServers _servers = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _servers.Dispose();

    [Fact]
    public async Task Keys_that_memcached_would_not_accept_are_told_apart()
    {
        var url = new string('u', 1000);
        string[] keys =
        [
            "", " ", "  ", "%", "%20", "%25", "a b", "a_b", "a%20b", "a\u001eb", "a\u001fb", "a\r\nset x 0 0 1\r\n1", "\t", "\0", "\u007f",
            "ключ", "日本語", "😀", "\ud83d", "\ude00", "%=", new('é', 1024), new('é', 1023), url + "1", url + "2", "1" + url, "k", "K",
        ];
        foreach (var cache in new[] { _servers.JoinCache(), _servers.JoinCache(configure: options => options.InstanceName = "é app:") })
        {
            for (var i = 0; i < keys.Length; i++)
            {
                Assert.Null(cache.Get(keys[i]));
                cache.Set(keys[i], [(byte)i], Forever);
            }

            for (var i = 0; i < keys.Length; i++)
            {
                Assert.Equal((byte)i, Assert.Single((await cache.GetAsync(keys[i], Token))!));
                await cache.RemoveAsync(keys[i], Token);
                Assert.Null(cache.Get(keys[i]));
            }
        }
    }

    [Theory]
    [InlineData(KeyPolicy.Escape)]
    [InlineData(KeyPolicy.Pecl)]
    [InlineData(KeyPolicy.Reject)]
    public void Keys_do_not_depend_on_the_policy_of_the_pool(KeyPolicy policy)
    {
        var written = _servers.JoinCache();
        var read = _servers.CacheOver(_servers.Join(configure: options => options.KeyPolicy = policy));
        foreach (var key in new[] { "a b%", new string('x', 400), "plain" })
        {
            written.Set(key, [1, 2], Forever);
            Assert.Equal([1, 2], read.Get(key)!);
        }
    }

    [Fact]
    public void Long_keys_fit_behind_the_prefix_of_the_pool()
    {
        var cache = _servers.CacheOver(_servers.Join(configure: options => options.KeyPrefix = new string('p', 100)), options => options.InstanceName = "dc:");
        cache.Set(new string('x', 240) + "1", [1], Forever);
        cache.Set(new string('x', 240) + "2", [2], Forever);
        Assert.Equal([1], cache.Get(new string('x', 240) + "1")!);
        Assert.Equal([2], cache.Get(new string('x', 240) + "2")!);
    }

    [Fact]
    public async Task The_instance_name_stands_in_front_of_the_key()
    {
        var pool = _servers.Join();
        _servers.CacheOver(pool, options => options.InstanceName = "dc:").Set("a b", [1], Forever);
        Assert.True(await pool.ExistsAsync("dc:a%20b"u8.ToArray(), Token));
        Assert.Null(_servers.CacheOver(pool).Get("a b"));
    }
}
