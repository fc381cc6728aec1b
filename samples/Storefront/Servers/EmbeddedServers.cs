using System.Net;
using System.Net.Sockets;
using TypedCache.Embedded;

namespace Storefront.Servers;

/// <summary>
/// Servers like memcached in this process, which listen on ports of this machine: the shop runs where none is installed, and one can be stopped
/// and restarted while it does.
/// </summary>
internal sealed class EmbeddedServers : IAsyncDisposable
{
    private const int Most = 16;

    private readonly Lock _gate = new();
    private readonly List<(IPEndPoint Address, EmbeddedServer? Server)> _servers = [];

    private EmbeddedServers()
    {
    }

    /// <summary>Their addresses, as a connection string: those that are stopped as well.</summary>
    public string ConnectionString
    {
        get
        {
            lock (_gate)
            {
                return string.Join(", ", _servers.Select(static server => server.Address));
            }
        }
    }

    /// <summary>Starts some, on ports that are free.</summary>
    public static EmbeddedServers Start(int count)
    {
        var servers = new EmbeddedServers();
        for (var i = 0; i < count; i++)
        {
            servers.Add();
        }

        return servers;
    }

    /// <summary>Starts one more, on a port that is free.</summary>
    /// <exception cref="InvalidOperationException">There are 16.</exception>
    public void Add()
    {
        lock (_gate)
        {
            if (_servers.Count == Most)
            {
                throw new InvalidOperationException($"There are {Most} servers, which is enough to see what happens.");
            }

            _servers.Add(Listen(new IPEndPoint(IPAddress.Loopback, 0)));
        }
    }

    /// <summary>Stops one, as if its process had been killed: its connections break, its items are gone.</summary>
    /// <param name="name">Its address.</param>
    /// <returns>Whether it was running.</returns>
    public async ValueTask<bool> StopAsync(string name)
    {
        EmbeddedServer? server;
        lock (_gate)
        {
            var at = Find(name);
            server = _servers[at].Server;
            _servers[at] = (_servers[at].Address, null);
        }

        if (server is null)
        {
            return false;
        }

        await server.DisposeAsync();
        return true;
    }

    /// <summary>Starts one again that was stopped. It is empty.</summary>
    /// <param name="name">Its address.</param>
    /// <returns>Whether it was stopped.</returns>
    /// <exception cref="SocketException">Somebody else has its port now.</exception>
    public bool Restart(string name)
    {
        lock (_gate)
        {
            var at = Find(name);
            if (_servers[at].Server is not null)
            {
                return false;
            }

            _servers[at] = Listen(_servers[at].Address);
            return true;
        }
    }

    public async ValueTask DisposeAsync()
    {
        EmbeddedServer[] running;
        lock (_gate)
        {
            running = [.. _servers.Select(static server => server.Server).OfType<EmbeddedServer>()];
            _servers.Clear();
        }

        await Task.WhenAll(running.Select(static server => server.DisposeAsync().AsTask()));
    }

    private static (IPEndPoint Address, EmbeddedServer? Server) Listen(IPEndPoint address)
    {
        var server = new EmbeddedServer(new EmbeddedServerOptions { Name = address.ToString() });
        try
        {
            return (server.Listen(address), server);
        }
        catch
        {
            server.Dispose();
            throw;
        }
    }

    private int Find(string name)
    {
        var at = _servers.FindIndex(server => server.Address.ToString() == name);
        return at >= 0 ? at : throw new InvalidOperationException($"{name} is not one of the servers in this process.");
    }
}
