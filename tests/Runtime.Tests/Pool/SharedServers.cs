using System.Net;
using TypedCache.Embedded;

namespace TypedCache.Tests.Pool;

/// <summary>Embedded servers on loopback ports, which several pools use at the same time.</summary>
internal sealed class SharedServers : IDisposable
{
    private readonly EmbeddedServer[] _servers;
    private readonly MemcachedServerOptions[] _addresses;
    private readonly List<MemcachedPool> _pools = [];
    private readonly TimeProvider _time;

    public SharedServers(int count, TimeProvider? time = null)
    {
        _time = time ?? TimeProvider.System;
        _servers = [.. Enumerable.Range(0, count).Select(_ => NewServer())];
        _addresses = [.. _servers.Select(server => new MemcachedServerOptions("127.0.0.1", server.Listen(new IPEndPoint(IPAddress.Loopback, 0)).Port))];
    }

    /// <summary>Where the servers listen.</summary>
    public IEnumerable<IPEndPoint> Addresses => _addresses.Select(address => new IPEndPoint(IPAddress.Loopback, address.Port));

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

    /// <summary>Ends a server and starts an empty one in its place, whose CAS numbers begin anew.</summary>
    public void Restart(int index)
    {
        Stop(index);
        _servers[index] = NewServer();
        _servers[index].Listen(new IPEndPoint(IPAddress.Loopback, _addresses[index].Port));
    }

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

    private EmbeddedServer NewServer() => new(new EmbeddedServerOptions { TimeProvider = _time });
}
