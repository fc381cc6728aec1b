using System.Collections.Concurrent;
using System.Diagnostics;
using TypedCache.Integration.Tests.External;
using TypedCache.Integration.Tests.Faults;
using TypedCache.Values;

namespace TypedCache.Integration.Tests.Stress;

/// <summary>One of two real servers is stopped (SIGSTOP) under load and goes on later.</summary>
[Collection(nameof(RunsAlone))]
public sealed class HungProcessTests : IDisposable
{
    private const int CallersPerServer = 16;

    private static readonly TimeSpan OperationTimeout = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan RetryInterval = TimeSpan.FromSeconds(1);

    private readonly MemcachedProcess _hung = MemcachedProcess.Start();
    private readonly MemcachedProcess _good = MemcachedProcess.Start();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Callers_of_a_hung_server_wait_once_and_those_of_the_other_one_notice_nothing()
    {
        await using var pool = FaultPool.Connect([_hung.Port, _good.Port], options =>
        {
            options.OperationTimeout = OperationTimeout;
            options.ConnectTimeout = OperationTimeout;
            options.RetryInterval = RetryInterval;
        });
        await FaultPool.UntilAnsweringAsync(pool);
        using var stop = new CancellationTokenSource();
        Task<ConcurrentQueue<Call>>[] hung = [.. Keys(pool, _hung.Address).Select(key => CallAsync(pool, key, stop.Token))];
        Task<ConcurrentQueue<Call>>[] good = [.. Keys(pool, _good.Address).Select(key => CallAsync(pool, key, stop.Token))];
        await Task.Delay(500, Token);

        TimeSpan returned;
        _hung.Suspend();
        try
        {
            await Task.Delay(TimeSpan.FromSeconds(4), Token);
            Assert.Equal(ServerState.Failed, pool.Servers[0].State);
        }
        finally
        {
            _hung.Resume();
            var watch = Stopwatch.StartNew();
            await FaultPool.UntilAsync(() => pool.Servers[0].State == ServerState.Connected, "the return of the server");
            returned = watch.Elapsed;
        }

        await Task.Delay(500, Token);
        await stop.CancelAsync();
        var callsOfHung = (await Task.WhenAll(hung)).ToList();
        var callsOfGood = (await Task.WhenAll(good)).SelectMany(calls => calls).ToList();

        TestFigures.Report("hung-server", $"""
            back in use {returned.TotalMilliseconds:0} ms after it went on (retry interval {RetryInterval.TotalMilliseconds:0} ms)
              longest call of its keys {callsOfHung.Max(calls => calls.Max(call => call.Took)).TotalMilliseconds:0} ms (timeout {OperationTimeout.TotalMilliseconds:0} ms), of the other server's {callsOfGood.Max(call => call.Took).TotalMilliseconds:0} ms
            """);
        Assert.All(callsOfGood, call => Assert.Null(call.Failure));
        Assert.Contains(callsOfHung, calls => calls.Any(call => call.Failure is MemcachedTimeoutException));
        Assert.All(callsOfHung, AssertWaitedOnce);
        Assert.InRange(returned, TimeSpan.Zero, RetryInterval + OperationTimeout + TimeSpan.FromSeconds(5));
    }

    public void Dispose()
    {
        _hung.Dispose();
        _good.Dispose();
    }

    private static void AssertWaitedOnce(ConcurrentQueue<Call> calls)
    {
        var waited = calls.Where(call => call.Failure is MemcachedTimeoutException && call.Took > OperationTimeout / 2).ToList();
        Assert.InRange(waited.Count, 0, 1);
        Assert.All(waited, call => Assert.InRange(call.Took, TimeSpan.Zero, OperationTimeout + TimeSpan.FromSeconds(2)));

        // Once more at most: a call which was sent while the connection was being given up.
        Assert.InRange(calls.Count(call => call.Failure is not null), 0, 2);
        Assert.All(calls, call => Assert.True(call.Failure is null or MemcachedConnectionException, $"{call.Failure}"));
    }

    private static IEnumerable<string> Keys(MemcachedPool pool, string address) =>
        Enumerable.Range(0, 10_000).Select(i => $"k{i}").Where(key => pool.FindServer(key).Name == address).Take(CallersPerServer);

    private static Task<ConcurrentQueue<Call>> CallAsync(MemcachedPool pool, string key, CancellationToken stop) => Task.Run(async () =>
    {
        var calls = new ConcurrentQueue<Call>();
        while (!stop.IsCancellationRequested)
        {
            var begun = Stopwatch.GetTimestamp();
            Exception? failure = null;
            try
            {
                await pool.SetAsync(key, key, CacheCodecs.String);
                Assert.Equal(key, await pool.GetAsync(key, CacheCodecs.String) ?? key);
            }
            catch (Exception exception)
            {
                failure = exception;
            }

            calls.Enqueue(new Call(Stopwatch.GetElapsedTime(begun), failure));
        }

        return calls;
    });

    private sealed record Call(TimeSpan Took, Exception? Failure);
}
