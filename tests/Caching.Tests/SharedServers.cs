using System.Net;
using Microsoft.Extensions.Time.Testing;
using TypedCache.Embedded;

namespace TypedCache.Caching.Tests;

/// <summary>Embedded servers with a clock of their own, which several pools use as the processes of an application do.</summary>
public sealed class SharedServers : IDisposable
{
    /// <summary>Only keeps a test from hanging.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly List<EmbeddedServer> _servers = [];
    private readonly List<int> _ports = [];
    private readonly List<MemcachedPool> _pools = [];

    /// <param name="count">How many servers.</param>
    /// <param name="start">What their clock shows at first.</param>
    public SharedServers(int count = 1, DateTimeOffset? start = null)
    {
        Time = new FakeTimeProvider(start ?? new DateTimeOffset(2026, 11, 1, 8, 0, 0, TimeSpan.Zero));
        for (var i = 0; i < count; i++)
        {
            var server = new EmbeddedServer(new EmbeddedServerOptions { TimeProvider = Time });
            _servers.Add(server);
            _ports.Add(server.Listen(new IPEndPoint(IPAddress.Loopback, 0)).Port);
        }
    }

    public FakeTimeProvider Time { get; }

    /// <summary>A pool as another process would have it.</summary>
    public MemcachedPool Join(MemcachedProtocol protocol = MemcachedProtocol.Auto, Action<MemcachedPoolOptions>? configure = null)
    {
        var options = new MemcachedPoolOptions { TimeProvider = Time, Protocol = protocol, ConnectTimeout = Patience, OperationTimeout = Patience };
        foreach (var port in _ports)
        {
            options.Servers.Add(new MemcachedServerOptions("127.0.0.1", port));
        }

        configure?.Invoke(options);
        var pool = MemcachedPool.Connect(options);
        _pools.Add(pool);
        return pool;
    }

    /// <summary>A cache as another process would have it.</summary>
    public TypedCacheDistributedCache JoinCache(MemcachedProtocol protocol = MemcachedProtocol.Auto, Action<TypedCacheDistributedCacheOptions>? configure = null) =>
        CacheOver(Join(protocol), configure);

    /// <summary>A cache over a pool.</summary>
    public TypedCacheDistributedCache CacheOver(MemcachedPool pool, Action<TypedCacheDistributedCacheOptions>? configure = null, LogLines? log = null)
    {
        var options = new TypedCacheDistributedCacheOptions { TimeProvider = Time };
        configure?.Invoke(options);
        return new TypedCacheDistributedCache(pool, options, log?.For<TypedCacheDistributedCache>());
    }

    public void Advance(double seconds) => Time.Advance(TimeSpan.FromSeconds(seconds));

    /// <summary>Ends the servers, as a crash would.</summary>
    public void Stop() => _servers.ForEach(server => server.Dispose());

    public void Dispose()
    {
        _pools.ForEach(pool => pool.Dispose());
        Stop();
    }
}
