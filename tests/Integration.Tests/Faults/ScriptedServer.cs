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
    /// <param name="handle">Gets each request but <c>version</c>, which is answered already.</param>
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
    public string? Version { get; init; } = "VERSION 1.6.18";

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
                if (request.Line != "version")
                {
                    await _handle(connection, request);
                }
                else if (Version is not null)
                {
                    await connection.SendAsync(Version + "\r\n");
                }
            }
        }
        catch (Exception exception) when (exception is IOException or SocketException or ObjectDisposedException)
        {
            // Either side has hung up.
        }
    }
}
