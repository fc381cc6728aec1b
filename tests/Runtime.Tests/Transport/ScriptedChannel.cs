using System.Collections.Concurrent;
using System.Text;
using TypedCache.Transport;

namespace TypedCache.Tests.Transport;

/// <summary>A channel whose other side is the test: each piece which it delivers arrives as one receive.
/// The questions of the handshake are answered already.</summary>
internal sealed class ScriptedChannel : ByteChannel
{
    private readonly ConcurrentQueue<byte[]> _pieces = [];
    private readonly StringBuilder _sent = new();
    private ReadOnlyMemory<byte> _rest;
    private volatile bool _closed;
    private int _sends;

    /// <summary>All bytes which were sent so far, each as one char.</summary>
    public string Sent
    {
        get
        {
            lock (_sent)
            {
                return _sent.ToString();
            }
        }
    }

    /// <summary>Whether sends fail, as on a connection which the other side has reset.</summary>
    public bool RefusesSends { get; set; }

    /// <summary>Whether the connection has closed it.</summary>
    public bool IsClosed => _closed;

    /// <summary>How many sends there were.</summary>
    public int Sends => Volatile.Read(ref _sends);

    /// <summary>Called within each send, with what is to be sent; gives how much of it there is room for.</summary>
    public Func<int, int>? TakeRoom { get; set; }

    /// <summary>Called within each receive.</summary>
    public Action? Receiving { get; set; }

    public void Deliver(string piece)
    {
        _pieces.Enqueue(Encoding.Latin1.GetBytes(piece));
        Ready?.Invoke();
    }

    public override int TrySend(ReadOnlySpan<byte> requests, int lastRequest)
    {
        if (RefusesSends)
        {
            throw new IOException("The connection was reset.");
        }

        Interlocked.Increment(ref _sends);
        requests = requests[..(TakeRoom?.Invoke(requests.Length) ?? requests.Length)];
        lock (_sent)
        {
            _sent.Append(Encoding.Latin1.GetString(requests));
        }

        if (requests.SequenceEqual("version\r\n"u8))
        {
            Deliver("VERSION 1.6.18\r\n");
        }
        else if (requests.SequenceEqual("mn\r\n"u8))
        {
            Deliver("MN\r\n");
        }

        return requests.Length;
    }

    public override int TryReceive(Span<byte> buffer)
    {
        Receiving?.Invoke();
        if (_rest.IsEmpty)
        {
            if (!_pieces.TryDequeue(out var piece))
            {
                return _closed ? 0 : -1;
            }

            _rest = piece;
        }

        var count = Math.Min(buffer.Length, _rest.Length);
        _rest.Span[..count].CopyTo(buffer);
        _rest = _rest[count..];
        return count;
    }

    public override void Close()
    {
        _closed = true;
        Ready?.Invoke();
    }
}
