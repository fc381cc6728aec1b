using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace TypedCache.Integration.Tests.Faults;

/// <summary>A loopback server which does with each request what the test says, right or wrong.</summary>
internal sealed class ScriptedServer : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly ConcurrentBag<ScriptedConnection> _connections = [];
    private readonly Func<ScriptedConnection, ScriptedRequest, Task> _handle;

    /// <summary>Starts to listen.</summary>
    /// <param name="handle">Gets each request but those of the handshake, which are answered already.</param>
    public ScriptedServer(Func<ScriptedConnection, ScriptedRequest, Task> handle)
    {
        _handle = handle;
        _listener.Start();
        Port = ((IPEndPoint)_listener.LocalEndpoint).Port;
        _ = AcceptAsync();
    }

    public int Port { get; }

    public string Address => $"127.0.0.1:{Port}";

    /// <summary>What <c>version</c> answers; null: nothing, ever.</summary>
    public string? Version { get; set; } = "VERSION 1.6.18";

    /// <summary>How many connections have been accepted.</summary>
    public int Accepted => _connections.Count;

    public void Dispose()
    {
        _listener.Dispose();
        foreach (var connection in _connections)
        {
            connection.Dispose();
        }
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var connection = new ScriptedConnection(await _listener.AcceptSocketAsync());
                _connections.Add(connection);
                _ = ServeAsync(connection);
            }
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private async Task ServeAsync(ScriptedConnection connection)
    {
        try
        {
            while (await connection.ReadRequestAsync() is { } request)
            {
                switch (request.Line)
                {
                    case "version":
                        await connection.SendAsync(Version is null ? "" : Version + "\r\n");
                        break;
                    case "mn":
                        await connection.SendAsync("MN\r\n");
                        break;
                    default:
                        await _handle(connection, request);
                        break;
                }
            }
        }
        catch (Exception exception) when (exception is IOException or SocketException or ObjectDisposedException)
        {
            // Either side has hung up.
        }
    }
}
