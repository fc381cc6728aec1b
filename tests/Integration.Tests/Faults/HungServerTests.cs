using System.Collections.Concurrent;
using TypedCache.Values;

namespace TypedCache.Integration.Tests.Faults;

/// <summary>Servers which stop answering, or stop reading.</summary>
public sealed class HungServerTests
{
    private static readonly TimeSpan Short = TimeSpan.FromMilliseconds(200);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_server_which_stops_answering_times_out_and_then_fails_calls_without_asking()
    {
        var asked = 0;
        using var server = new ScriptedServer((_, _) => Task.FromResult(Interlocked.Increment(ref asked)));
        await using var pool = FaultPool.Connect(server, options =>
        {
            options.OperationTimeout = Short;
            options.RetryInterval = Timeout.InfiniteTimeSpan;
        });

        var timeout = await Assert.ThrowsAsync<MemcachedTimeoutException>(() => GetAsync(pool, "k"));
        Assert.Contains($"{server.Address} did not answer Get 'k' within 200 ms", timeout.Message, StringComparison.Ordinal);
        Assert.Equal(server.Address, timeout.Server);

        await FaultPool.UntilAsync(() => pool.Servers[0].State == ServerState.Failed, "the failed state");
        var refused = await Assert.ThrowsAnyAsync<MemcachedConnectionException>(() => GetAsync(pool, "k"));
        Assert.Contains("treated as failed", refused.Message, StringComparison.Ordinal);
        Assert.Equal(1, asked);
    }

    [Fact]
    public async Task A_server_which_stops_answering_is_reported_once()
    {
        using var server = new ScriptedServer((_, _) => Task.CompletedTask);
        await using var pool = FaultPool.Connect(server, options =>
        {
            options.OperationTimeout = Short;
            options.RetryInterval = Timeout.InfiniteTimeSpan;
        });
        var reports = new ConcurrentQueue<ServerFailedEventArgs>();
        pool.ServerFailed += (_, report) => reports.Enqueue(report);

        await Assert.ThrowsAsync<MemcachedTimeoutException>(() => GetAsync(pool, "k"));
        await FaultPool.UntilAsync(() => !reports.IsEmpty, "the report");
        await Assert.ThrowsAnyAsync<MemcachedConnectionException>(() => GetAsync(pool, "k"));

        var report = Assert.Single(reports);
        Assert.Same(pool.Servers[0], report.Server);
        Assert.IsType<MemcachedTimeoutException>(report.Error);
    }

    [Fact]
    public async Task Who_hears_of_it_does_not_see_the_execution_context_of_a_caller()
    {
        using var server = new ScriptedServer((_, _) => Task.CompletedTask);
        await using var pool = FaultPool.Connect(server, options =>
        {
            options.OperationTimeout = Short;
            options.RetryInterval = Timeout.InfiniteTimeSpan;
        });
        var local = new AsyncLocal<string?>();
        var seen = new TaskCompletionSource<string?>(TaskCreationOptions.RunContinuationsAsynchronously);
        pool.ServerFailed += (_, _) => seen.TrySetResult(local.Value);
        local.Value = "the caller's";

        await Assert.ThrowsAsync<MemcachedTimeoutException>(() => GetAsync(pool, "k"));

        Assert.Null(await seen.Task.WaitAsync(FaultPool.Patience, Token));
    }

