namespace TypedCache.Integration.Tests.Stress;

/// <summary>Gives the thread pool a fixed number of threads until <see cref="Dispose"/>.</summary>
internal sealed class PoolSize : IDisposable
{
    private readonly (int Workers, int Ports) _least;
    private readonly (int Workers, int Ports) _most;

    public PoolSize(int threads)
    {
        ThreadPool.GetMinThreads(out _least.Workers, out _least.Ports);
        ThreadPool.GetMaxThreads(out _most.Workers, out _most.Ports);
        Threads = Math.Max(threads, _least.Workers);
        Assert.True(ThreadPool.SetMaxThreads(Threads, _most.Ports) && ThreadPool.SetMinThreads(Threads, _least.Ports), "the thread pool takes no limit");
    }

    /// <summary>How many threads the pool has at most, and gets at once.</summary>
    public int Threads { get; }

    public void Dispose()
    {
        ThreadPool.SetMinThreads(_least.Workers, _least.Ports);
        ThreadPool.SetMaxThreads(_most.Workers, _most.Ports);
    }
}
