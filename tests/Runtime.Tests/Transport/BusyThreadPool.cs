namespace TypedCache.Tests.Transport;

/// <summary>Tests that block the thread pool: no other test runs beside them.</summary>
[CollectionDefinition(nameof(BlocksThreadPool), DisableParallelization = true)]
public sealed class BlocksThreadPool;

/// <summary>
/// A thread pool whose threads block until this is disposed. It gets a new one or two each second, for each of which something to block
/// on waits before whatever is queued later.
/// </summary>
internal sealed class BusyThreadPool : IDisposable
{
    private const int Blocks = 2000;

    // Only keeps a test from hanging.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly ManualResetEvent _release = new(false);
    private readonly CountdownEvent _left = new(Blocks);

    public BusyThreadPool()
    {
        for (var i = 0; i < Blocks; i++)
        {
            ThreadPool.UnsafeQueueUserWorkItem(
                static pool =>
                {
                    pool._release.WaitOne();
                    pool._left.Signal();
                },
                this,
                preferLocal: false);
        }
    }

    public void Dispose()
    {
        _release.Set();
        Assert.True(_left.Wait(Patience));
        _release.Dispose();
        _left.Dispose();
    }
}
