using System.Net.Security;
using System.Net.Sockets;

namespace TypedCache.Transport;

/// <summary>
/// A TLS stream over a TCP socket. Sends are asynchronous, so that they never hold up their caller; the connection's reader
/// thread waits in a blocking read.
/// </summary>
internal sealed class TlsChannel(Socket socket, SslStream stream) : ByteChannel
{
    // SslStream takes no write before the last one has ended; ByteChannel's callers keep to that.
    public override ValueTask SendAsync(ReadOnlyMemory<byte> bytes) => stream.WriteAsync(bytes);

    /// <summary>
    /// Sends the last request in TLS records of its own. memcached (seen on 1.6.18) reads a value's end from a record and then
    /// leaves what follows in that record unread until the socket has more: the last bytes must never be such a rest.
    /// </summary>
    public override ValueTask SendAsync(ReadOnlyMemory<byte> requests, int lastRequest) =>
        lastRequest == 0 ? SendAsync(requests) : SendApartAsync(requests[..lastRequest], requests[lastRequest..]);

    public override int Receive(Span<byte> buffer) => stream.Read(buffer);

    public override void Close()
    {
        try
        {
            // Wakes a reader and a waiting send before the stream under them is taken away.
            socket.Shutdown(SocketShutdown.Both);
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            // Not connected any more: there is nobody to wake.
        }

        stream.Dispose();
    }

    private async ValueTask SendApartAsync(ReadOnlyMemory<byte> requests, ReadOnlyMemory<byte> last)
    {
        await stream.WriteAsync(requests).ConfigureAwait(false);
        await stream.WriteAsync(last).ConfigureAwait(false);
    }
}
