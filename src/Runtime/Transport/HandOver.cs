using System.Collections.Concurrent;
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

    private readonly ConcurrentQueue<Entry> _waiting = new();
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
        _waiting.Enqueue(new Entry(item, Environment.TickCount64));
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
        if (_waiting.TryDequeue(out var entry))
        {
            entry.Item.Execute();
        }
    }

    private static void Start(ThreadStart run, string name) => new Thread(run) { IsBackground = true, Name = name }.UnsafeStart();

    private void WakeWatcher()
    {
        lock (_watchGate)
        {
            if (_watch == Watch.None)
            {
                Start(LookAfterItems, "memcached hand-over watch");
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
                var isEmpty = !_waiting.TryPeek(out var oldest);
                var age = isEmpty ? TimeSpan.Zero : TimeSpan.FromMilliseconds(Environment.TickCount64 - oldest.Since);
                empty = isEmpty ? empty + 1 : 0;
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
            if (_waiting.IsEmpty)
            {
                Monitor.Wait(_watchGate, idle);
            }

            _watch = _watch == Watch.Awake || !_waiting.IsEmpty ? Watch.Awake : Watch.None;
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
                _threads++;
                Start(Work, "memcached hand-over");
            }
        }
    }

    private void Work()
    {
        var context = ExecutionContext.Capture()!;
        do
        {
            while (_waiting.TryDequeue(out var entry))
            {
                // What one item leaves behind in the thread's context is not for the next.
                ExecutionContext.Run(context, static item => ((IThreadPoolWorkItem)item!).Execute(), entry.Item);
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
