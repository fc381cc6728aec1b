namespace TypedCache.Transport;

/// <summary>
/// A thread that blocks until its call has ended, as <c>.GetAwaiter().GetResult()</c> does. It is woken by whoever ends the call, not by
/// way of the thread pool, and meanwhile carries out the work that the call waits for and that nobody has begun.
/// </summary>
internal sealed class BlockedCaller
{
    private TaskCompletionSource<IThreadPoolWorkItem?> _next = new();
    private volatile bool _isReleased;

    // On a thread of the pool the work is at home. Any other one may belong to a user interface, or have a scheduler that the work would
    // come back to while the thread is still blocked.
    private readonly bool _mayHelp =
        Thread.CurrentThread.IsThreadPoolThread && SynchronizationContext.Current is null && TaskScheduler.Current == TaskScheduler.Default;

    /// <summary>Blocks until <see cref="Release"/>.</summary>
    public void Wait()
    {
        ReplyLoop.BeforeBlocking();
        SendBatch.Current?.Flush();
        while (!_isReleased)
        {
            // By a task, for which the thread pool adds threads in place of those that are blocked.
            var work = Volatile.Read(ref _next).Task.GetAwaiter().GetResult();
            Interlocked.Exchange(ref _next, new TaskCompletionSource<IThreadPoolWorkItem?>());
            work?.Execute();
        }
    }

    /// <summary>Offers work to the thread. It may be carried out by others too; it has to see to it that one of them does.</summary>
    public void Offer(IThreadPoolWorkItem work)
    {
        if (_mayHelp)
        {
            Volatile.Read(ref _next).TrySetResult(work);
        }
    }

    /// <summary>Lets the thread go on.</summary>
    public void Release()
    {
        _isReleased = true;
        Interlocked.MemoryBarrier();
        Volatile.Read(ref _next).TrySetResult(null);
    }
}
