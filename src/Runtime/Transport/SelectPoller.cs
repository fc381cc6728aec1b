using System.Net;
using System.Net.Sockets;

namespace TypedCache.Transport;

/// <summary>What every system has: <see cref="Socket.Select(System.Collections.IList, System.Collections.IList, System.Collections.IList, int)"/>, and a pair of sockets to wake it.</summary>
internal sealed class SelectPoller : Poller
{
    private const int MicrosecondsPerMillisecond = 1000;

    private readonly Lock _gate = new();
    private readonly Dictionary<Socket, ServerConnection> _connections = [];
    private readonly HashSet<Socket> _watchingRoom = [];
    private readonly Socket _wakes;
    private readonly Socket _woken;
    private readonly byte[] _drained = new byte[64];

    public SelectPoller()
    {
        using var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen(1);
        _wakes = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        _wakes.Connect(listener.LocalEndPoint!);
        _woken = listener.Accept();
        _wakes.Blocking = false;
        _woken.Blocking = false;
    }

    public override void Add(Socket socket, ServerConnection connection)
    {
        lock (_gate)
        {
            _connections.Add(socket, connection);
        }

        Wake();
    }

    public override void WatchRoom(Socket socket, ServerConnection connection, bool watches)
    {
        lock (_gate)
        {
            _ = watches ? _watchingRoom.Add(socket) : _watchingRoom.Remove(socket);
        }

        Wake();
    }

    public override void Remove(Socket socket, ServerConnection connection)
    {
        lock (_gate)
        {
            _connections.Remove(socket);
            _watchingRoom.Remove(socket);
        }
    }

    public override void Wait(List<ReadyConnection> ready, int timeout)
    {
        List<Socket> receiving;
        List<Socket> sending;
        lock (_gate)
        {
            receiving = [_woken, .. _connections.Keys];
            sending = [.. _watchingRoom];
        }

        try
        {
            Socket.Select(receiving, sending, null, timeout < 0 ? timeout : timeout * MicrosecondsPerMillisecond);
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            // One was closed meanwhile. Receiving tells which.
            sending.Clear();
        }

        Take(receiving, sending, ready);
    }

    public override void Wake()
    {
        try
        {
            _wakes.Send([1], SocketFlags.None, out _);
        }
        catch (ObjectDisposedException)
        {
            // Nobody waits any more.
        }
    }

    public override void Dispose()
    {
        _wakes.Dispose();
        _woken.Dispose();
    }

    private void Take(List<Socket> receiving, List<Socket> sending, List<ReadyConnection> ready)
    {
        lock (_gate)
        {
            foreach (var socket in receiving)
            {
                if (socket == _woken)
                {
                    _woken.Receive(_drained, SocketFlags.None, out _);
                }
                else if (_connections.TryGetValue(socket, out var connection))
                {
                    ready.Add(new ReadyConnection(connection, CanReceive: true, sending.Remove(socket)));
                }
            }

            foreach (var socket in sending)
            {
                if (_connections.TryGetValue(socket, out var connection))
                {
                    ready.Add(new ReadyConnection(connection, CanReceive: false, HasRoom: true));
                }
            }
        }
    }
}
