using System.Net;
using System.Net.Sockets;

namespace TypedCache.Transport;

/// <summary>
/// Opens sockets. A host name is resolved anew each time, so that a server that has moved is found; each of its addresses is tried,
/// and none may use up the time of those behind it.
/// </summary>
/// <param name="endPoint">The address, the host name or the Unix socket.</param>
/// <param name="resolve">Gives the addresses of a host name.</param>
internal sealed class SocketConnector(EndPoint endPoint, Func<string, IPAddress[]> resolve) : ChannelConnector
{
    // How long after the first probe without an answer the next one follows, in seconds, and how many there are.
    private const int KeepAliveInterval = 10;
    private const int KeepAliveProbes = 3;

    private volatile IPAddress? _preferred;

    public SocketConnector(EndPoint endPoint)
        : this(endPoint, Dns.GetHostAddresses)
    {
    }

    /// <summary>After how many idle seconds TCP asks whether the other side is still there; 0: never. Asked for each connection.</summary>
    public Func<int> KeepAliveSeconds { get; init; } = static () => 0;

    public override string SilenceHint =>
        $"If it speaks TLS on this port, set {PublicNames.Tls}. If it was started with -B binary, start it without: this client speaks the text protocol. If it has reached its connection limit: {ConnectionLimit.Fix}";

    public override void Prefer(IPAddress? address) => _preferred = address;

    public override ByteChannel Open(ConnectDeadline deadline) => new SocketChannel(Connect(deadline));

    /// <summary>Opens a connected, non-blocking socket, or throws what prevents it.</summary>
    /// <exception cref="TimeoutException">It took too long.</exception>
    /// <exception cref="SocketException">The server cannot be reached.</exception>
    public Socket Connect(ConnectDeadline deadline)
    {
        if (endPoint is not DnsEndPoint name)
        {
            return Connect(endPoint, deadline);
        }

        if (_preferred is { } preferred && TryConnect(new IPEndPoint(preferred, name.Port), deadline, deadline.Length / 2) is { } direct)
        {
            return direct;
        }

        var addresses = HostNames.Resolve(name.Host, resolve, deadline);
        for (var i = 0; i < addresses.Length - 1; i++)
        {
            if (TryConnect(new IPEndPoint(addresses[i], name.Port), deadline, deadline.Length / addresses.Length) is { } socket)
            {
                return socket;
            }
        }

        return addresses.Length > 0
            ? Connect(new IPEndPoint(addresses[^1], name.Port), deadline)
            : throw new SocketException((int)SocketError.HostNotFound);
    }

    // Null when the address cannot be reached in its share of the time.
    private Socket? TryConnect(IPEndPoint address, ConnectDeadline deadline, TimeSpan share)
    {
        try
        {
            return Connect(address, deadline.Within(share));
        }
        catch (Exception exception) when (exception is SocketException or TimeoutException && !deadline.IsOver)
        {
            return null;
        }
    }

    private Socket Connect(EndPoint address, ConnectDeadline deadline)
    {
        var isLocal = address is UnixDomainSocketEndPoint;
        var socket = isLocal
            ? new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified)
            : new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            if (!isLocal && KeepAliveSeconds() is > 0 and var seconds)
            {
                KeepAlive(socket, seconds);
            }

            socket.Blocking = false;
            while (!IsConnected(socket, address))
            {
                // Connect must not be asked again before it is decided: the second time it counts as failed, and the third time the
                // runtime puts a blocking socket in its place.
                deadline.Wait(time => socket.Poll(time, SelectMode.SelectWrite));
            }

            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    // A connection without traffic stays known to the firewalls on its way, and one whose server has vanished without a word ends.
    private static void KeepAlive(Socket socket, int seconds)
    {
        socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.KeepAlive, true);
        socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveTime, seconds);
        socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveInterval, KeepAliveInterval);
        socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveRetryCount, KeepAliveProbes);
    }

    // Not Socket.ConnectAsync: one asynchronous call registers a socket for good with the runtime's own event loop, whose threads
    // are then woken by every reply, although the connection's reader waits for it already. It cost a third of the throughput.
    private static bool IsConnected(Socket socket, EndPoint address)
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
}
