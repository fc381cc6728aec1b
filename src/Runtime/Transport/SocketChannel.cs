using System.Net.Sockets;

namespace TypedCache.Transport;

/// <summary>A TCP or Unix socket that never blocks.</summary>
internal sealed class SocketChannel(Socket socket) : ByteChannel
{
    public override Socket Socket => socket;

    public override int TrySend(ReadOnlySpan<byte> requests, int lastRequest)
    {
        var total = 0;
        while (total < requests.Length)
        {
            var sent = socket.Send(requests[total..], SocketFlags.None, out var error);
            if (error == SocketError.WouldBlock)
            {
                break;
            }

            SocketFailure.ThrowIfFailed(error);
            total += sent;
        }

        return total;
    }

    public override int TryReceive(Span<byte> buffer)
    {
        var received = socket.Receive(buffer, SocketFlags.None, out var error);
        if (error == SocketError.WouldBlock)
        {
            return -1;
        }

        SocketFailure.ThrowIfFailed(error);
        return received;
    }

    // The handle stays until nobody waits for it: the system gives its number to the next socket.
    public override void Close() => SocketFailure.ShutDown(socket);

    protected override void Release() => socket.Dispose();
}
