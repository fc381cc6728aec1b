using System.Net;
using System.Net.Sockets;
using TypedCache.Tests.Creation;
using TypedCache.Values;

namespace TypedCache.Tests.Pool;

/// <summary>Time limits that change while a pool runs.</summary>
public sealed class LiveSettingsTests : IDisposable
{
    private static readonly TimeSpan Long = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan Short = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    // It accepts connections, by its queue, and says nothing.
    private readonly TcpListener _silent = new(IPAddress.Loopback, 0);

    public LiveSettingsTests() => _silent.Start();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _silent.Dispose();

    [Fact]
    public async Task Limits_hold_for_the_calls_and_connections_that_begin_afterwards()
    {
        await using var pool = Connect(Long);
        var patient = pool.GetAsync("k", CacheCodecs.String, Token).AsTask();
        pool.UpdateTimeLimits(pool.TimeLimits with { OperationTimeout = Short });

        await Assert.ThrowsAsync<MemcachedTimeoutException>(() => pool.GetAsync("k", CacheCodecs.String, Token).AsTask().WaitAsync(Patience, Token));

        Assert.False(patient.IsCompleted);
        Assert.Equal((Long, Short), (pool.TimeLimits.ConnectTimeout, pool.TimeLimits.OperationTimeout));
    }

    [Fact]
    public async Task A_connect_timeout_holds_for_the_next_attempt()
    {
        await using var pool = Connect(Short);
        var first = await Assert.ThrowsAsync<MemcachedConnectionException>(() => pool.GetAsync("k", CacheCodecs.String, Token).AsTask().WaitAsync(Patience, Token));
        Assert.Contains("50 ms", first.Message, StringComparison.Ordinal);

        pool.UpdateTimeLimits(pool.TimeLimits with { ConnectTimeout = TimeSpan.FromMilliseconds(70) });
        pool.Servers[0].Enable();

        await Fleet.UntilAsync(() => pool.Servers[0].LastFailure!.Message.Contains("70 ms", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_retry_interval_reaches_all_servers_and_leaves_what_was_set_for_one_unless_it_changes()
    {
        await using var pool = Connect(Long);
        pool.Servers[0].RetryInterval = TimeSpan.FromSeconds(3);

        pool.UpdateTimeLimits(pool.TimeLimits with { OperationTimeout = Short });
        Assert.Equal(TimeSpan.FromSeconds(3), pool.Servers[0].RetryInterval);

        pool.UpdateTimeLimits(pool.TimeLimits with { RetryInterval = TimeSpan.FromSeconds(4) });
        Assert.Equal(TimeSpan.FromSeconds(4), pool.Servers[0].RetryInterval);
        await pool.UpdateServersAsync("127.0.0.1:1", Token);
        Assert.Equal(TimeSpan.FromSeconds(4), pool.Servers[0].RetryInterval);
    }

    [Fact]
    public async Task Of_limits_that_are_not_valid_none_is_taken()
    {
        await using var pool = Connect(Long);
        var before = pool.TimeLimits;

        Assert.Throws<ArgumentOutOfRangeException>(() => pool.UpdateTimeLimits(new MemcachedTimeLimits { ConnectTimeout = Short, OperationTimeout = TimeSpan.Zero }));
        Assert.Throws<ArgumentOutOfRangeException>(() => pool.UpdateTimeLimits(new MemcachedTimeLimits { ConnectTimeout = Short, RetryInterval = TimeSpan.Zero }));
        Assert.Throws<ArgumentOutOfRangeException>(() => pool.UpdateTimeLimits(new MemcachedTimeLimits { ConnectTimeout = Short, KeepAlive = TimeSpan.FromDays(1) }));
        Assert.Throws<ArgumentOutOfRangeException>(() => pool.UpdateTimeLimits(new MemcachedTimeLimits { ConnectTimeout = TimeSpan.MaxValue }));
        Assert.ThrowsAny<ArgumentException>(() => pool.UpdateCredentials(new MemcachedCredentials("us er", "p")));

        Assert.Equal(before, pool.TimeLimits);
        Assert.Equal(new MemcachedPoolOptions().RetryInterval, pool.Servers[0].RetryInterval);
    }

    [Fact]
    public void Limits_of_their_own_are_those_of_the_options() => Assert.Equal(new MemcachedTimeLimits(), new MemcachedPoolOptions().TimeLimits);

    private MemcachedPool Connect(TimeSpan connectTimeout) => MemcachedPool.Connect(new MemcachedPoolOptions
    {
        Servers = { new MemcachedServerOptions("127.0.0.1", ((IPEndPoint)_silent.LocalEndpoint).Port) },
        ConnectTimeout = connectTimeout,
        OperationTimeout = Long,
    });
}
