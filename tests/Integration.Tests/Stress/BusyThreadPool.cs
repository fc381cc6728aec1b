namespace TypedCache.Integration.Tests.Stress;

/// <summary>
/// Holds every thread of the thread pool, which is kept from getting more: nothing that is handed to it runs until
/// <see cref="Dispose"/>. To be used on a thread of its own.
/// </summary>
internal sealed class BusyThreadPool : IDisposable
{
    // Far more than there are threads: what is queued behind them cannot be reached.
    private const int WorkItems = 1000;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly ManualResetEventSlim _release = new();
    private readonly PoolSize _size = new(threads: 8);
    private int _begun;
    private int _ended;

    private BusyThreadPool()
    {
        for (var i = 0; i < WorkItems; i++)
        {
            ThreadPool.UnsafeQueueUserWorkItem(static pool => pool.Hold(), this, preferLocal: false);
        }

        Assert.True(SpinWait.SpinUntil(() => Volatile.Read(ref _begun) >= _size.Threads, Patience), "the thread pool's threads cannot be had");
    }

    /// <summary>Runs a test on a thread of its own while every thread of the pool is held.</summary>
    public static Task RunBesideAsync(Action test) => Task.Factory.StartNew(
        () =>
        {
            using var busy = new BusyThreadPool();
            test();
            Assert.True(Volatile.Read(ref busy._begun) < WorkItems, "the thread pool has had free threads");
        },
        TestContext.Current.CancellationToken,
        TaskCreationOptions.LongRunning,
        TaskScheduler.Default);

    public void Dispose()
    {
        _release.Set();
        SpinWait.SpinUntil(() => Volatile.Read(ref _ended) == WorkItems, Patience);
        _size.Dispose();
    }

    private void Hold()
    {
        Interlocked.Increment(ref _begun);
        _release.Wait();
        Interlocked.Increment(ref _ended);
    }
}
