namespace TypedCache.Transport;

/// <summary>Threads of the library's own: what keeps promises must not wait for a thread of the pool.</summary>
internal static class BackgroundThread
{
    /// <summary>Starts a thread that keeps no process alive, and nothing of the caller's execution context.</summary>
    public static void Start(string name, Action run)
    {
        try
        {
            new Thread(() => run()) { IsBackground = true, Name = name }.UnsafeStart();
        }
        catch (Exception exception) when (exception is OutOfMemoryException or ThreadStartException)
        {
            // The system gives the process no more threads. One of the pool is late perhaps, but better than none.
            ThreadPool.UnsafeQueueUserWorkItem(static run => run(), run, preferLocal: false);
        }
    }
}
