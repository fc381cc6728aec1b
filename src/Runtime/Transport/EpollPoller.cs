using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace TypedCache.Transport;

/// <summary>
/// Linux's epoll. Its price does not grow with the sockets that have nothing, and sockets can be added while a thread waits.
/// </summary>
internal sealed unsafe class EpollPoller : Poller
{
    private const int MaxEvents = 128;

    // No connection has it.
    private const ulong WakeKey = ulong.MaxValue;

    // A finalizer runs for an object too whose constructor threw: 0 would be the standard input.
    private const int NoDescriptor = -1;

    private readonly Lock _gate = new();
    private readonly byte[] _events = GC.AllocateUninitializedArray<byte>(MaxEvents * Epoll.EventSize, pinned: true);
    private readonly int _epoll = NoDescriptor;
    private readonly int _wake = NoDescriptor;

    // By key; copied where it changes. An event may be for a connection that has left its place to another: that one is looked at
    // in vain, and no more.
    private volatile ServerConnection?[] _connections = [];
    private bool _disposed;

    public EpollPoller()
    {
        _epoll = Checked(Epoll.Create(Epoll.CloseOnExec));
        _wake = Checked(Epoll.CreateEvent(0, Epoll.CloseOnExec | Epoll.NonBlocking));

        // Edge-triggered: each write wakes once, and nobody has to read the counter.
        Checked(Control(Epoll.Add, _wake, Epoll.In | Epoll.EdgeTriggered, WakeKey));
    }

    ~EpollPoller() => CloseDescriptors();

    public override void Add(Socket socket, ServerConnection connection)
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            var free = Array.IndexOf(_connections, null);
            var key = free < 0 ? _connections.Length : free;
            var connections = new ServerConnection?[Math.Max(_connections.Length, key + 1)];
            _connections.CopyTo(connections);
            var before = _connections;
            connections[key] = connection;
            _connections = connections;
            if (Control(Epoll.Add, Descriptor(socket), Epoll.In, (ulong)key) < 0)
            {
                _connections = before;
                throw Failure();
            }
        }
    }

    public override void WatchRoom(Socket socket, ServerConnection connection, bool watches)
    {
        lock (_gate)
        {
            var key = Array.IndexOf(_connections, connection);
            if (key >= 0 && !_disposed)
            {
                Checked(Control(Epoll.Modify, Descriptor(socket), watches ? Epoll.In | Epoll.Out : Epoll.In, (ulong)key));
            }
        }
    }

    public override void Remove(Socket socket, ServerConnection connection)
    {
        lock (_gate)
        {
            var key = Array.IndexOf(_connections, connection);
            if (key >= 0)
            {
                var connections = (ServerConnection?[])_connections.Clone();
                connections[key] = null;
                _connections = connections;
                if (!_disposed)
                {
                    Control(Epoll.Delete, Descriptor(socket), 0, (ulong)key);
                }
            }
        }
    }

    public override void Wait(List<ReadyConnection> ready, int timeout)
    {
        int count;
        fixed (byte* events = _events)
        {
            count = Epoll.Wait(_epoll, events, MaxEvents, timeout);
        }

        if (count < 0 && Marshal.GetLastPInvokeError() is not Epoll.Interrupted)
        {
            Checked(count);
        }

        for (var i = 0; i < count; i++)
        {
            Take(_events.AsSpan(i * Epoll.EventSize, Epoll.EventSize), ready);
        }
    }

    public override void Wake()
    {
        // Under the gate: once it is closed, its number may be another file's, and the write would go there.
        lock (_gate)
        {
            if (!_disposed)
            {
                // Full only after 2^64 writes.
                var one = 1UL;
                _ = Epoll.Write(_wake, &one, sizeof(ulong));
            }
        }
    }

    public override void Dispose()
    {
        CloseDescriptors();
        GC.SuppressFinalize(this);
    }

    private static int Descriptor(Socket socket) => (int)socket.SafeHandle.DangerousGetHandle();

    private static int Checked(int result) => result >= 0 ? result : throw Failure();

    private static IOException Failure() => new($"epoll failed: {Marshal.GetPInvokeErrorMessage(Marshal.GetLastPInvokeError())}");

    private static void Close(int descriptor)
    {
        if (descriptor != NoDescriptor)
        {
            _ = Epoll.Close(descriptor);
        }
    }

    // Errors and hang-ups count as something to receive: receiving tells what they are.
    private void Take(ReadOnlySpan<byte> happened, List<ReadyConnection> ready)
    {
        var what = MemoryMarshal.Read<uint>(happened);
        var key = MemoryMarshal.Read<ulong>(happened[^sizeof(ulong)..]);
        if (key != WakeKey && _connections[key] is { } connection)
        {
            ready.Add(new ReadyConnection(connection, (what & ~Epoll.Out) != 0, (what & Epoll.Out) != 0));
        }
    }

    private int Control(int operation, int descriptor, uint what, ulong key)
    {
        var change = stackalloc byte[Epoll.EventSize];
        *(uint*)change = what;
        *(ulong*)(change + Epoll.EventSize - sizeof(ulong)) = key;
        return Epoll.Control(_epoll, operation, descriptor, change);
    }

    private void CloseDescriptors()
    {
        lock (_gate)
        {
            if (_disposed)
            {
                return;
            }

            _disposed = true;
            Close(_wake);
            Close(_epoll);
        }
    }
}
