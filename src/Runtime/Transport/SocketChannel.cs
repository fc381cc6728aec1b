using System.Net.Sockets;

namespace TypedCache.Transport;

/// <summary>
/// A TCP or Unix socket. It is non-blocking, so that a send never holds up its caller (who may be the thread which has to
/// read); the reader waits in <see cref="Socket.Poll(int, SelectMode)"/>, without a detour over the thread pool.
/// </summary>
internal sealed class SocketChannel : ByteChannel
{
    private const int WaitForever = -1;

    private readonly Socket _socket;

    public SocketChannel(Socket socket) => _socket = socket;

    public override ValueTask SendAsync(ReadOnlyMemory<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            var sent = _socket.Send(bytes.Span, SocketFlags.None, out var error);
            if (error == SocketError.WouldBlock)
            {
                return SendWhenWritableAsync(bytes);
            }

            ThrowIfFailed(error);
            bytes = bytes[sent..];
        }

        return ValueTask.CompletedTask;
    }

    public override Socket Socket => _socket;

    public override int Receive(Span<byte> buffer)
    {
        int received;
        while ((received = TryReceive(buffer)) < 0)
        {
            Wait(SelectMode.SelectRead);
        }

        return received;
    }

    public override int TryReceive(Span<byte> buffer)
    {
        var received = _socket.Receive(buffer, SocketFlags.None, out var error);
        if (error == SocketError.WouldBlock)
        {
            return -1;
        }

        ThrowIfFailed(error);
        return received;
    }

    public override void Close()
    {
        try
        {
            // Wakes a reader which waits in Poll; closing the handle alone would not.
            _socket.Shutdown(SocketShutdown.Both);
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            // Not connected any more: there is nobody to wake.
        }

        _socket.Dispose();
    }

    // On a thread of its own: it waits until the server reads on, and Socket.SendAsync would register the socket with the
    // runtime's event loop for good (see SocketConnector).
    private ValueTask SendWhenWritableAsync(ReadOnlyMemory<byte> bytes) =>
        new(Task.Factory.StartNew(() => SendWhenWritable(bytes.Span), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default));

    private void SendWhenWritable(ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            Wait(SelectMode.SelectWrite);
            var sent = _socket.Send(bytes, SocketFlags.None, out var error);
            if (error != SocketError.WouldBlock)
            {
                ThrowIfFailed(error);
                bytes = bytes[sent..];
            }
        }
    }

    private void Wait(SelectMode mode)
    {
        try
        {
            _socket.Poll(WaitForever, mode);
        }
        catch (SocketException exception)
        {
            throw new IOException(exception.Message, exception);
        }
    }

    private static void ThrowIfFailed(SocketError error)
    {
        if (error != SocketError.Success)
        {
            var exception = new SocketException((int)error);
            throw new IOException(exception.Message, exception);
        }
    }
}
