namespace TypedCache.Transport;

/// <summary>
/// Lets a thread wait for an operation as people do who cannot await: it is woken by whoever ends the operation, not by way of the
/// thread pool, whose threads may all be waiting like this one.
/// </summary>
/// <remarks>
/// It is no continuation. Whoever sees that the operation has ended takes the result, and the object may be in its next use at once:
/// a continuation that is about to be called would then be called on behalf of that use.
/// </remarks>
internal sealed class BlockingWaiter
{
    private readonly object _gate = new();
    private readonly Operation _operation;
    private readonly short _token;

    /// <summary>Begins to wait. Nobody else may wait for the operation.</summary>
    /// <exception cref="InvalidOperationException">Somebody awaits it.</exception>
    public BlockingWaiter(Operation operation, short token)
    {
        _operation = operation;
        _token = token;
        operation.LetWait(this);
    }

    /// <summary>Blocks until the operation has ended.</summary>
    public void Wait()
    {
        ReplyLoop.BeforeBlocking();
        SendBatch.Current?.Flush();
        while (!Wait(Timeout.InfiniteTimeSpan))
        {
        }
    }

    /// <summary>Blocks for a time at most, and tells whether the operation has ended.</summary>
    public bool Wait(TimeSpan time)
    {
        lock (_gate)
        {
            return _operation.HasEnded(_token) || (Monitor.Wait(_gate, time) && _operation.HasEnded(_token));
        }
    }

    /// <summary>Lets the thread look whether the operation has ended.</summary>
    public void Wake()
    {
        lock (_gate)
        {
            Monitor.Pulse(_gate);
        }
    }
}
