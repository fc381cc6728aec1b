using System.Collections.Concurrent;
using TypedCache.Integration.Tests.External;
using TypedCache.Values;

namespace TypedCache.Integration.Tests.Faults;

/// <summary>Callers who leave, block, forget to wait, or end the pool while others use it.</summary>
public sealed class CallerTests : IDisposable
{
    private const int Callers = 64;

    private readonly MemcachedProcess _process = MemcachedProcess.Start();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Disposal_ends_every_pending_call()
    {
        var pool = FaultPool.Connect([_process.Port]);
        await StoreNumbersAsync(pool);
        var ends = new ConcurrentBag<Exception>();
        Task[] callers = [.. Enumerable.Range(0, Callers).Select(caller => Task.Run(async () =>
        {
            try
            {
                while (true)
                {
                    Assert.Equal(TextOf(caller), await pool.GetAsync($"number-{caller}", CacheCodecs.String));
                    Assert.Single(await pool.GetManyAsync([$"number-{caller}"], CacheCodecs.String));
                }
            }
            catch (Exception exception)
            {
                ends.Add(exception);
            }
        }))];
        await Task.Delay(200, Token);

        await pool.DisposeAsync();

        await Task.WhenAll(callers).WaitAsync(FaultPool.Patience, Token);
        Assert.All(ends, end => Assert.IsType<ObjectDisposedException>(end));
        await Assert.ThrowsAsync<ObjectDisposedException>(async () => await pool.GetAsync("k", CacheCodecs.String, Token));
        await pool.DisposeAsync();
    }

    [Fact]
    public async Task What_a_batch_has_not_sent_when_its_caller_leaves_is_not_sent_any_more()
    {
        var received = 0;
        using var silent = new ScriptedServer((_, _) =>
        {
            received++;
            return Task.CompletedTask;
        });
        await using var pool = FaultPool.Connect(silent);
        using var leave = new CancellationTokenSource();
        var batch = pool.TouchManyAsync(Enumerable.Range(0, 3000).Select(i => $"k{i}"), TimeSpan.FromHours(1), leave.Token).AsTask();
        await FaultPool.UntilAsync(() => Volatile.Read(ref received) == 1024, "the first part of the batch");

        await leave.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => batch.WaitAsync(FaultPool.Patience, Token));
        var next = pool.ExistsAsync("last", CancellationToken.None).AsTask();
        await FaultPool.UntilAsync(() => Volatile.Read(ref received) >= 1025, "the next request");
        Assert.Equal(1025, received);
        pool.Dispose();
        await Assert.ThrowsAnyAsync<Exception>(() => next);
    }

    [Fact]
    public async Task Disposal_ends_calls_which_wait_for_a_reply_or_for_a_connection()
    {
        using var silent = new ScriptedServer((_, _) => Task.CompletedTask);
        using var mute = new ScriptedServer((_, _) => Task.CompletedTask) { Version = null };
        var replies = FaultPool.Connect(silent);
        var connections = FaultPool.Connect(mute);
        Task<string?>[] calls =
        [
            .. Enumerable.Range(0, 100).Select(i => replies.GetAsync($"{i}", CacheCodecs.String).AsTask()),
            .. Enumerable.Range(0, 100).Select(i => connections.GetAsync($"{i}", CacheCodecs.String).AsTask()),
        ];
        await FaultPool.UntilAsync(() => replies.Servers[0].State == ServerState.Connected && mute.Accepted == 1, "the connections");

        replies.Dispose();
        connections.Dispose();

        foreach (var call in calls)
        {
            await Assert.ThrowsAsync<ObjectDisposedException>(() => call.WaitAsync(FaultPool.Patience, Token));
        }
    }

    [Fact]
    public async Task A_continuation_which_blocks_on_another_call_of_the_connection_does_not_deadlock()
    {
        await using var pool = FaultPool.Connect([_process.Port]);
        await StoreNumbersAsync(pool);

        async Task<string?> BlockAsync(int number)
        {
            for (var i = 0; i < 20; i++)
            {
                await pool.GetAsync("number-1", CacheCodecs.String);
                Assert.Equal(TextOf(number), pool.GetAsync($"number-{number}", CacheCodecs.String).AsTask().GetAwaiter().GetResult());
            }

            return await pool.GetAsync($"number-{number}", CacheCodecs.String);
        }

        var all = await Task.WhenAll(Enumerable.Range(0, 8).Select(BlockAsync)).WaitAsync(FaultPool.Patience, Token);
        Assert.Equal(Enumerable.Range(0, 8).Select(TextOf), all);
    }

    [Fact]
    public async Task Calls_which_nobody_awaits_do_no_harm()
    {
        await using var pool = FaultPool.Connect([_process.Port]);
        await StoreNumbersAsync(pool);
        for (var i = 0; i < 2000; i++)
        {
            _ = pool.GetAsync($"number-{i % 1000}", CacheCodecs.String, Token);
            _ = pool.SetAsync($"number-{i % 1000}", TextOf(i % 1000), CacheCodecs.String, cancellationToken: Token);
            if (i % 100 == 0)
            {
                GC.Collect();
            }
        }

        for (var i = 0; i < 1000; i++)
        {
            Assert.Equal(TextOf(i), await pool.GetAsync($"number-{i}", CacheCodecs.String, Token));
        }
    }

    [Fact]
    public async Task Awaiting_a_call_twice_throws_and_later_calls_get_their_own_answers()
    {
        await using var pool = FaultPool.Connect([_process.Port]);
        await StoreNumbersAsync(pool);

        var call = pool.GetAsync("number-1", CacheCodecs.String, Token);
        Assert.Equal(TextOf(1), await call);
        await Assert.ThrowsAsync<InvalidOperationException>(async () => await call);

        for (var i = 0; i < 1000; i++)
        {
            Assert.Equal(TextOf(i), await pool.GetAsync($"number-{i}", CacheCodecs.String, Token));
            await Assert.ThrowsAsync<InvalidOperationException>(async () => await call);
        }
    }

    [Fact]
    public async Task Awaiting_a_cancelled_call_twice_throws_and_later_calls_get_their_own_answers()
    {
        var requests = new ConcurrentQueue<ScriptedRequest>();
        using var server = new ScriptedServer(async (connection, request) =>
        {
            requests.Enqueue(request);
            if (request.Words[1] == "last")
            {
                foreach (var owed in requests)
                {
                    await connection.SendAsync($"VA {owed.Words[1].Length} f0 {owed.Opaque}\r\n{owed.Words[1]}\r\n");
                }
            }
        });
        await using var pool = FaultPool.Connect(server);
        using var leave = new CancellationTokenSource();
        var left = pool.GetAsync("left", CacheCodecs.String, leave.Token);
        await leave.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await left);
        await Assert.ThrowsAsync<InvalidOperationException>(async () => await left);

        string[] keys = ["a", "b", "last"];
        Task<string?>[] calls = [.. keys.Select(key => pool.GetAsync(key, CacheCodecs.String, Token).AsTask())];

        Assert.Equal(keys, await Task.WhenAll(calls).WaitAsync(FaultPool.Patience, Token));
    }

    public void Dispose() => _process.Dispose();

    private static string TextOf(int number) => $"the text of {number} {new string((char)('a' + (number % 26)), number % 300)}";

    private static async Task StoreNumbersAsync(MemcachedPool pool)
    {
        for (var i = 0; i < 1000; i++)
        {
            await pool.SetAsync($"number-{i}", TextOf(i), CacheCodecs.String, cancellationToken: Token);
        }
    }
}
