using System.Diagnostics;

namespace TypedCache.Transport;

/// <summary>
/// A thread that reads the replies of one or several connections: all that has come on any of them, then it lets the callers
/// continue, and then sends what has been asked meanwhile, once for each connection. While it is awake, callers on other threads
/// leave their requests to it; when it sleeps, one of them sends by itself, or wakes it when more requests follow at once.
/// </summary>
internal sealed class ReplyLoop(string name, Func<Poller> createPoller, LimitClock? clock = null) : IDisposable
{
    private const int Awake = 0;
    private const int Asleep = 1;

    private const int ReceiveBufferSize = 64 * 1024;

    // How often new replies may hold up the requests that have gathered.
    private const int MaxPassesPerSend = 2;

    // A look costs about a microsecond, and half of that goes to whoever else has work. Being woken costs ten times as much, the one
    // who wakes and the one who is woken; measured, a few more looks or none do worse.
    private const int LooksBeforeSleep = 10;

    // Up to this many sockets are asked one by one what they have; with more, the poller is asked.
    private const int MaxAskedInTurn = 4;

    // Requests of other threads that follow each other this closely are worth waking the loop for: it sends them together.
    private static readonly long BurstGap = Stopwatch.Frequency * 20 / 1_000_000;

    [ThreadStatic]
    private static ReplyLoop? t_loop;

    [ThreadStatic]
    private static int t_role;

    private readonly LimitClock _clock = clock ?? LimitClock.System;
    private readonly Lock _gate = new();
    private readonly ReplyDispatcher _dispatcher = new();
    private readonly List<ReadyConnection> _ready = [];
    private Poller? _poller;
    private byte[]? _received;
    private volatile ServerConnection[] _connections = [];
    private ServerConnection? _attended;
    private bool _isRunning;
    private bool _disposed;
    private int _state;
    private bool _hasEnded;
    private bool _isBroken;
    private int _passes;
    private long _lastForeign;
    private long _lastLook = (clock ?? LimitClock.System).Now;

    public ReplyLoop(string name)
        : this(name, Poller.Create)
    {
    }

    /// <summary>Whether any of its callers wait for a reply or for their continuation.</summary>
    public bool IsBusy
    {
        get
        {
            // In the order in which operations go through them, so that none slips by.
            foreach (var connection in _connections)
            {
                if (connection.IsBusy)
                {
                    return true;
                }
            }

            return _dispatcher.IsBusy;
        }
    }

    /// <summary>Whether a server owes a reply. Only a hint while operations are sent.</summary>
    public bool AwaitsReplies => Array.Exists(_connections, static connection => connection.HasPending);

    /// <summary>How many connections it reads for.</summary>
    public int Count => _connections.Length;

    /// <summary>Whether the calling thread is the one that reads.</summary>
    public bool IsCurrent => t_loop == this && _dispatcher.Role == t_role;

    /// <summary>
    /// To be called before the calling thread blocks: where it is a reader, within a caller's continuation, another thread reads on.
    /// </summary>
    public static void BeforeBlocking()
    {
        if (t_loop is { } loop && loop._dispatcher.TryGiveUp(t_role, out var role))
        {
            loop.Start(role);
        }
    }

    /// <summary>Reads for one more connection from now on, until its channel ends.</summary>
    public void Add(ServerConnection connection)
    {
        lock (_gate)
        {
            if (_disposed)
            {
                throw Disposed();
            }

            _poller ??= createPoller();
            var before = _connections;
            _connections = [.. before, connection];
            try
            {
                Watch(connection, _poller);
            }
            catch
            {
                // The system watches no more sockets.
                _connections = before;
                throw;
            }

            if (!_isRunning)
            {
                _isRunning = true;
                Start(_dispatcher.Role);
            }
        }
    }

    /// <summary>Reads for one connection on the calling thread, in place of <see cref="Add"/>, until its channel ends.</summary>
    public void Run(ServerConnection connection)
    {
        _poller = createPoller();
        _connections = [connection];
        _isRunning = true;
        Watch(connection, _poller);
        Run(_dispatcher.Role);
    }

    /// <summary>Whether requests from other threads are left to the loop: it is awake, or worth waking.</summary>
    public bool TakesRequests()
    {
        if (Volatile.Read(ref _state) == Awake)
        {
            return true;
        }

        var now = Stopwatch.GetTimestamp();
        var gap = now - Interlocked.Exchange(ref _lastForeign, now);
        return gap < BurstGap;
    }

