using System.Net.Sockets;

namespace TypedCache.Transport;

/// <summary>
/// A thread which reads the replies of one or several connections: all that has come on any of them, then it lets the callers
/// continue, and then sends what they ask next. Connections which share a loop are served in larger batches than if each had a
/// thread of its own, which with many servers and few processors is what decides the throughput.
/// </summary>
internal sealed class ReplyLoop(string name)
{
    private const int WaitForever = -1;

    // How often new replies may hold up the requests which have gathered.
    private const int MaxPassesPerSend = 8;

    private readonly Lock _gate = new();
    private readonly ReplyDispatcher _dispatcher = new();
    private volatile ServerConnection[] _connections = [];
    private bool _isRunning;

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

    /// <summary>How many connections it reads for.</summary>
    public int Count => _connections.Length;

    /// <summary>Reads for one more connection from now on, until its channel ends.</summary>
    public void Add(ServerConnection connection)
    {
        lock (_gate)
        {
            _connections = [.. _connections, connection];
            if (!_isRunning)
            {
                _isRunning = true;
                Start(_dispatcher.Role);
            }
            else if (_dispatcher.TryTakeOverWaiting(out var role))
            {
                // The former thread still waits for the connections which it knew, and ends when one of them wakes it.
                Start(role);
            }
        }
    }

    /// <summary>Reads for one connection on the calling thread, in place of <see cref="Add"/>, until its channel ends.</summary>
    public void Run(ServerConnection connection)
    {
        _connections = [connection];
        _isRunning = true;
        Run(_dispatcher.Role);
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

    private void Start(int role) => new Thread(() => Run(role)) { IsBackground = true, Name = name }.Start();

    private void Run(int role)
    {
        // Open as long as the thread lives: what callers ask while they continue leaves when the loop says so.
        var requests = SendBatch.Begin();
        List<Socket> sockets = [];
        var passes = 0;
        while (_dispatcher.CompleteAll(role, NobodyWaits()) && EndClosed())
        {
            if (passes < MaxPassesPerSend && TakeWhatIsDue())
            {
                passes++;
                continue;
            }

            requests.Flush();
            passes = 0;
            if (!Wait(role, sockets))
            {
                break;
            }
        }

        requests.End();
    }

    private bool NobodyWaits()
    {
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
            _connections = [.. _connections.Where(other => other != connection)];
            return _isRunning = _connections.Length > 0;
        }
    }

    // Replies to what was sent before may be there already: then their callers' requests leave together with those which wait.
    private bool TakeWhatIsDue()
    {
        var any = false;
        foreach (var connection in _connections)
        {
            any |= connection.AwaitsReplies && connection.Channel.Socket is not null && connection.Replies.Read(_dispatcher, waits: false);
        }

        return any;
    }

    // Waits for bytes and takes them. False when another thread has taken over meanwhile.
    private bool Wait(int role, List<Socket> sockets)
    {
        var connections = _connections;
        if (connections is [{ Channel.Socket: null }])
        {
            connections[0].Replies.Read(_dispatcher, waits: true);
            return true;
        }

        sockets.Clear();
        _dispatcher.BeginWait();
        if (connections == _connections)
        {
            WaitForAny(connections, sockets);
        }

        if (!_dispatcher.TryEndWait(role))
        {
            return false;
        }

        foreach (var connection in connections)
        {
            if (sockets.Contains(connection.Channel.Socket!))
            {
                connection.Replies.Read(_dispatcher, waits: false);
            }
        }

        return true;
    }

    // Leaves the sockets which have something to read.
    private static void WaitForAny(ServerConnection[] connections, List<Socket> sockets)
    {
        foreach (var connection in connections)
        {
            sockets.Add(connection.Channel.Socket!);
        }

        try
        {
            if (sockets.Count == 1)
            {
                sockets[0].Poll(WaitForever, SelectMode.SelectRead);
            }
            else
            {
                Socket.Select(sockets, null, null, WaitForever);
            }
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            // Reading tells whose socket it was.
        }
    }
}
