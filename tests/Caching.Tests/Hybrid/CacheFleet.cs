using System.Net;
using TypedCache.Embedded;
using TypedCache.Integration.Tests.External;

namespace TypedCache.Caching.Tests.Hybrid;

/// <summary>Servers that several pools share, as the processes of a fleet do.</summary>
internal sealed class CacheFleet : IDisposable
{
    // Only keeps a test from hanging.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly List<IDisposable> _servers = [];
    private readonly List<MemcachedServerOptions> _addresses = [];
    private readonly List<MemcachedPool> _pools = [];
    private readonly MemcachedProtocol _protocol;
    private readonly TimeProvider _time;

    private CacheFleet(MemcachedProtocol protocol, TimeProvider time)
    {
        _protocol = protocol;
        _time = time;
    }

    /// <summary>Servers of this process, on loopback ports.</summary>
    public static CacheFleet Embedded(int servers = 1, MemcachedProtocol protocol = MemcachedProtocol.Auto, TimeProvider? time = null)
    {
        var fleet = new CacheFleet(protocol, time ?? TimeProvider.System);
        for (var i = 0; i < servers; i++)
        {
            var server = new EmbeddedServer(new EmbeddedServerOptions { TimeProvider = fleet._time });
            fleet.Add(server, server.Listen(new IPEndPoint(IPAddress.Loopback, 0)).Port);
        }

        return fleet;
    }

    /// <summary>Real memcached servers.</summary>
    public static CacheFleet Real(int servers = 1)
    {
        var fleet = new CacheFleet(MemcachedProtocol.Auto, TimeProvider.System);
        for (var i = 0; i < servers; i++)
        {
            var server = MemcachedProcess.Start();
            fleet.Add(server, server.Port);
        }

        return fleet;
    }

    /// <summary>One more process.</summary>
    public MemcachedPool Join(Action<MemcachedPoolOptions>? configure = null)
    {
        var options = new MemcachedPoolOptions { TimeProvider = _time, OperationTimeout = Patience, ConnectTimeout = Patience, Protocol = _protocol };
        _addresses.ForEach(options.Servers.Add);
        configure?.Invoke(options);
        var pool = MemcachedPool.Connect(options);
        _pools.Add(pool);
        return pool;
    }

    /// <summary>Ends all servers, as a crash would.</summary>
    public void StopServers() => _servers.ForEach(server => server.Dispose());

    public void Dispose()
    {
        _pools.ForEach(pool => pool.Dispose());
        StopServers();
    }

    private void Add(IDisposable server, int port)
    {
        _servers.Add(server);
        _addresses.Add(new MemcachedServerOptions("127.0.0.1", port));
    }
}
