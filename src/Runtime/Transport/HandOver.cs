using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;

namespace TypedCache.Transport;

/// <summary>
/// Hands work to the thread pool, and takes it back where the pool does not begin it in time, because blocked callers hold its threads:
/// then threads of its own carry it out. Each item is executed once.
/// </summary>
/// <remarks>
/// The items wait in a queue of their own, and the pool gets nothing but tokens for them, so that an item costs no allocation and is
/// taken by whoever comes first. One thread looks at the queue while there is something to look after.
/// </remarks>
/// <param name="patience">How long an item waits for the thread pool.</param>
/// <param name="idle">How long threads without work stay.</param>
/// <param name="maxThreads">How many threads carry out what the pool does not.</param>
internal sealed class HandOver(TimeSpan patience, TimeSpan idle, int maxThreads) : IThreadPoolWorkItem
{
    // After so many looks at an empty queue the watcher sleeps until it is woken, which costs whoever queues the next item a little.
    private const int LooksBeforeSleep = 50;

    /// <summary>The one for the whole process.</summary>
    public static readonly HandOver Shared = new(TimeSpan.FromMilliseconds(20), TimeSpan.FromSeconds(5), maxThreads: 32);

    // No concurrent one: once somebody has peeked into that, it keeps what has been taken out of it.
    private readonly Queue<Entry> _waiting = new();
    private readonly Lock _queueGate = new();
    private readonly object _watchGate = new();
    private readonly object _threadGate = new();
    private Watch _watch;
    private int _threads;
    private int _idleThreads;
    private int _calls;

    private enum Watch
    {
        None,
        Asleep,
        Awake,
    }

    /// <summary>How many threads carry out what the pool has not begun, or wait for more.</summary>
    public int Threads => Volatile.Read(ref _threads);

    /// <summary>Has an item executed by the thread pool, or soon by another thread where the pool is busy.</summary>
    public void Queue(IThreadPoolWorkItem item)
    {
        lock (_queueGate)
        {
            _waiting.Enqueue(new Entry(item, Environment.TickCount64));
        }

        ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);

        // Either the watcher sees the item before it falls asleep, or it is seen here that it sleeps.
        Interlocked.MemoryBarrier();
        if (_watch != Watch.Awake)
        {
            WakeWatcher();
        }
    }

    /// <summary>Lets an async method go on as an item does.</summary>
    public HandOverAwaitable SwitchAsync() => new(this);

    /// <summary>Called by the thread pool once for each item: executes the oldest one, if there is any left.</summary>
    public void Execute()
    {
        if (TryTake(out var item))
        {
            item.Execute();
        }
    }

    private bool TryTake([NotNullWhen(true)] out IThreadPoolWorkItem? item)
    {
        lock (_queueGate)
        {
            var isThere = _waiting.TryDequeue(out var entry);
            item = entry.Item;
            return isThere;
        }
    }

    // Null: none waits.
    private TimeSpan? AgeOfOldest()
    {
        lock (_queueGate)
        {
            return _waiting.TryPeek(out var oldest) ? TimeSpan.FromMilliseconds(Environment.TickCount64 - oldest.Since) : null;
        }
    }

    private void WakeWatcher()
    {
        lock (_watchGate)
        {
            if (_watch == Watch.None)
            {
                BackgroundThread.Start("memcached hand-over watch", LookAfterItems);
            }

            _watch = Watch.Awake;
            Monitor.Pulse(_watchGate);
        }
    }

    private void LookAfterItems()
    {
        do
        {
            for (var empty = 0; empty < LooksBeforeSleep;)
            {
                var waits = AgeOfOldest();
                var age = waits ?? TimeSpan.Zero;
                empty = waits is null ? empty + 1 : 0;
                if (age >= patience)
                {
                    CallThread();
                }

                Thread.Sleep(age < patience ? patience - age : patience / 2);
            }
        }
        while (SleepUntilNeeded());
    }

    // False when there has been nothing to do for long: the thread ends.
    private bool SleepUntilNeeded()
    {
        lock (_watchGate)
        {
            _watch = Watch.Asleep;
            Interlocked.MemoryBarrier();
            if (AgeOfOldest() is null)
            {
                Monitor.Wait(_watchGate, idle);
            }

            _watch = _watch == Watch.Awake || AgeOfOldest() is not null ? Watch.Awake : Watch.None;
            return _watch == Watch.Awake;
        }
    }

    // One more each time: those that were called before may be blocked.
    private void CallThread()
    {
        lock (_threadGate)
        {
            if (_idleThreads > _calls)
            {
                _calls++;
                Monitor.Pulse(_threadGate);
            }
            else if (_threads < maxThreads)
            {
                StartThread();
            }
        }
    }

    private void StartThread()
    {
        _threads++;
        try
        {
            BackgroundThread.Start("memcached hand-over", Work);
        }
        catch (Exception)
        {
            // The system gives no more: the thread pool is left, and the next look.
            _threads--;
        }
    }

    private void Work()
    {
        var context = ExecutionContext.Capture()!;
        do
        {
            while (TryTake(out var item))
            {
                // What one item leaves behind in the thread's context is not for the next.
                ExecutionContext.Run(context, static item => ((IThreadPoolWorkItem)item!).Execute(), item);
            }
        }
        while (WaitForCall());
    }

    // False when there has been nothing to do for long: the thread ends.
    private bool WaitForCall()
    {
        lock (_threadGate)
        {
            _idleThreads++;
            if (_calls == 0)
            {
                Monitor.Wait(_threadGate, idle);
            }

            _idleThreads--;
            var isCalled = _calls > 0;
            _calls -= isCalled ? 1 : 0;
            _threads -= isCalled ? 0 : 1;
            return isCalled;
        }
    }

    /// <summary>An item, and since when it has been waiting, in <see cref="Environment.TickCount64"/> milliseconds.</summary>
    [StructLayout(LayoutKind.Auto)]
    private readonly record struct Entry(IThreadPoolWorkItem Item, long Since);
}
