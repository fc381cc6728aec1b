using System.Diagnostics;
using TypedCache.Integration.Tests.External;

namespace TypedCache.Integration.Tests.Connecting;

public sealed class PingTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_server_is_connected_and_answers()
    {
        using var first = MemcachedProcess.Start();
        using var second = MemcachedProcess.Start();
        await using var pool = MemcachedPool.Connect($"{first.Address}, {second.Address}");

        var replies = await pool.PingAsync(Cancellation);

        Assert.Equal(pool.Servers, replies.Select(reply => reply.Server));
        Assert.All(replies, static reply =>
        {
            Assert.True(reply.Answered);
            Assert.NotNull(reply.Value);
            Assert.Equal(ServerState.Connected, reply.Server.State);
        });
    }

    [Fact]
    public async Task A_server_that_has_just_answered_is_not_asked()
    {
        using var server = MemcachedProcess.Start();
        await using var pool = MemcachedPool.Connect(server.Address);
        Assert.NotNull((await pool.PingAsync(TimeSpan.FromHours(1), Timeout.InfiniteTimeSpan, Cancellation))[0].Value);

        var again = await pool.PingAsync(TimeSpan.FromHours(1), Timeout.InfiniteTimeSpan, Cancellation);

        Assert.True(again[0].Answered);
        Assert.Null(again[0].Value);
        Assert.NotNull((await pool.PingAsync(Cancellation))[0].Value);
    }

    [Fact]
    public async Task A_server_that_is_gone_has_an_error_and_the_others_answer()
    {
        using var first = MemcachedProcess.Start();
        using var second = MemcachedProcess.Start();
        await using var pool = MemcachedPool.Connect($"{first.Address}, {second.Address}");
        await pool.PingAsync(Cancellation);

        first.Kill();

        IReadOnlyList<ServerReply<TimeSpan?>> replies = [];
        await Patiently.UntilAsync(async () =>
        {
            replies = await pool.PingAsync(Cancellation);
            return replies[0].Error is MemcachedConnectionException;
        });
        Assert.Equal(pool.Servers[0].Name, replies[0].Error!.Server);
        Assert.True(replies[1].Answered);

        first.Restart();
        pool.Servers[0].Enable();
        await Patiently.UntilAsync(async () => (await pool.PingAsync(Cancellation))[0].Answered);
    }

    [Fact]
    public async Task A_hung_server_is_awaited_no_longer_than_asked_for()
    {
        using var server = MemcachedProcess.Start();
        var options = new MemcachedPoolOptions { OperationTimeout = TimeSpan.FromMinutes(5), ConnectTimeout = TimeSpan.FromMinutes(5) }.AddServers(server.Address);
        await using var pool = MemcachedPool.Connect(options);
        await pool.PingAsync(Cancellation);
        server.Suspend();

        var replies = await pool.PingAsync(TimeSpan.Zero, TimeSpan.FromMilliseconds(200), Cancellation);

        var error = Assert.IsType<MemcachedTimeoutException>(replies[0].Error);
        Assert.Equal($"127.0.0.1:{server.Port} did not answer within 200 ms.", error.Message);
        Assert.Equal($"127.0.0.1:{server.Port}", error.Server);
    }

    [Fact]
    public async Task Cancelling_ends_the_wait()
    {
        using var server = MemcachedProcess.Start();
        await using var pool = MemcachedPool.Connect(new MemcachedPoolOptions { OperationTimeout = TimeSpan.FromMinutes(5) }.AddServers(server.Address));
        await pool.PingAsync(Cancellation);
        server.Suspend();
        using var cancelled = new CancellationTokenSource();

        var pending = pool.PingAsync(cancelled.Token).AsTask();
        await cancelled.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => pending);
    }

    [Fact]
    public async Task A_proxy_answers()
    {
        using var fixture = new TwemproxyFixture();
        await using var pool = MemcachedPool.Connect($"127.0.0.1:{fixture.Proxy.Port}");

        Assert.NotNull((await pool.PingAsync(Cancellation))[0].Value);
    }

    [Fact]
    public async Task A_disposed_pool_asks_nobody()
    {
        var pool = MemcachedPool.InMemory();
        await pool.DisposeAsync();

        await Assert.ThrowsAsync<ObjectDisposedException>(async () => await pool.PingAsync(Cancellation));
    }
}
