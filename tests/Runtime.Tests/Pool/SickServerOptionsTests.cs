using TypedCache.Values;

namespace TypedCache.Tests.Pool;

public sealed class SickServerOptionsTests
{
    public static TheoryData<string, SickServerOptions> Refused => new()
    {
        { "FailureRate", new SickServerOptions { FailureRate = 0 } },
        { "FailureRate", new SickServerOptions { FailureRate = 1.01 } },
        { "FailureRate", new SickServerOptions { FailureRate = double.NaN } },
        { "MaxShareTakenOut", new SickServerOptions { MaxShareTakenOut = 0 } },
        { "MaxShareTakenOut", new SickServerOptions { MaxShareTakenOut = double.NaN } },
        { "MinimumCalls", new SickServerOptions { MinimumCalls = 0 } },
        { "Window", new SickServerOptions { Window = TimeSpan.FromMilliseconds(99) } },
        { "Window", new SickServerOptions { Window = TimeSpan.FromHours(2) } },
    };

    [Theory]
    [MemberData(nameof(Refused))]
    public void A_setting_out_of_range_is_named(string name, SickServerOptions sick)
    {
        var options = new MemcachedPoolOptions { Servers = { new MemcachedServerOptions("a") }, SickServers = sick };
        Assert.Equal(name, Assert.ThrowsAny<ArgumentException>(options.Validate).ParamName);
        Assert.ThrowsAny<ArgumentException>(() => MemcachedPool.Connect(options));
    }

    [Fact]
    public void No_server_is_taken_out_unless_one_asks_for_it() => Assert.Null(new MemcachedPoolOptions().SickServers);

    // Misses, refused conditions and values that are no counters are what a cache is asked for all day.
    [Fact]
    public async Task Servers_that_are_well_stay()
    {
        using var servers = new SharedServers(3);
        var pool = servers.Connect(new MemcachedPoolOptions { SickServers = new SickServerOptions { FailureRate = 0.01, MinimumCalls = 1 } });
        var failures = 0;
        pool.ServerFailed += (_, _) => Interlocked.Increment(ref failures);
        var cancel = TestContext.Current.CancellationToken;

        await Parallel.ForAsync(0, 2000, cancel, async (i, token) =>
        {
            Assert.Null(await pool.GetAsync($"missing-{i}", CacheCodecs.String, token));
            Assert.False(await pool.ReplaceAsync($"missing-{i}", "v", CacheCodecs.String, cancellationToken: token));
            await pool.SetAsync($"text-{i}", "v", CacheCodecs.String, cancellationToken: token);
            var refused = await Assert.ThrowsAsync<MemcachedServerException>(() => pool.IncrementAsync($"text-{i}", 1, token).AsTask());
            Assert.False(refused.IsOutOfMemory);
        });

        Assert.All(pool.Servers, server => Assert.Equal((ServerState.Connected, false), (server.State, server.IsSick)));
        Assert.Equal(0, failures);
    }
}
