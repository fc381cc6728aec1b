using TypedCache.Integration.Tests.External;
using TypedCache.Values;

namespace TypedCache.Integration.Tests.Faults;

/// <summary>Servers which cannot be reached, do not answer, or are no memcached.</summary>
public sealed class UnreachableServerTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_port_where_nobody_listens_gives_an_error_with_server_and_cause()
    {
        var port = LoopbackPort.Free();
        await using var pool = FaultPool.Connect([port]);

        var failure = await FailAsync(pool);

        Assert.Contains($"127.0.0.1:{port} cannot be reached", failure.Message, StringComparison.Ordinal);
        Assert.Contains("refused", failure.Message, StringComparison.Ordinal);
        Assert.Equal($"127.0.0.1:{port}", failure.Server);
        Assert.Equal(ServerState.Failed, pool.Servers[0].State);
        Assert.NotNull(pool.Servers[0].LastFailure);
    }

    [Fact]
    public async Task A_host_which_does_not_exist_gives_an_error_with_its_name()
    {
        await using var pool = MemcachedPool.Connect(new MemcachedPoolOptions
        {
            Servers = [new MemcachedServerOptions("no-such-host.invalid")],
            ConnectTimeout = FaultPool.Patience,
            OperationTimeout = FaultPool.Patience,
        });

        var failure = await FailAsync(pool);

        Assert.Contains("no-such-host.invalid:11211 cannot be reached", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_which_accepts_and_never_answers_fails_after_the_connect_timeout()
    {
        using var server = new ScriptedServer((_, _) => Task.CompletedTask) { Version = null };
        await using var pool = FaultPool.Connect(server, options => options.ConnectTimeout = TimeSpan.FromMilliseconds(200));

        var failure = await FailAsync(pool);

        Assert.IsNotType<MemcachedTimeoutException>(failure);
        Assert.Contains("connect timeout of 200 ms", failure.Message, StringComparison.Ordinal);
        Assert.Contains(server.Address, failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("VERSION 1.4.25", "Update the server")]
    [InlineData("VERSION", "")]
    [InlineData("VERSION unknown", "Update the server")]
    [InlineData("HTTP/1.1 400 Bad Request", "HTTP/1.1 400")]
    [InlineData("ERROR", "ERROR")]
    public async Task A_server_which_is_no_memcached_of_today_is_named_with_what_it_said(string version, string expected)
    {
        using var server = new ScriptedServer((_, _) => Task.CompletedTask) { Version = version };
        await using var pool = FaultPool.Connect(server, options => options.Protocol = MemcachedProtocol.Meta);

        var failure = await FailAsync(pool);

        Assert.Contains(expected, failure.Message, StringComparison.Ordinal);
        Assert.Contains(server.Address, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_which_comes_later_is_found()
    {
        using var process = MemcachedProcess.Start();
        process.Kill();
        await using var pool = FaultPool.Connect([process.Port], options => options.RetryInterval = TimeSpan.FromMilliseconds(50));
        await FailAsync(pool);

        process.Restart();

        await FaultPool.UntilAsync(() => pool.Servers[0].State == ServerState.Connected, "the connection");
        await pool.SetAsync("k", "v", CacheCodecs.String, cancellationToken: Token);
        Assert.Equal("v", await pool.GetAsync("k", CacheCodecs.String, Token));
    }

    [Fact]
    public async Task A_failed_server_stays_failed_where_the_retry_interval_is_infinite()
    {
        using var process = MemcachedProcess.Start();
        process.Kill();
        await using var pool = FaultPool.Connect([process.Port], options => options.RetryInterval = Timeout.InfiniteTimeSpan);
        await FailAsync(pool);

        process.Restart();

        await FailAsync(pool);
        Assert.Equal(ServerState.Failed, pool.Servers[0].State);
    }

    [Fact]
    public async Task Server_commands_report_each_server_which_does_not_answer()
    {
        using var process = MemcachedProcess.Start();
        var gone = LoopbackPort.Free();
        await using var pool = FaultPool.Connect([process.Port, gone]);

        var versions = await pool.GetVersionsAsync(Token);
        var stats = await pool.GetStatsAsync("settings", Token);
        var flush = await Assert.ThrowsAsync<MemcachedException>(async () => await pool.FlushAsync(cancellationToken: Token));

        Assert.True(versions[0].Answered);
        Assert.IsType<MemcachedConnectionException>(versions[1].Error);
        Assert.True(stats[0].Answered);
        Assert.IsType<MemcachedConnectionException>(stats[1].Error);
        Assert.StartsWith("1 of 2 servers were not flushed", flush.Message, StringComparison.Ordinal);
        Assert.Contains($"127.0.0.1:{gone}", flush.Message, StringComparison.Ordinal);
    }

    private static async Task<MemcachedConnectionException> FailAsync(MemcachedPool pool) =>
        await Assert.ThrowsAnyAsync<MemcachedConnectionException>(() => pool.GetAsync("k", CacheCodecs.String, Token).AsTask().WaitAsync(FaultPool.Patience, Token));
}
