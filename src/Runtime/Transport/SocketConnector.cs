using System.Net;
using System.Net.Sockets;

namespace TypedCache.Transport;

/// <summary>
/// Opens sockets. A host name is resolved anew each time, so that a server which has moved is found; each of its addresses
/// is tried, and none may use up the time of those behind it.
/// </summary>
/// <param name="endPoint">The address, the host name or the Unix socket.</param>
/// <param name="timeout">How long connecting may take in all.</param>
/// <param name="resolve">Gives the addresses of a host name.</param>
internal sealed class SocketConnector(
    EndPoint endPoint, TimeSpan timeout, Func<string, CancellationToken, Task<IPAddress[]>> resolve) : ChannelConnector
{
    // In milliseconds: how exactly the moment is met at which a distant server accepts.
    private const int MaxPollDelay = 16;

    public SocketConnector(EndPoint endPoint, TimeSpan timeout)
        : this(endPoint, timeout, Dns.GetHostAddressesAsync)
    {
    }

    public override string SilenceHint =>
        $"If it speaks TLS on this port, set {PublicNames.Tls}.";

    public override async ValueTask<ByteChannel> OpenAsync(CancellationToken cancellationToken) =>
        new SocketChannel(await ConnectAsync(cancellationToken).ConfigureAwait(false));

    /// <summary>Opens a connected, non-blocking socket, or throws what prevents it.</summary>
    public async ValueTask<Socket> ConnectAsync(CancellationToken cancellationToken)
    {
        if (endPoint is not DnsEndPoint name)
        {
            return await ConnectAsync(endPoint, cancellationToken).ConfigureAwait(false);
        }

        var addresses = await resolve(name.Host, cancellationToken).ConfigureAwait(false);
        for (var i = 0; i < addresses.Length - 1; i++)
        {
            if (await TryConnectAsync(new IPEndPoint(addresses[i], name.Port), timeout / addresses.Length, cancellationToken).ConfigureAwait(false) is { } socket)
            {
                return socket;
            }
        }

        return addresses.Length > 0
            ? await ConnectAsync(new IPEndPoint(addresses[^1], name.Port), cancellationToken).ConfigureAwait(false)
            : throw new SocketException((int)SocketError.HostNotFound);
    }

    // Null when the address cannot be reached in its share of the time.
    private static async ValueTask<Socket?> TryConnectAsync(IPEndPoint address, TimeSpan share, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(share);
        try
        {
            return await ConnectAsync(address, limit.Token).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is SocketException or OperationCanceledException && !cancellationToken.IsCancellationRequested)
        {
            return null;
        }
    }

    private static async ValueTask<Socket> ConnectAsync(EndPoint address, CancellationToken cancellationToken)
    {
        var socket = address is UnixDomainSocketEndPoint
            ? new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified)
            : new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            socket.Blocking = false;
            while (!TryConnect(socket, address))
            {
                await UntilDecidedAsync(socket, cancellationToken).ConfigureAwait(false);
            }

            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    // Not Socket.ConnectAsync: one asynchronous call registers a socket for good with the runtime's own event loop, whose threads
    // are then woken by every reply, although the connection's reader waits for it already. It cost a third of the throughput.
    private static bool TryConnect(Socket socket, EndPoint address)
    {
        try
        {
            socket.Connect(address);
            return true;
        }
        catch (SocketException exception) when (exception.SocketErrorCode is SocketError.IsConnected)
        {
            return true;
        }
        catch (SocketException exception) when (exception.SocketErrorCode is SocketError.WouldBlock)
        {
            return false;
        }
    }

    // Connect must not be asked while it is not: the second time it counts as failed, and the third time the runtime puts a
    // blocking socket in its place.
    private static async ValueTask UntilDecidedAsync(Socket socket, CancellationToken cancellationToken)
    {
        var delay = 1;
        do
        {
            await Task.Delay(delay, cancellationToken).ConfigureAwait(false);
            delay = Math.Min(2 * delay, MaxPollDelay);
        }
        while (!socket.Poll(0, SelectMode.SelectWrite));
    }
}
