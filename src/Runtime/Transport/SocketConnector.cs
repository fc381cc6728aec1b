using System.Net;
using System.Net.Sockets;

namespace TypedCache.Transport;

/// <summary>
/// Opens sockets. A host name is resolved anew each time, so that a server which has moved is found; each of its addresses
/// is tried.
/// </summary>
internal sealed class SocketConnector(EndPoint endPoint) : ChannelConnector
{
    public override async ValueTask<ByteChannel> OpenAsync(CancellationToken cancellationToken)
    {
        var socket = Create();
        try
        {
            await socket.ConnectAsync(endPoint, cancellationToken).ConfigureAwait(false);
            return new SocketChannel(socket);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private Socket Create() => endPoint switch
    {
        UnixDomainSocketEndPoint => new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified),
        IPEndPoint address => new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true },
        _ => new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true },
    };
}
