using Microsoft.Extensions.Time.Testing;
using TypedCache.Values;

namespace TypedCache.Tests.Pool;

public sealed class ServerStateTests : IDisposable
{
    private readonly SharedServers _servers = new(3);

    public void Dispose() => _servers.Dispose();

    [Fact]
    public async Task A_disabled_server_is_passed_over_until_it_is_enabled()
    {
        var pool = _servers.Connect();
        var cancel = TestContext.Current.CancellationToken;
        var own = pool.FindServer("k");
        await pool.SetAsync("k", "v", CacheCodecs.String, cancellationToken: cancel);

        own.Disable();
        Assert.Equal(ServerState.Failed, own.State);
        Assert.Contains("taken out of use", own.LastFailure!.Message, StringComparison.Ordinal);
        Assert.Null(await pool.GetAsync("k", CacheCodecs.String, cancel));

        own.Enable();
        Assert.Equal("v", await pool.GetAsync("k", CacheCodecs.String, cancel));
        Assert.Equal(ServerState.Connected, own.State);
    }

    [Fact]
    public async Task A_server_which_failed_is_tried_at_once_when_it_is_enabled()
    {
        var pool = _servers.Connect(new MemcachedPoolOptions { RetryInterval = TimeSpan.FromDays(1), TimeProvider = new FakeTimeProvider() });
        var cancel = TestContext.Current.CancellationToken;
        _servers.Stop(0);
        var stopped = pool.Servers[0];
        for (var i = 0; i < 50; i++)
        {
            await pool.SetAsync($"k{i}", "v", CacheCodecs.String, cancellationToken: cancel);
        }

        // The clock stands still, so only Enable can end the wait for the next attempt, which fails anew.
        var before = stopped.LastFailure;
        Assert.NotNull(before);
        stopped.Enable();
        for (var waited = 0; ReferenceEquals(stopped.LastFailure, before) && waited < 500; waited++)
        {
            await Task.Delay(10, cancel);
        }

        Assert.NotSame(before, stopped.LastFailure);
        Assert.Equal(ServerState.Failed, stopped.State);
    }

    [Fact]
    public async Task A_failure_is_reported_once_with_the_server_and_the_error()
    {
        var pool = _servers.Connect(new MemcachedPoolOptions { RetryInterval = Timeout.InfiniteTimeSpan });
        var cancel = TestContext.Current.CancellationToken;
        var reported = new TaskCompletionSource<ServerFailedEventArgs>();
        var reports = 0;
        pool.ServerFailed += (_, failure) =>
        {
            Interlocked.Increment(ref reports);
            reported.TrySetResult(failure);
        };
        _servers.Stop(0);
        var stopped = pool.Servers[0];

        for (var i = 0; i < 50; i++)
        {
            await pool.SetAsync($"k{i}", "v", CacheCodecs.String, cancellationToken: cancel);
        }

        var failure = await reported.Task.WaitAsync(TimeSpan.FromSeconds(10), cancel);
        Assert.Equal((stopped.Host, stopped.Port), (failure.Server.Host, failure.Server.Port));
        Assert.Contains(stopped.Name, failure.Error.Message, StringComparison.Ordinal);
        Assert.Equal((ServerState.Failed, 1), (stopped.State, reports));
    }

    [Fact]
    public async Task A_handler_that_throws_is_reported_and_harms_nobody()
    {
        var pool = _servers.Connect(new MemcachedPoolOptions { RetryInterval = Timeout.InfiniteTimeSpan });
        var cancel = TestContext.Current.CancellationToken;
        var reported = new TaskCompletionSource<HandlerFailedEventArgs>();
        var second = new TaskCompletionSource<MemcachedServer>();
        pool.ServerFailed += (_, _) => throw new InvalidOperationException("of the handler");
        pool.ServerFailed += (_, failure) => second.TrySetResult(failure.Server);
        pool.HandlerFailed += (_, failed) =>
        {
            reported.TrySetResult(failed);
            throw new InvalidOperationException("of the handler's handler");
        };

        pool.Servers[0].Disable();

        var failed = await reported.Task.WaitAsync(TimeSpan.FromSeconds(10), cancel);
        Assert.Equal((nameof(pool.ServerFailed), "of the handler"), (failed.EventName, failed.Error.Message));
        Assert.Same(pool.Servers[0], await second.Task.WaitAsync(TimeSpan.FromSeconds(10), cancel));
        await pool.SetAsync("k", "v", CacheCodecs.String, cancellationToken: cancel);
        Assert.Equal("v", await pool.GetAsync("k", CacheCodecs.String, cancel));
    }

    [Fact]
    public async Task A_missing_key_marks_no_server_as_failed()
    {
        var pool = _servers.Connect();
        var cancel = TestContext.Current.CancellationToken;

        Assert.Equal(CasResult.NotFound, await pool.CompareAndSetAsync("missing", "v", 1, CacheCodecs.String, cancellationToken: cancel));
        Assert.False(await pool.ReplaceAsync("missing", "v", CacheCodecs.String, cancellationToken: cancel));
        Assert.Null(await pool.IncrementAsync("missing", 1, cancel));

        Assert.All(pool.Servers, server => Assert.NotEqual(ServerState.Failed, server.State));
    }

    [Fact]
    public void The_retry_interval_can_be_changed_while_the_pool_runs()
    {
        var server = _servers.Connect().Servers[1];
        Assert.Equal(TimeSpan.FromSeconds(15), server.RetryInterval);

        server.RetryInterval = Timeout.InfiniteTimeSpan;

        Assert.Equal(Timeout.InfiniteTimeSpan, server.RetryInterval);
        Assert.Throws<ArgumentOutOfRangeException>(() => server.RetryInterval = TimeSpan.Zero);
    }
}
