using System.Threading.Tasks.Sources;

namespace TypedCache.Transport;

/// <summary>
/// Lets a thread wait for an operation as people do who cannot await: it is woken by whoever ends the operation, not by way of the
/// thread pool, whose threads may all be waiting like this one.
/// </summary>
internal sealed class BlockingWaiter
{
    // In milliseconds: how late it is woken at most when the operation ended while it began to wait.
    private const int Slice = 20;

    private readonly object _gate = new();
    private readonly Operation _operation;
    private readonly short _token;
    private bool _isWoken;

    /// <summary>Begins to wait. Nobody else may wait for the operation.</summary>
    public BlockingWaiter(Operation operation, short token)
    {
        _operation = operation;
        _token = token;
        operation.WakesAtOnce = true;
        operation.OnCompleted(static state => ((BlockingWaiter)state!).Wake(), this, token, ValueTaskSourceOnCompletedFlags.None);
    }

    /// <summary>Blocks until the operation has ended.</summary>
    public void Wait()
    {
        ReplyLoop.BeforeBlocking();
        SendBatch.Current?.Flush();
        while (!Wait(TimeSpan.FromMilliseconds(Slice)))
        {
        }
    }

    /// <summary>Blocks for a time at most, and tells whether the operation has ended.</summary>
    public bool Wait(TimeSpan time)
    {
        lock (_gate)
        {
            return _isWoken || Monitor.Wait(_gate, time) || _operation.GetStatus(_token) != ValueTaskSourceStatus.Pending;
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
