using System.Threading.Tasks.Sources;

namespace TypedCache.Transport;

/// <summary>
/// Lets a thread wait for an operation for a time at most, without the thread pool, whose threads may all be blocked.
/// </summary>
internal sealed class BlockingWaiter
{
    private readonly object _gate = new();
    private bool _isWoken;

    /// <summary>Begins to wait. Nobody else may wait for the operation.</summary>
    public BlockingWaiter(Operation operation, short token) =>
        operation.OnCompleted(static state => ((BlockingWaiter)state!).Wake(), this, token, ValueTaskSourceOnCompletedFlags.None);

    /// <summary>Blocks for a time at most, and tells whether the operation has ended.</summary>
    public bool Wait(TimeSpan time)
    {
        lock (_gate)
        {
            return _isWoken || Monitor.Wait(_gate, time);
        }
    }

    private void Wake()
    {
        lock (_gate)
        {
            _isWoken = true;
            Monitor.Pulse(_gate);
        }
    }
}