    /// <summary>Lets the loop see to a connection: it has something to send, or its channel something to receive.</summary>
    public void Attend(ServerConnection connection)
    {
        if (!connection.TryBeginAttention())
        {
            return;
        }

        ServerConnection? head;
        do
        {
            head = Volatile.Read(ref _attended);
            connection.NextAttended = head;
        }
        while (Interlocked.CompareExchange(ref _attended, connection, head) != head);

        LookNow();
    }

    /// <summary>Says whether to wait until a connection's channel has room.</summary>
    public void WatchRoom(ServerConnection connection, bool watches)
    {
        if (connection.Channel.Socket is { } socket)
        {
            _poller!.WatchRoom(socket, connection, watches);
        }
        else if (watches)
        {
            // Room comes with what the loop receives, and may have come already.
            Attend(connection);
        }
    }

    /// <summary>
    /// Until when the loop has taken all that came, in milliseconds of its clock. A server that has sent
    /// nothing can be blamed for it only until then: what has come since may not have been read, because a caller blocks the loop, or
    /// because the whole process stood still.
    /// </summary>
    public long LastLook => Volatile.Read(ref _lastLook);

    /// <summary>Lets a loop that waits take what has come, so that <see cref="LastLook"/> is of now.</summary>
    public void LookNow()
    {
        if (Volatile.Read(ref _state) == Asleep && Interlocked.CompareExchange(ref _state, Awake, Asleep) == Asleep)
        {
            _poller!.Wake();
        }
    }

    /// <summary>
    /// Looks after the connections from time to time: sees to their deadlines and held-back requests, and replaces the thread when
    /// a caller's continuation blocks it.
    /// </summary>
    public void Check(long now)
    {
        foreach (var connection in _connections)
        {
            connection.Check(now);
        }

        _dispatcher.PassBlockedWorkOn();
        if (_dispatcher.TryTakeOver(out var role))
        {
            Start(role);
        }
    }

    /// <summary>Gives up the memory that the connections' requests have needed.</summary>
    public void Trim() => Array.ForEach(_connections, static connection => connection.Trim());

