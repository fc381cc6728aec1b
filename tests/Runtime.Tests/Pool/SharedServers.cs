using System.Net;
using TypedCache.Embedded;

namespace TypedCache.Tests.Pool;

/// <summary>Embedded servers on loopback ports, which several pools use at the same time.</summary>
internal sealed class SharedServers : IDisposable
{
    private readonly EmbeddedServer[] _servers;
    private readonly MemcachedServerOptions[] _addresses;
    private readonly List<MemcachedPool> _pools = [];

    public SharedServers(int count, TimeProvider? time = null)
    {
        _servers = [.. Enumerable.Range(0, count).Select(_ => new EmbeddedServer(new EmbeddedServerOptions { TimeProvider = time ?? TimeProvider.System }))];
        _addresses = [.. _servers.Select(server => new MemcachedServerOptions("127.0.0.1", server.Listen(new IPEndPoint(IPAddress.Loopback, 0)).Port))];
    }

    /// <summary>Makes a pool of all servers. It ends with them.</summary>
    public MemcachedPool Connect(MemcachedPoolOptions? options = null)
    {
        options ??= new MemcachedPoolOptions();
        foreach (var address in _addresses)
        {
            options.Servers.Add(address);
        }

        var pool = MemcachedPool.Connect(options);
        _pools.Add(pool);
        return pool;
    }

    /// <summary>Makes a pool of one of the servers.</summary>
    public MemcachedPool ConnectTo(int index)
    {
        var pool = MemcachedPool.Connect(new MemcachedPoolOptions { Servers = { _addresses[index] } });
        _pools.Add(pool);
        return pool;
    }

    /// <summary>Ends a server, as a crash would.</summary>
    public void Stop(int index) => _servers[index].Dispose();

    public void Dispose()
    {
        foreach (var pool in _pools)
        {
            pool.Dispose();
        }

        foreach (var server in _servers)
        {
            server.Dispose();
        }
    }
}
