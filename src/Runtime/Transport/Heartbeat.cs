namespace TypedCache.Transport;

/// <summary>
/// The one thread that looks after a pool. While operations are pending it does so every <see cref="Period"/> milliseconds, while a
/// failed server waits for its next probe it sleeps until then, and while nothing is to be done it ends, so that an idle pool costs
/// nothing. It is no timer: time limits have to hold while every thread of the thread pool is blocked. No operation has a timer of its own.
/// </summary>
internal sealed class Heartbeat : IDisposable
{
    /// <summary>How often connections are looked after, in milliseconds: the precision of operation timeouts.</summary>
    public const int Period = 10;

    // How long a thread with nothing to do waits for the next operation, in milliseconds: starting one anew costs more.
    private const int IdleTime = 1000;

    private const int Asleep = 0;
    private const int Awake = 1;

    private readonly ReplyLoops _loops;
    private readonly LimitClock _clock;
    private readonly object _gate = new();
    private readonly Lock _listGate = new();
    private volatile ServerLink[] _links = [];
    private volatile LinkDrain[] _drains = [];
    private bool _isRunning;
    private int _state;
    private volatile bool _disposed;

    public Heartbeat(ServerLink[] links, ReplyLoops loops, LimitClock? clock = null)
    {
        _loops = loops;
        _clock = clock ?? LimitClock.System;
        Add(links);
    }

    /// <summary>Whether its thread lives.</summary>
    public bool IsRunning => Volatile.Read(ref _isRunning);

    /// <summary>Looks after more links from now on.</summary>
    public void Add(ServerLink[] links)
    {
        foreach (var link in links)
        {
            link.Heartbeat = this;
        }

        lock (_listGate)
        {
            _links = [.. _links, .. links];
        }
    }

    /// <summary>Ends links once nobody uses them any more, and then forgets them.</summary>
    public void Add(LinkDrain drain)
    {
        lock (_listGate)
        {
            _drains = [.. _drains, drain];
        }

        Wake();
    }

    /// <summary>Starts the beats if there are none. Called with each operation.</summary>
    public void Wake()
    {
        if (Volatile.Read(ref _state) == Asleep)
        {
            WakeSleeper();
        }
    }

    /// <summary>Ends the beats once nothing is pending any more: what ends pending calls may itself wait for a blocked continuation.</summary>
    public void Dispose()
    {
        _disposed = true;
        WakeSleeper();
    }

    private void WakeSleeper()
    {
        lock (_gate)
        {
            Volatile.Write(ref _state, Awake);
            if (!_isRunning)
            {
                _isRunning = true;
                BackgroundThread.Start("memcached heartbeat", Run);
            }
            else
            {
                Monitor.Pulse(_gate);
            }
        }
    }

    private void Run()
    {
        do
        {
            Beat();
            while (IsNeeded())
            {
                Thread.Sleep(Period);
                Beat();
            }
        }
        while (Rest());
    }

    private void Beat()
    {
        var now = _clock.Now;
        foreach (var link in _links)
        {
            try
            {
                link.Check(now);
            }
            catch (Exception)
            {
                // Others have to be looked after too, and this one at the next beat again.
            }
        }

        _loops.Check(now);
        EndDrained(Environment.TickCount64);
    }

    private void EndDrained(long now)
    {
        foreach (var drain in _drains)
        {
            if (TryEnd(drain, now))
            {
                lock (_listGate)
                {
                    _drains = Array.FindAll(_drains, other => other != drain);
                    _links = Array.FindAll(_links, link => Array.IndexOf(drain.Links, link) < 0);
                }

                drain.Complete();
            }
        }
    }

    private static bool TryEnd(LinkDrain drain, long now)
    {
        try
        {
            return drain.TryEnd(now);
        }
        catch (Exception)
        {
            // The next beat tries again.
            return false;
        }
    }

    // Waits for the next operation, or the next probe. False when the thread has nothing to live for.
    private bool Rest()
    {
        // A full fence: whoever begins an operation sees that the beats have stopped, or is seen here.
        Interlocked.Exchange(ref _state, Asleep);
        lock (_gate)
        {
            if (!IsNeeded() && _state == Asleep)
            {
                var probe = NextProbe();
                var isPulsed = !_disposed && Monitor.Wait(_gate, probe == Timeout.Infinite ? IdleTime : probe);
                if (!isPulsed)
                {
                    _loops.Trim();
                }

                if (!isPulsed && probe == Timeout.Infinite && _state == Asleep)
                {
                    _isRunning = false;
                    return false;
                }
            }

            Volatile.Write(ref _state, Awake);
            return true;
        }
    }

    private int NextProbe()
    {
        var next = Timeout.Infinite;
        foreach (var link in _links)
        {
            var delay = UntilNextProbe(link);
            if (delay != Timeout.Infinite && (next == Timeout.Infinite || delay < next))
            {
                next = delay;
            }
        }

        return next;
    }

    private static int UntilNextProbe(ServerLink link)
    {
        try
        {
            return link.UntilNextProbe();
        }
        catch (Exception)
        {
            // An application's clock that fails is asked again.
            return Period;
        }
    }

    private bool IsNeeded()
    {
        if (_drains.Length > 0)
        {
            return true;
        }

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