    /// <summary>Gives the poller back; its connections have ended, or do so now.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _disposed = true;
            if (!_isRunning)
            {
                _poller?.Dispose();
            }
        }
    }

    private void Watch(ServerConnection connection, Poller poller)
    {
        connection.Loop = this;
        if (connection.Channel.Socket is { } socket)
        {
            poller.Add(socket, connection);
        }
        else
        {
            connection.Channel.Ready = () => Attend(connection);
        }

        // What it has had to send or to receive before.
        Attend(connection);
    }

    private static ObjectDisposedException Disposed() => new(PublicNames.Pool);

    private void Start(int role) => BackgroundThread.Start(name, () => Run(role));

    private void Run(int role)
    {
        t_loop = this;
        t_role = role;
        _passes = 0;
        var context = ExecutionContext.Capture()!;
        for (var goesOn = true; goesOn;)
        {
            try
            {
                goesOn = Pass(role, context);
            }
            catch (Exception exception)
            {
                goesOn = GiveUpConnections(role, exception);
            }
        }

        t_loop = null;
    }

    // False when the thread has lost its role, or there is nothing left to read.
    private bool Pass(int role, ExecutionContext context)
    {
        if (!_dispatcher.CompleteAll(role, NobodyWaits()) || !EndClosed())
        {
            return false;
        }

        // What a continuation leaves behind on this thread is nobody else's, and is not kept for the pool's life.
        ExecutionContext.Restore(context);
        SynchronizationContext.SetSynchronizationContext(null);
        if (_passes < MaxPassesPerSend && TakeWhatIsDue())
        {
            _passes++;
            return true;
        }

        _passes = 0;
        SeeToAttended();
        if (_dispatcher.Count == 0 && !_hasEnded && IsIdle())
        {
            Sleep();
        }

        return true;
    }

    // What cannot be read is lost, and its owners connect anew; the next connections are watched anew too. False where another thread
    // has the role.
    private bool GiveUpConnections(int role, Exception exception)
    {
        if (_dispatcher.Role != role)
        {
            return false;
        }

        _isBroken = true;
        Volatile.Write(ref _state, Awake);
        foreach (var connection in _connections)
        {
            connection.CloseAsLost(exception);
            connection.Replies.Abort();
            _hasEnded = true;
        }

        return true;
    }

    private bool NobodyWaits()
    {
        if (_dispatcher.Count != 1)
        {
            return false;
        }

        foreach (var connection in _connections)
        {
            if (connection.HasPending)
            {
                return false;
            }
        }

        return true;
    }

    // Their last replies have been completed. False when no connection is left, and so nothing to do.
    private bool EndClosed()
    {
        if (!_hasEnded)
        {
            return true;
        }

        _hasEnded = false;
        var isRunning = true;
        foreach (var connection in _connections)
        {
            if (connection.Replies.HasEnded)
            {
                isRunning = Remove(connection);
                connection.End();
            }
        }

        return isRunning;
    }

    private bool Remove(ServerConnection connection)
    {
        lock (_gate)
        {
            _connections = Array.FindAll(_connections, other => other != connection);
            _isRunning = _connections.Length > 0;
            Forget(connection);
            if ((_disposed || _isBroken) && !_isRunning)
            {
                EndPoller();
            }

            return _isRunning;
        }
    }

    // One that has failed gets a successor: now, while others may still wake it, or with the next connection.
    private void EndPoller()
    {
        var ending = _poller!;
        try
        {
            _poller = _isBroken && !_disposed ? createPoller() : ending;
        }
        catch (Exception)
        {
            _poller = null;
        }

        _isBroken = false;
        ending.Dispose();
    }

    // A poller that fails is about to be replaced, or watches a socket less.
    private void Forget(ServerConnection connection)
    {
        try
        {
            if (connection.Channel.Socket is { } socket)
            {
                _poller!.Remove(socket, connection);
            }
        }
        catch (Exception)
        {
            _isBroken = true;
        }
    }

    // Replies to what was sent before may be there already: then their callers' requests leave together with those that wait.
    private bool TakeWhatIsDue()
    {
        var connections = _connections;
        var asksPoller = connections.Length > MaxAskedInTurn;
        var before = _dispatcher.Count;
        var now = _clock.Now;
        foreach (var connection in connections)
        {
            if (connection.AwaitsReplies)
            {
                if (asksPoller)
                {
                    return Look(timeout: 0);
                }

                Read(connection);
            }
        }

        Volatile.Write(ref _lastLook, now);
        return _dispatcher.Count > before;
    }

    // False when something has come up that is to be done first.
    private bool IsIdle()
    {
        for (var i = 0; i < LooksBeforeSleep; i++)
        {
            Thread.Yield();
            if (Volatile.Read(ref _attended) is not null || Look(timeout: 0))
            {
                return false;
            }
        }

        return true;
    }

    private void Sleep()
    {
        // A full fence: whoever gives the loop something to do sees that it sleeps, or it sees that.
        Interlocked.Exchange(ref _state, Asleep);
        var timeout = Volatile.Read(ref _attended) is null ? Poller.Forever : 0;
        if (timeout == 0)
        {
            Volatile.Write(ref _state, Awake);
        }

        Look(timeout);
    }

    // Waits for bytes and takes them.
    private bool Look(int timeout)
    {
        _ready.Clear();
        _poller!.Wait(_ready, timeout);
        Volatile.Write(ref _state, Awake);
        var now = _clock.Now;
        foreach (var (connection, canReceive, hasRoom) in _ready)
        {
            if (hasRoom)
            {
                connection.ContinueSending();
            }

            if (canReceive)
            {
                Read(connection);
            }
        }

        Volatile.Write(ref _lastLook, now);
        return _ready.Count > 0;
    }

    private void SeeToAttended()
    {
        var connection = Interlocked.Exchange(ref _attended, null);
        while (connection is not null)
        {
            var next = connection.NextAttended;
            connection.NextAttended = null;
            connection.EndAttention();
            connection.Flush();
            if (connection.Channel.IsBuffered)
            {
                connection.ContinueSending();
                Read(connection);
            }

            connection = next;
        }
    }

    private void Read(ServerConnection connection)
    {
        _received ??= GC.AllocateUninitializedArray<byte>(ReceiveBufferSize);
        if (!connection.Replies.HasEnded && connection.Replies.Read(_dispatcher, _received))
        {
            // There is more; others come first.
            Attend(connection);
        }

        if (connection.Channel.HasUnsent)
        {
            // Reading may have to answer, as TLS does by itself.
            connection.Flush();
        }

        _hasEnded |= connection.Replies.HasEnded;
    }
}
