using TypedCache.Transport;

namespace TypedCache.Tests.Transport;

/// <summary>Work that is handed to the thread pool, and what becomes of it where the pool has no time.</summary>
[Collection(nameof(BlocksThreadPool))]
public sealed class HandOverTests
{
    // Only keeps a test from hanging.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly HandOver _handOver = new(TimeSpan.FromMilliseconds(20), TimeSpan.FromMilliseconds(200), maxThreads: 4);

    [Fact]
    public void The_thread_pool_executes_what_it_has_time_for()
    {
        var handOver = new HandOver(Patience, Patience, maxThreads: 4);
        using var all = new CountdownEvent(1000);
        var elsewhere = 0;
        for (var i = 0; i < all.InitialCount; i++)
        {
            handOver.Queue(new Item(() =>
            {
                elsewhere += Thread.CurrentThread.IsThreadPoolThread ? 0 : 1;
                all.Signal();
            }));
        }

        Assert.True(all.Wait(Patience, TestContext.Current.CancellationToken));
        Assert.Equal(0, elsewhere);
        Assert.Equal(0, handOver.Threads);
    }

    [Fact]
    public void What_a_blocked_pool_does_not_begin_is_executed_once_by_another_thread()
    {
        var runs = new int[1000];
        using (new BusyThreadPool())
        {
            using var all = new CountdownEvent(runs.Length);
            for (var i = 0; i < runs.Length; i++)
            {
                var number = i;
                _handOver.Queue(new Item(() =>
                {
                    Interlocked.Increment(ref runs[number]);
                    Assert.False(Thread.CurrentThread.IsThreadPoolThread);
                    all.Signal();
                }));
            }

            Assert.True(all.Wait(Patience, TestContext.Current.CancellationToken));
        }

        // The pool has threads again, and finds nothing left to do.
        using var after = new ManualResetEventSlim();
        ThreadPool.QueueUserWorkItem(_ => after.Set());
        Assert.True(after.Wait(Patience, TestContext.Current.CancellationToken));
        Assert.All(runs, count => Assert.Equal(1, count));
    }

    [Fact]
    public void Items_that_block_hold_up_no_others_up_to_a_number_of_threads()
    {
        using var busy = new BusyThreadPool();
        using var release = new ManualResetEventSlim();
        using var blocked = new CountdownEvent(4);
        using var other = new ManualResetEventSlim();
        for (var i = 0; i < 3; i++)
        {
            _handOver.Queue(new Item(() => Block(blocked, release)));
        }

        _handOver.Queue(new Item(other.Set));
        Assert.True(other.Wait(Patience, TestContext.Current.CancellationToken));
        using var last = new ManualResetEventSlim();
        _handOver.Queue(new Item(() => Block(blocked, release)));
        Assert.True(blocked.Wait(Patience, TestContext.Current.CancellationToken));
        _handOver.Queue(new Item(last.Set));
        Assert.False(last.Wait(200, TestContext.Current.CancellationToken));
        Assert.Equal(4, _handOver.Threads);
        release.Set();
        Assert.True(last.Wait(Patience, TestContext.Current.CancellationToken));
    }

    [Fact]
    public void Threads_end_when_there_is_nothing_to_do_and_come_again()
    {
        using var busy = new BusyThreadPool();
        for (var round = 0; round < 3; round++)
        {
            using var done = new ManualResetEventSlim();
            _handOver.Queue(new Item(done.Set));
            Assert.True(done.Wait(Patience, TestContext.Current.CancellationToken));
            Assert.True(SpinWait.SpinUntil(() => _handOver.Threads == 0, Patience));

            // The watcher ends too, after a second without items.
            Thread.Sleep(round * 700);
        }
    }

    [Fact]
    public void Neither_the_context_of_who_queues_nor_what_an_item_leaves_behind_reaches_an_item()
    {
        using var busy = new BusyThreadPool();
        var ambient = new AsyncLocal<string?> { Value = "who queues" };
        var seen = new List<string?>();
        using var all = new CountdownEvent(3);
        for (var i = 0; i < all.InitialCount; i++)
        {
            _handOver.Queue(new Item(() =>
            {
                lock (seen)
                {
                    seen.Add(ambient.Value);
                }

                ambient.Value = "left behind";
                all.Signal();
            }));
        }

        Assert.True(all.Wait(Patience, TestContext.Current.CancellationToken));
        Assert.Equal([null, null, null], seen);
    }

    [Fact]
    public void To_queue_an_item_allocates_nothing_but_what_the_queues_need()
    {
        var item = new Item(static () => { });
        long least = long.MaxValue;
        for (var round = 0; round < 20; round++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            for (var i = 0; i < 1000; i++)
            {
                HandOver.Shared.Queue(item);
            }

            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        // Segments of the queues, which grow while the pool is behind.
        Assert.InRange(least, 0, 1000 * 48);
    }

    private static void Block(CountdownEvent blocked, ManualResetEventSlim release)
    {
        blocked.Signal();
        release.Wait(Patience);
    }

    private sealed class Item(Action action) : IThreadPoolWorkItem
    {
        public void Execute() => action();
    }
}
