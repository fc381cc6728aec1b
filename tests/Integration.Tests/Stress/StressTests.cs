using System.Diagnostics;
using System.Globalization;
using TypedCache.Integration.Tests.External;
using TypedCache.Integration.Tests.Faults;

namespace TypedCache.Integration.Tests.Stress;

/// <summary>All operations at once, over lines which break in every way, for as long as <see cref="SecondsVariable"/> says.</summary>
[Collection(nameof(RunsAlone))]
public sealed class StressTests : IDisposable
{
    /// <summary>The environment variable with the time to run, in seconds. Default: 20.</summary>
    public const string SecondsVariable = "TYPEDCACHE_STRESS_SECONDS";

    private const int Seed = 20;
    private const long MemoryMargin = 48_000_000;

    // Heartbeat, probes and connect timeouts of three servers, and what their proxies delay. A timer for each call would be 64 more.
    private const int TimerMargin = 16;

    private static readonly TimeSpan OperationTimeout = TimeSpan.FromMilliseconds(500);

    // A batch whose first server turns it away begins anew elsewhere, and a loaded machine is late.
    private static readonly TimeSpan HungAfter = (4 * OperationTimeout) + TimeSpan.FromSeconds(8);

    private static readonly TimeSpan WatchPeriod = TimeSpan.FromMilliseconds(50);

    private readonly MemcachedProcess[] _processes = [MemcachedProcess.Start(), MemcachedProcess.Start(), MemcachedProcess.Start()];
    private readonly FaultPlan _plan = new(Seed, rate: 0.01, FaultPlan.AllKinds);
    private readonly FaultProxy[] _proxies;
    private int _unobserved;
    private long _mostTimers;

    public StressTests() => _proxies = [.. _processes.Select(process => new FaultProxy(process.EndPoint, _plan))];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Callers_get_their_own_values_or_an_exception_in_time_whatever_happens_to_the_lines()
    {
        CollectGarbage();
        TaskScheduler.UnobservedTaskException += CountUnobserved;
        var timersBefore = Timer.ActiveCount;
        var duration = Duration();
        await using var pool = FaultPool.Connect(_proxies.Select(proxy => proxy.Port), options =>
        {
            options.OperationTimeout = OperationTimeout;
            options.ConnectTimeout = OperationTimeout;
            options.RetryInterval = TimeSpan.FromMilliseconds(200);
        });
        var load = new StressLoad(pool, Seed);
        var watch = Stopwatch.StartNew();
        var running = load.RunAsync();

        await WatchAsync(load, duration / 4);
        var memoryBefore = GC.GetTotalMemory(forceFullCollection: true);
        await WatchAsync(load, duration * 3 / 4);
        load.Stop();
        await running.WaitAsync(HungAfter, Token);
        var seconds = watch.Elapsed.TotalSeconds;
        var memory = GC.GetTotalMemory(forceFullCollection: true) - memoryBefore;
        _plan.Rate = 0;
        await FaultPool.UntilAnsweringAsync(pool);
        await FaultPool.UntilAsync(() => Timer.ActiveCount <= timersBefore + 1, "the end of the timers");
        CollectGarbage();
        TaskScheduler.UnobservedTaskException -= CountUnobserved;

        TestFigures.Report("stress", $"""
            {seconds:0} s, {StressLoad.Callers} callers, 3 servers: {load.Operations} operations, {load.Hits} values checked, {load.NearHits} of them near, {load.Failed} failed, {load.Cancelled} cancelled
              faults: {string.Join(", ", _plan.Counts.Select(count => $"{count.Key} {count.Value}"))}
              wrong values {load.Wrong}, hung calls 0 (longest {load.LongestEnded.TotalMilliseconds:0} ms), unobserved exceptions {_unobserved}, unexpected exceptions {load.Unexpected.Count}
              memory {memory / 1e6:+0.0;-0.0} MB since {seconds / 4:0} s, timers at most {_mostTimers - timersBefore:+0;-0;0}, at last {Timer.ActiveCount - timersBefore:+0;-0;0}
            """);
        Assert.Equal(0, load.Wrong);
        Assert.Empty(load.Unexpected);
        Assert.Equal(0, _unobserved);
        Assert.InRange(memory, long.MinValue, MemoryMargin);
        Assert.InRange(_mostTimers, 0, timersBefore + StressLoad.Callers + TimerMargin);
        Assert.True(load.Hits > 1000 && load.NearHits > 100 && load.Failed > 0 && load.Cancelled > 0, "a run without values, failures and cancelled calls proves nothing");
        Assert.All(_plan.Counts, count => Assert.True(count.Value > 0, $"{count.Key} has not happened"));
    }

    public void Dispose()
    {
        foreach (var proxy in _proxies)
        {
            proxy.Dispose();
        }

        foreach (var process in _processes)
        {
            process.Dispose();
        }
    }

    /// <summary>For how long to run.</summary>
    internal static TimeSpan Duration() =>
        TimeSpan.FromSeconds(double.Parse(Environment.GetEnvironmentVariable(SecondsVariable) ?? "20", CultureInfo.InvariantCulture));

    private async Task WatchAsync(StressLoad load, TimeSpan duration)
    {
        var looks = 0;
        for (var watch = Stopwatch.StartNew(); watch.Elapsed < duration;)
        {
            await Task.Delay(WatchPeriod, Token);
            _mostTimers = Math.Max(_mostTimers, Timer.ActiveCount);

            // Looks are counted and not only the time: while the whole machine stands still, no call can end.
            looks = load.LongestPending < HungAfter / 2 ? 0 : looks + 1;
            Assert.True(
                looks * WatchPeriod < HungAfter / 2,
                $"after {load.Operations} operations a call has been pending for {load.LongestPending}, and for the last {looks} looks");
        }
    }

    // A task tells of an exception which nobody looked at when it is finalized.
    private static void CollectGarbage()
    {
        for (var i = 0; i < 2; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }
    }

    private void CountUnobserved(object? sender, UnobservedTaskExceptionEventArgs arguments) => Interlocked.Increment(ref _unobserved);
}
