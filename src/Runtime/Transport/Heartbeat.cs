namespace TypedCache.Transport;

/// <summary>
/// The one timer of a pool. While operations are pending it looks after all connections; while nothing is, it stands still,
/// so that an idle pool costs nothing. No operation has a timer of its own.
/// </summary>
internal sealed class Heartbeat : IDisposable
{
    /// <summary>How often connections are looked after, in milliseconds: the precision of operation timeouts.</summary>
    public const int Period = 10;

    private readonly ServerLink[] _links;
    private readonly ReplyLoops _loops;
    private readonly Timer _timer;
    private int _running;
    private int _checking;
    private volatile bool _disposed;

    public Heartbeat(ServerLink[] links, ReplyLoops loops)
    {
        _links = links;
        _loops = loops;
        _timer = new Timer(static state => ((Heartbeat)state!).Check(), this, Timeout.Infinite, Timeout.Infinite);
        foreach (var link in links)
        {
            link.Heartbeat = this;
        }
    }

    /// <summary>Starts the timer if it stands still. Called with each operation.</summary>
    public void Wake()
    {
        if (Volatile.Read(ref _running) == 0 && Interlocked.Exchange(ref _running, 1) == 0)
        {
            _timer.Change(Period, Period);
        }
    }

    /// <summary>Ends the timer once nothing is pending any more: what ends pending calls may itself wait for a blocked continuation.</summary>
    public void Dispose()
    {
        _disposed = true;
        Wake();
    }

    private void Check()
    {
        // A late beat is not to meet the one before it.
        if (Interlocked.Exchange(ref _checking, 1) == 1)
        {
            return;
        }

        var now = Environment.TickCount64;
        foreach (var link in _links)
        {
            link.Check(now);
        }

        _loops.Check(now);
        if (!IsBusy())
        {
            Rest();
        }

        Volatile.Write(ref _checking, 0);
    }

    private void Rest()
    {
        _timer.Change(Timeout.Infinite, Timeout.Infinite);
        Interlocked.Exchange(ref _running, 0);

        // Somebody may have begun an operation while the timer still seemed to run.
        if (IsBusy())
        {
            Wake();
        }
        else if (_disposed)
        {
            _timer.Dispose();
        }
    }

    private bool IsBusy()
    {
        foreach (var link in _links)
        {
            if (link.IsBusy)
            {
                return true;
            }
        }

        return _loops.IsBusy;
    }
}
