namespace TypedCache.Caching;

/// <summary>A creation under way, and those who wait for it.</summary>
internal sealed class SharedCreation<T>
{
    private readonly CancellationTokenSource _abandoned = new();
    private Task<HybridValue<T>>? _task;

    /// <summary>How many wait; guarded by the lock of the <see cref="SharedCreations"/>.</summary>
    public int Waiters { get; set; }

    /// <summary>The creation. There is one from the first <see cref="Start"/> on.</summary>
    public Task<HybridValue<T>> Task => _task!;

    /// <summary>Begins it in the execution context of the caller, on another thread: a caller who is cancelled leaves at once.</summary>
    public void Start(Func<CancellationToken, Task<HybridValue<T>>> create) => _task = System.Threading.Tasks.Task.Run(() => create(_abandoned.Token));

    /// <summary>Tells the create function that nobody waits any more, nor will hear of its failure.</summary>
    public void Abandon()
    {
        Task.ContinueWith(
            static task => task.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted | TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        _ = _abandoned.CancelAsync();
    }
}
