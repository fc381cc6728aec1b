using System.Net.Security;
using System.Net.Sockets;

namespace TypedCache.Transport;

/// <summary>A TLS stream over a TCP socket, which is waited for as any other socket.</summary>
/// <param name="socket">The socket.</param>
/// <param name="transport">What the stream stands on.</param>
/// <param name="stream">The stream, after its handshake.</param>
internal sealed class TlsChannel(Socket socket, TlsTransport transport, SslStream stream) : ByteChannel
{
    // A record holds as much; a longer write is cut into several.
    private const int RecordSize = 16 * 1024;

    // So much is encrypted at once; the rest waits until it has left.
    private const int MaxEncrypted = 256 * 1024;

    private readonly byte[] _plain = new byte[RecordSize];
    private ValueTask<int> _reading;
    private bool _isReading;
    private int _start;
    private int _end;

    public override Socket Socket => socket;

    public override bool IsBuffered => true;

    public override bool HasUnsent => transport.HasUnsent;

    /// <summary>
    /// Sends the last request in TLS records of its own. memcached (seen on 1.6.18) reads a value's end from a record and then leaves
    /// what follows in that record unread until the socket has more: the last bytes must never be such a rest.
    /// </summary>
    public override int TrySend(ReadOnlySpan<byte> requests, int lastRequest)
    {
        var total = 0;
        while (transport.TryFlush() && total < requests.Length)
        {
            var end = total < lastRequest ? lastRequest : requests.Length;
            var count = Math.Min(end - total, MaxEncrypted);
            stream.Write(requests.Slice(total, count));
            total += count;
        }

        return total;
    }

    public override int TryReceive(Span<byte> buffer)
    {
        if (_start == _end && !TryDecrypt())
        {
            return -1;
        }

        var count = Math.Min(buffer.Length, _end - _start);
        _plain.AsSpan(_start, count).CopyTo(buffer);
        _start += count;
        return count;
    }

    public override void Close() => SocketFailure.ShutDown(socket);

    protected override void Release()
    {
        stream.Dispose();
        socket.Dispose();
    }

    // False when no record has come whole.
    private bool TryDecrypt()
    {
        if (_isReading)
        {
            transport.Pump();
        }
        else
        {
#pragma warning disable CA2012 // Kept until it is completed, and its result is taken once.
            _reading = stream.ReadAsync(_plain);
#pragma warning restore CA2012
            _isReading = true;
        }

        if (!_reading.IsCompleted)
        {
            return false;
        }

        _isReading = false;
        (_start, _end) = (0, _reading.GetAwaiter().GetResult());
        return true;
    }
}
