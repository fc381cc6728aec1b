using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace TypedCache.Integration.Tests.Faults;

/// <summary>A loopback proxy in front of a server, whose network can be cut.</summary>
internal sealed class CutProxy : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly ConcurrentDictionary<Socket, bool> _sockets = [];
    private readonly IPEndPoint _server;
    private volatile bool _isCut;

    public CutProxy(IPEndPoint server)
    {
        _server = server;
        _listener.Start();
        Port = ((IPEndPoint)_listener.LocalEndpoint).Port;
        _ = AcceptAsync();
    }

    public int Port { get; }

    /// <summary>Ends all connections and takes no more.</summary>
    public void Cut()
    {
        _isCut = true;
        foreach (var socket in _sockets.Keys)
        {
            socket.Dispose();
        }
    }

    /// <summary>Takes connections again.</summary>
    public void Restore() => _isCut = false;

    public void Dispose()
    {
        _listener.Dispose();
        Cut();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var client = await _listener.AcceptSocketAsync();
                _ = ServeAsync(client);
            }
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private async Task ServeAsync(Socket client)
    {
        using var server = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        client.NoDelay = true;
        _sockets.TryAdd(client, true);
        _sockets.TryAdd(server, true);
        try
        {
            if (!_isCut)
            {
                await server.ConnectAsync(_server);
                await Task.WhenAny(PassAsync(client, server), PassAsync(server, client));
            }
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            // It has been cut.
        }
        finally
        {
            _sockets.TryRemove(client, out _);
            _sockets.TryRemove(server, out _);
            client.Dispose();
        }
    }

    private async Task PassAsync(Socket from, Socket to)
    {
        var buffer = new byte[16 * 1024];
        try
        {
            for (var count = await from.ReceiveAsync(buffer); count > 0 && !_isCut; count = await from.ReceiveAsync(buffer))
            {
                await to.SendAsync(buffer.AsMemory(0, count));
            }
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            // It has been cut.
        }
    }
}
