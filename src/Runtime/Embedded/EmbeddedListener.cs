using System.Net;
using System.Net.Sockets;

namespace TypedCache.Embedded;

/// <summary>Accepts connections of TCP or of a Unix domain socket for an <see cref="EmbeddedServer"/>.</summary>
internal sealed class EmbeddedListener : IDisposable
{
    private static readonly TimeSpan RetryDelay = TimeSpan.FromMilliseconds(20);

    private readonly EmbeddedServer _server;
    private readonly Socket _socket;
    private volatile bool _closed;

    public EmbeddedListener(EmbeddedServer server, EndPoint endPoint)
    {
        _server = server;
        _socket = new Socket(endPoint.AddressFamily, SocketType.Stream, endPoint is IPEndPoint ? ProtocolType.Tcp : ProtocolType.Unspecified);
        try
        {
            _socket.Bind(endPoint);
            _socket.Listen();
            EndPoint = _socket.LocalEndPoint!;
        }
        catch
        {
            _socket.Dispose();
            throw;
        }
    }

    /// <summary>The address with the port actually used.</summary>
    public EndPoint EndPoint { get; }

    /// <summary>Accepts until the listener is disposed, and ends when all connections have ended.</summary>
    public async Task RunAsync()
    {
        var connections = new List<Task>();
        while (await AcceptAsync().ConfigureAwait(false) is { } socket)
        {
            connections.RemoveAll(connection => connection.IsCompleted);
            connections.Add(new EmbeddedSocketConnection(_server, socket).RunAsync());
        }

        await Task.WhenAll(connections).ConfigureAwait(false);
    }

    public void Dispose()
    {
        _closed = true;
        _socket.Dispose();
    }

    // Null once the listener is closed.
    private async Task<Socket?> AcceptAsync()
    {
        while (true)
        {
            try
            {
                return await _socket.AcceptAsync().ConfigureAwait(false);
            }
            catch (Exception broken) when (broken is SocketException or ObjectDisposedException)
            {
                if (_closed)
                {
                    return null;
                }

                // A client left before it was accepted, or the process has no handle to spare: the next one may work.
                await Task.Delay(RetryDelay).ConfigureAwait(false);
            }
        }
    }
}
