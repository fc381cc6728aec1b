using System.Diagnostics;
using Microsoft.Extensions.Time.Testing;
using TypedCache.Embedded;
using TypedCache.Values;

namespace TypedCache.Runtime.Tests.Pool;

/// <summary>Pools over embedded servers that somebody else has made, by a clock that the test sets.</summary>
public sealed class SharedEmbeddedServersTests : IDisposable
{
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));
    private readonly EmbeddedServer _server;
    private TaskCompletionSource? _reply;

    public SharedEmbeddedServersTests()
    {
        _server = new EmbeddedServer(new EmbeddedServerOptions { TimeProvider = _time, Intercept = Intercept });
    }

    public void Dispose() => _server.Dispose();

    [Fact]
    public async Task Pools_share_a_server_that_none_of_them_ends()
    {
        await using (var first = Connect())
        {
            await first.SetAsync("a", "one", CacheCodecs.String, cancellationToken: TestContext.Current.CancellationToken);
        }

        await using var second = Connect();
        Assert.Equal("one", await second.GetAsync("a", CacheCodecs.String, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_server_that_is_not_given_refuses_the_connection()
    {
        var options = new MemcachedPoolOptions { TimeProvider = _time }.AddServers("cache-1");
        await using var pool = MemcachedPool.ConnectEmbedded(options, static _ => throw new IOException("It is down."));

        var failure = await Assert.ThrowsAsync<MemcachedConnectionException>(async () => await pool.GetAsync("a", CacheCodecs.String, TestContext.Current.CancellationToken));

        Assert.EndsWith("cache-1:11211 cannot be reached: It is down.", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_call_times_out_by_the_clock_of_the_pool()
    {
        await using var pool = Connect();
        await pool.SetAsync("a", "one", CacheCodecs.String, cancellationToken: TestContext.Current.CancellationToken);
        _reply = new TaskCompletionSource();
        var call = pool.GetAsync("a", CacheCodecs.String, TestContext.Current.CancellationToken).AsTask();
        _time.Advance(TimeSpan.FromMilliseconds(199));

        // Longer than the time limit lasts: only the clock of the pool counts.
        await Task.Delay(300, TestContext.Current.CancellationToken);
        Assert.False(call.IsCompleted);
        _time.Advance(TimeSpan.FromMilliseconds(1));

        var failure = await Assert.ThrowsAsync<MemcachedTimeoutException>(() => call);
        Assert.Equal("cache-1:11211 did not answer Get 'a' within 200 ms.", failure.Message);
        for (var waited = Stopwatch.StartNew(); pool.Servers[0].State != ServerState.Failed; await Task.Delay(5, TestContext.Current.CancellationToken))
        {
            Assert.True(waited.Elapsed < TimeSpan.FromSeconds(60), "a silent server does not fail");
        }
    }

    [Fact]
    public async Task Work_is_due_while_a_call_waits_for_its_connection_and_when_its_time_is_over()
    {
        using var mayConnect = new ManualResetEventSlim();
        var options = new MemcachedPoolOptions { TimeProvider = _time, OperationTimeout = TimeSpan.FromMilliseconds(200), ConnectTimeout = TimeSpan.FromSeconds(60) };
        await using var pool = MemcachedPool.ConnectEmbedded(options.AddServers("cache-1"), _ =>
        {
            mayConnect.Wait();
            return _server;
        });
        Assert.False(pool.Servers[0].HasWorkDue);

        var set = pool.SetAsync("a", "one", CacheCodecs.String, cancellationToken: TestContext.Current.CancellationToken);
        Assert.True(pool.Servers[0].HasWorkDue);
        mayConnect.Set();
        await set;
        await UntilNothingIsDueAsync(pool);

        // Nothing is due while only the server is waited for.
        _reply = new TaskCompletionSource();
        var call = pool.GetAsync("a", CacheCodecs.String, TestContext.Current.CancellationToken).AsTask();
        await UntilNothingIsDueAsync(pool);
        Assert.False(call.IsCompleted);

        _time.Advance(TimeSpan.FromMilliseconds(200));
        await UntilNothingIsDueAsync(pool);
        Assert.Equal(ServerState.Failed, pool.Servers[0].State);
        await Assert.ThrowsAsync<MemcachedTimeoutException>(() => call);
    }

    [Fact]
    public async Task A_pool_knows_whether_it_is_disposed()
    {
        var pool = Connect();
        Assert.False(pool.IsDisposed);

        await pool.DisposeAsync();
        Assert.True(pool.IsDisposed);
    }

    private static async Task UntilNothingIsDueAsync(MemcachedPool pool)
    {
        for (var waited = Stopwatch.StartNew(); pool.Servers[0].HasWorkDue; await Task.Delay(1, TestContext.Current.CancellationToken))
        {
            Assert.True(waited.Elapsed < TimeSpan.FromSeconds(60), "something is always due");
        }
    }

    private MemcachedPool Connect() => MemcachedPool.ConnectEmbedded(
        new MemcachedPoolOptions { TimeProvider = _time, OperationTimeout = TimeSpan.FromMilliseconds(200) }.AddServers("cache-1"), _ => _server);

    private void Intercept(EmbeddedExchange exchange)
    {
        exchange.Run();
        if (_reply is { } reply)
        {
            exchange.Delay(reply.Task);
        }
    }
}