    // Nobody waits for them any more, and another server has nothing to do with them.
    [Fact]
    public async Task What_nobody_waits_for_any_more_is_not_sent_to_another_server()
    {
        using var stop = new ManualResetEventSlim();
        var seen = new ConcurrentQueue<string>();
        using var hung = new ScriptedServer((_, _) => Task.Run(stop.Wait));
        using var other = new ScriptedServer((connection, request) =>
        {
            seen.Enqueue(request.Words[0]);
            return connection.SendAsync(request.Words[0] == "ms" ? $"HD {request.Opaque}\r\n" : $"VA 1 f0 {request.Opaque}\r\nv\r\n");
        });
        await using var pool = FaultPool.Connect([hung.Port, other.Port], options =>
        {
            options.OperationTimeout = TimeSpan.FromSeconds(3);
            options.RetryInterval = Timeout.InfiniteTimeSpan;
            options.ConnectionsPerServer = 1;
        });
        await pool.GetVersionsAsync(Token);
        var key = KeyOf(pool, hung.Address);
        var value = new byte[1_000_000];
        new Random(1).NextBytes(value);

        // More than the network takes from a sender whose receiver does not read.
        using var leave = new CancellationTokenSource();
        var timedOut = pool.SetAsync(key, value, CacheCodecs.Bytes, cancellationToken: Token).AsTask();
        var left = Enumerable.Range(0, 30).Select(_ => pool.SetAsync(key, value, CacheCodecs.Bytes, cancellationToken: leave.Token).AsTask()).ToArray();
        await leave.CancelAsync();

        await Assert.ThrowsAsync<MemcachedTimeoutException>(() => timedOut.WaitAsync(FaultPool.Patience, Token));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Task.WhenAll(left).WaitAsync(FaultPool.Patience, Token));
        await FaultPool.UntilAsync(() => pool.Servers[0].State == ServerState.Failed, "the failed state");
        Assert.Equal("v", await GetAsync(pool, key));
        Assert.Equal("mg", Assert.Single(seen));
        stop.Set();
    }

    [Fact]
    public async Task A_server_which_was_asked_a_moment_ago_is_not_blamed_for_the_time_which_was_lost_before()
    {
        var asked = 0;
        using var silent = new ScriptedServer((_, _) => Task.CompletedTask) { Version = null };
        using var slow = new ScriptedServer((_, _) => Task.FromResult(Interlocked.Increment(ref asked)));
        await using var pool = FaultPool.Connect([silent.Port, slow.Port], options =>
        {
            options.ConnectTimeout = TimeSpan.FromSeconds(2);
            options.OperationTimeout = TimeSpan.FromSeconds(3);
            options.RetryInterval = Timeout.InfiniteTimeSpan;
        });
        var failed = new ConcurrentQueue<string>();
        pool.ServerFailed += (_, report) => failed.Enqueue(report.Server.Name);
        var key = KeyOf(pool, silent.Address);
        await pool.GetVersionsAsync(Token);
        pool.Servers[0].Enable();
        await Task.Delay(TimeSpan.FromSeconds(1.5), Token);

        await Assert.ThrowsAsync<MemcachedTimeoutException>(() => GetAsync(pool, key));

        await Task.Delay(100, Token);
        Assert.Equal(1, asked);
        Assert.Equal(ServerState.Connected, pool.Servers[1].State);
        Assert.DoesNotContain(slow.Address, failed);
    }

    [Fact]
    public async Task Keys_of_a_server_which_stopped_answering_go_to_the_next_one()
    {
        using var hung = new ScriptedServer((_, _) => Task.CompletedTask);
        using var good = new ScriptedServer((connection, request) => connection.SendAsync($"VA 1 f0 {request.Opaque}\r\nv\r\n"));
        await using var pool = FaultPool.Connect([hung.Port, good.Port], options => options.OperationTimeout = TimeSpan.FromSeconds(2));
        var key = KeyOf(pool, hung.Address);

        await Assert.ThrowsAsync<MemcachedTimeoutException>(() => GetAsync(pool, key));
        await FaultPool.UntilAsync(() => pool.Servers[0].State == ServerState.Failed, "the failed state");

        Assert.Equal("v", await GetAsync(pool, key));
    }

    [Fact]
    public async Task A_slow_reply_ends_its_callers_waiting_and_is_dropped_in_step()
    {
        var late = new TaskCompletionSource();
        using var server = new ScriptedServer(async (connection, request) =>
        {
            // Something always comes, so the server is slow and not dead.
            if (request.Words[1] == "slow")
            {
                await connection.SendAsync("VA 4 ");
                while (!late.Task.IsCompleted)
                {
                    await Task.WhenAny(late.Task, Task.Delay(20));
                    await connection.SendAsync("f0 ");
                }

                await connection.SendAsync($"{request.Opaque}\r\nlate\r\n");
                return;
            }

            await connection.SendAsync($"VA 4 f0 {request.Opaque}\r\nnext\r\n");
        });
        await using var pool = FaultPool.Connect(server, options => options.OperationTimeout = TimeSpan.FromSeconds(2));

        await Assert.ThrowsAsync<MemcachedTimeoutException>(() => GetAsync(pool, "slow"));
        var next = GetAsync(pool, "k");
        late.SetResult();

        Assert.Equal("next", await next);
        Assert.Equal(1, server.Accepted);
    }

    [Fact]
    public async Task What_waits_for_a_server_which_does_not_read_has_a_limit()
    {
        using var stop = new ManualResetEventSlim();
        using var server = new ScriptedServer((_, _) => Task.Run(stop.Wait));
        await using var pool = FaultPool.Connect(server, options => options.MaxQueuedBytes = 1_000_000);
        var value = new byte[100_000];
        new Random(1).NextBytes(value);
        await pool.GetVersionsAsync(Token);

        List<Task> stores = [];
        MemcachedConnectionException? refused = null;
        for (var i = 0; i < 1000 && refused is null; i++)
        {
            var store = pool.SetAsync("k", value, CacheCodecs.Bytes, cancellationToken: Token).AsTask();
            stores.Add(store);
            refused = store.IsFaulted ? store.Exception.InnerException as MemcachedConnectionException : null;
        }

        Assert.NotNull(refused);
        Assert.Contains($"{server.Address} does not keep up", refused.Message, StringComparison.Ordinal);
        Assert.Contains(nameof(MemcachedPoolOptions.MaxQueuedBytes), refused.Message, StringComparison.Ordinal);
        Assert.All(stores[..^1], store => Assert.False(store.IsCompleted));

        await pool.DisposeAsync();
        stop.Set();
        await Assert.ThrowsAsync<ObjectDisposedException>(() => Task.WhenAll(stores[..^1]).WaitAsync(FaultPool.Patience, Token));
    }

    [Fact]
    public async Task What_waits_for_a_connection_has_a_limit()
    {
        using var server = new ScriptedServer((_, _) => Task.CompletedTask) { Version = null };
        await using var pool = FaultPool.Connect(server, options => options.MaxQueuedBytes = 1_000_000);

        List<Task> stores = [];
        while (stores.Count < 1000 && !stores.Any(store => store.IsFaulted))
        {
            stores.Add(pool.SetAsync("k", new byte[10_000], CacheCodecs.Bytes, cancellationToken: Token).AsTask());
        }

        var refused = await Assert.ThrowsAsync<MemcachedConnectionException>(() => stores[^1]);
        Assert.Contains("does not keep up", refused.Message, StringComparison.Ordinal);
    }

    private static string KeyOf(MemcachedPool pool, string address) =>
        Enumerable.Range(0, 1000).Select(i => $"k{i}").First(key => pool.FindServer(key).Name == address);

    private static Task<string?> GetAsync(MemcachedPool pool, string key) =>
        pool.GetAsync(key, CacheCodecs.String, Token).AsTask().WaitAsync(FaultPool.Patience, Token);
}
