using System.Diagnostics;
using TypedCache.Integration.Tests.Connecting;
using TypedCache.Integration.Tests.External;
using TypedCache.Integration.Tests.Faults;
using TypedCache.Values;

namespace TypedCache.Integration.Tests.Stress;

/// <summary>What a pool promises holds while the thread pool has no thread to spare.</summary>
[Collection(nameof(RunsAlone))]
public sealed class BusyThreadPoolTests
{
    private const int ColdCallers = 30;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Continuations_that_block_hold_up_nobody_and_the_server_is_not_blamed()
    {
        using var process = MemcachedProcess.Start();
        await using var pool = FaultPool.Connect([process.Port]);
        await pool.SetAsync("k", "v", CacheCodecs.String, cancellationToken: Token);
        using var release = new ManualResetEventSlim();

        await BusyThreadPool.RunBesideAsync(() =>
        {
            var blocked = new List<Task>();
            while (blocked.Count < 4)
            {
                var isBlocked = new TaskCompletionSource<bool>();
                var caller = BlockAsync(pool, isBlocked, release);
                Assert.True(isBlocked.Task.Wait(FaultPool.Patience), "callers do not go on");
                if (isBlocked.Task.Result)
                {
                    blocked.Add(caller);
                }
            }

            for (var i = 0; i < 20; i++)
            {
                Assert.Equal("v", Get(pool));
                var others = Enumerable.Range(0, 64).Select(_ => pool.GetAsync("k", CacheCodecs.String).AsTask()).ToArray();
                Assert.True(Task.WaitAll(others, FaultPool.Patience), "others are held up");
                Assert.All(others, other => Assert.Equal("v", other.Result));
            }

            Assert.DoesNotContain(blocked, task => task.IsCompleted);
            Assert.Equal(ServerState.Connected, pool.Servers[0].State);
            Assert.Null(pool.Servers[0].LastFailure);
            release.Set();
            Assert.True(Task.WaitAll([.. blocked], FaultPool.Patience), "they do not end");
        });
    }

    [Fact]
    public async Task Time_limits_and_probes_work()
    {
        using var process = MemcachedProcess.Start();
        await using var pool = FaultPool.Connect([process.Port], options =>
        {
            options.OperationTimeout = TimeSpan.FromMilliseconds(500);
            options.RetryInterval = TimeSpan.FromMilliseconds(100);
        });
        await Patiently.UntilAsync(async () => await pool.GetAsync("k", CacheCodecs.String, Token) is null);

        await BusyThreadPool.RunBesideAsync(() =>
        {
            process.Suspend();
            try
            {
                Assert.Throws<MemcachedTimeoutException>(() => Get(pool));
                Until(() => pool.Servers[0].State == ServerState.Failed, "the failed state");
            }
            finally
            {
                process.Resume();
            }

            Until(() => pool.Servers[0].State == ServerState.Connected, "the return of the server");
        });
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_cold_start_succeeds_while_callers_block_every_thread(bool encrypted)
    {
        using var servers = new TlsServers();
        using var process = encrypted ? servers.Start("127.0.0.1") : MemcachedProcess.Start();
        await using var pool = FaultPool.Connect([process.Port], options =>
            options.Tls = encrypted ? new MemcachedTlsOptions { TrustedAuthorities = [servers.Authority.Certificate] } : null);

        // More callers than threads: none is left while they wait for the first connection.
        var ended = await Task.Factory.StartNew(() => BlockEveryThread(pool), Token, TaskCreationOptions.LongRunning, TaskScheduler.Default);

        Assert.Equal(ColdCallers, ended.Length);
        Assert.All(ended, Assert.Null);
    }

    // Gives what each caller failed with, or null.
    private static Exception?[] BlockEveryThread(MemcachedPool pool)
    {
        using var size = new PoolSize(threads: 8);
        var failures = new Exception?[ColdCallers];
        using var ended = new CountdownEvent(ColdCallers);
        for (var i = 0; i < ColdCallers; i++)
        {
            ThreadPool.UnsafeQueueUserWorkItem(
                number =>
                {
                    failures[number] = Record.Exception(() => Assert.Null(Get(pool)));
                    ended.Signal();
                },
                i,
                preferLocal: false);
        }

        Assert.True(ended.Wait(2 * FaultPool.Patience, Token), "callers still block");
        return failures;
    }

    // Blocks unless the answer has come so soon that the caller goes on on its own thread.
    private static async Task BlockAsync(MemcachedPool pool, TaskCompletionSource<bool> isBlocked, ManualResetEventSlim release)
    {
        var caller = Thread.CurrentThread;
        await pool.GetAsync("k", CacheCodecs.String, Token).ConfigureAwait(false);
        var blocks = Thread.CurrentThread != caller;
        isBlocked.SetResult(blocks);
        if (blocks)
        {
            release.Wait(4 * FaultPool.Patience, Token);
        }
    }

    private static string? Get(MemcachedPool pool)
    {
#pragma warning disable CA2012 // It is supported, and what this is about.
        return pool.GetAsync("k", CacheCodecs.String).GetAwaiter().GetResult();
#pragma warning restore CA2012
    }

    private static void Until(Func<bool> reached, string what) => Assert.True(SpinWait.SpinUntil(reached, FaultPool.Patience), $"{what} has not come about");
}
