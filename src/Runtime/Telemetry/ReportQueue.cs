namespace TypedCache.Telemetry;

/// <summary>
/// Does on the thread pool, one after the other, what nobody waits for: loggers and handlers of events are not to hold up a connection, and
/// what follows each other is to be heard of in that order.
/// </summary>
internal sealed class ReportQueue : IThreadPoolWorkItem
{
    private readonly Lock _gate = new();
    private readonly Queue<Action> _reports = new();
    private bool _isRunning;

    /// <summary>Adds something. It does not throw.</summary>
    public void Add(Action report)
    {
        try
        {
            lock (_gate)
            {
                _reports.Enqueue(report);
                if (_isRunning)
                {
                    return;
                }

                _isRunning = true;
            }

            ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
        }
        catch (Exception)
        {
            // Memory has run out: whoever reports has something better to do.
        }
    }

    public void Execute()
    {
        while (TryTake() is { } report)
        {
            try
            {
                report();
            }
            catch (Exception)
            {
                // A logger's own fault, or a handler's.
            }
        }
    }

    private Action? TryTake()
    {
        lock (_gate)
        {
            _isRunning = _reports.TryDequeue(out var report);
            return report;
        }
    }
}
