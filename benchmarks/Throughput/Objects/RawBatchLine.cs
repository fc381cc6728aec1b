using System.Net;
using System.Net.Sockets;

namespace TypedCache.Benchmarks.Throughput;

/// <summary>One server's connection: requests which wait for the next send, and replies in the order in which they were asked for.</summary>
internal sealed class RawBatchLine : IDisposable
{
    private readonly Queue<(int Caller, byte[] Reply)> _due = [];
    private readonly byte[] _toSend = new byte[1 << 18];
    private readonly byte[] _received = new byte[1 << 18];
    private int _length;
    private int _held;

    public RawBatchLine(int port) => Socket.Connect(IPAddress.Loopback, port);

    public Socket Socket { get; } = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };

    public void Ask(int caller, RawBatch batch)
    {
        batch.Request.CopyTo(_toSend, _length);
        _length += batch.Request.Length;
        _due.Enqueue((caller, batch.Reply));
    }

    /// <summary>Sends what has been asked since the last time.</summary>
    public void Send()
    {
        for (var sent = 0; sent < _length;)
        {
            sent += Socket.Send(_toSend, sent, _length - sent, SocketFlags.None);
        }

        _length = 0;
    }

    /// <summary>Receives once, and tells whose replies are there.</summary>
    public void Take(List<int> callers)
    {
        _held += Socket.Receive(_received, _held, _received.Length - _held, SocketFlags.None);
        var start = 0;
        while (_due.TryPeek(out var next) && _held - start >= next.Reply.Length)
        {
            Workload.Check(_received.AsSpan(start, next.Reply.Length).SequenceEqual(next.Reply) ? 1 : 0, 1);
            start += next.Reply.Length;
            callers.Add(_due.Dequeue().Caller);
        }

        _received.AsSpan(start, _held - start).CopyTo(_received);
        _held -= start;
    }

    public void Dispose() => Socket.Dispose();
}
