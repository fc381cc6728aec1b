using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace TypedCache.Integration.Tests.Faults;

/// <summary>A loopback proxy in front of a server which harms the replies as its plan says.</summary>
internal sealed class FaultProxy : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly ConcurrentDictionary<FaultyLine, bool> _lines = [];
    private readonly IPEndPoint _server;
    private readonly FaultPlan _plan;
    private int _accepted;

    public FaultProxy(IPEndPoint server, FaultPlan plan)
    {
        _server = server;
        _plan = plan;
        _listener.Start();
        Port = ((IPEndPoint)_listener.LocalEndpoint).Port;
        _ = AcceptAsync();
    }

    public int Port { get; }

    /// <summary>How many connections have been accepted.</summary>
    public int Accepted => Volatile.Read(ref _accepted);

    public void Dispose()
    {
        _listener.Dispose();
        foreach (var line in _lines.Keys)
        {
            line.Dispose();
        }
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var client = await _listener.AcceptSocketAsync();
                _ = ServeAsync(client, _plan.ForConnection(Interlocked.Increment(ref _accepted)));
            }
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private async Task ServeAsync(Socket client, Random random)
    {
        using var line = new FaultyLine(client, _plan, random);
        _lines.TryAdd(line, true);
        try
        {
            await line.RunAsync(_server);
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException or IOException)
        {
            // One of the three has hung up.
        }

        _lines.TryRemove(line, out _);
    }
}
