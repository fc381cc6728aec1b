using TypedCache.Values;

namespace TypedCache.Tests.Pool;

public sealed class RedundancyTests : IDisposable
{
    private const int ServerCount = 5;
    private readonly SharedServers _servers = new(ServerCount);

    public void Dispose() => _servers.Dispose();

    [Theory]
    [InlineData(1, 1)]
    [InlineData(3, 3)]
    [InlineData(9, ServerCount)]
    public async Task Every_write_reaches_as_many_servers_as_asked_for(int redundancy, int expected)
    {
        var pool = _servers.Connect(new MemcachedPoolOptions { Redundancy = redundancy, MaxFailoverAttempts = 200 });
        var cancel = TestContext.Current.CancellationToken;

        await pool.SetAsync("s", "v", CacheCodecs.String, cancellationToken: cancel);
        Assert.Equal(expected, await CountAsync("s", "v"));
        Assert.True(await pool.AppendAsync("s", "w", CacheCodecs.String, cancel));
        Assert.Equal(expected, await CountAsync("s", "vw"));
        Assert.True(await pool.ReplaceAsync("s", "x", CacheCodecs.String, cancellationToken: cancel));
        Assert.Equal(expected, await CountAsync("s", "x"));
        Assert.True(await pool.DeleteAsync("s", cancel));
        Assert.Equal(0, await CountAsync("s", "x"));

        Assert.Equal(7u, await pool.IncrementAsync("n", 1, initial: 7, cancellationToken: cancel));
        Assert.Equal(9u, await pool.IncrementAsync("n", 2, cancel));
        Assert.Equal(expected, await CountAsync("n", "9"));
    }

    // The classic protocol creates a counter in two steps, which both go to the server of the copy.
    [Fact]
    public async Task A_counter_is_created_on_all_servers_of_its_copies_in_the_classic_protocol_too()
    {
        var pool = _servers.Connect(new MemcachedPoolOptions { Redundancy = ServerCount, MaxFailoverAttempts = 200, Protocol = MemcachedProtocol.Classic });
        var cancel = TestContext.Current.CancellationToken;

        Assert.Equal(7u, await pool.IncrementAsync("n", 1, initial: 7, cancellationToken: cancel));

        Assert.Equal(ServerCount, await CountAsync("n", "7"));
    }

    [Fact]
    public async Task Compare_and_set_leaves_no_stale_copy()
    {
        var pool = _servers.Connect(new MemcachedPoolOptions { Redundancy = 3, MaxFailoverAttempts = 200 });
        var cancel = TestContext.Current.CancellationToken;
        await pool.SetAsync("k", "old", CacheCodecs.String, cancellationToken: cancel);
        var read = await pool.GetValueAsync("k", CacheCodecs.String, cancel);

        Assert.Equal(CasResult.Stored, await pool.CompareAndSetAsync("k", "new", read.Cas, CacheCodecs.String, cancellationToken: cancel));

        Assert.Equal((0, 1), (await CountAsync("k", "old"), await CountAsync("k", "new")));
    }

    [Fact]
    public async Task Compare_and_delete_removes_the_copies_too()
    {
        var pool = _servers.Connect(new MemcachedPoolOptions { Redundancy = 3, MaxFailoverAttempts = 200 });
        var cancel = TestContext.Current.CancellationToken;
        await pool.SetAsync("k", "v", CacheCodecs.String, cancellationToken: cancel);
        var read = await pool.GetValueAsync("k", CacheCodecs.String, cancel);

        Assert.True(await pool.CompareAndDeleteAsync("k", read.Cas, cancel));

        Assert.Equal(0, await CountAsync("k", "v"));
    }

    [Fact]
    public async Task A_copy_is_found_when_the_key_s_own_server_has_failed()
    {
        var pool = _servers.Connect(new MemcachedPoolOptions { Redundancy = 2 });
        var cancel = TestContext.Current.CancellationToken;
        for (var i = 0; i < 50; i++)
        {
            await pool.SetAsync($"k{i}", $"v{i}", CacheCodecs.String, cancellationToken: cancel);
        }

        pool.Servers[0].Disable();

        for (var i = 0; i < 50; i++)
        {
            Assert.Equal($"v{i}", await pool.GetAsync($"k{i}", CacheCodecs.String, cancel));
        }
    }

    private async Task<int> CountAsync(string key, string value)
    {
        var count = 0;
        for (var i = 0; i < ServerCount; i++)
        {
            await using var one = _servers.ConnectTo(i);
            count += await one.GetAsync(key, CacheCodecs.String, TestContext.Current.CancellationToken) == value ? 1 : 0;
        }

        return count;
    }
}
