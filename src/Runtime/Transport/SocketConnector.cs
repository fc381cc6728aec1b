using System.Net;
using System.Net.Sockets;

namespace TypedCache.Transport;

/// <summary>
/// Opens sockets. A host name is resolved anew each time, so that a server which has moved is found; each of its addresses
/// is tried.
/// </summary>
internal sealed class SocketConnector(EndPoint endPoint) : ChannelConnector
{
    public override string SilenceHint =>
        $"If it speaks TLS on this port, set {nameof(MemcachedPoolOptions)}.{nameof(MemcachedPoolOptions.Tls)}.";

    public override async ValueTask<ByteChannel> OpenAsync(CancellationToken cancellationToken) =>
        new SocketChannel(await ConnectAsync(cancellationToken).ConfigureAwait(false));

    /// <summary>Opens a connected socket, or throws what prevents it.</summary>
    public async ValueTask<Socket> ConnectAsync(CancellationToken cancellationToken)
    {
        var socket = Create();
        try
        {
            await socket.ConnectAsync(endPoint, cancellationToken).ConfigureAwait(false);
            return socket;
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
