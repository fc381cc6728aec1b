using Microsoft.Extensions.Caching.Distributed;
using TypedCache.Integration.Tests.External;

namespace TypedCache.Caching.Tests.Distributed;

/// <summary>The suite over embedded servers, whose clock the tests move.</summary>
public abstract class EmbeddedDistributedCacheSuite(int servers, MemcachedProtocol protocol) : DistributedCacheSuite, IDisposable
{
    private readonly SharedServers _servers = new(servers);
    private IBufferDistributedCache? _cache;

    protected override IBufferDistributedCache Cache => _cache ??= _servers.JoinCache(protocol);

    public void Dispose()
    {
        _servers.Dispose();
        GC.SuppressFinalize(this);
    }

    protected override bool TryAdvance(TimeSpan time)
    {
        _servers.Time.Advance(time);
        return true;
    }
}

public sealed class EmbeddedServerTests() : EmbeddedDistributedCacheSuite(1, MemcachedProtocol.Auto);

public sealed class ThreeEmbeddedServersTests() : EmbeddedDistributedCacheSuite(3, MemcachedProtocol.Auto);

public sealed class EmbeddedServerInClassicModeTests() : EmbeddedDistributedCacheSuite(1, MemcachedProtocol.Classic);

/// <summary>Two real servers.</summary>
public sealed class RealServers : IDisposable
{
    private readonly MemcachedProcess[] _processes = [MemcachedProcess.Start(), MemcachedProcess.Start()];
    private readonly MemcachedPool[] _pools;

    public RealServers()
    {
        _pools = [Connect(MemcachedProtocol.Auto), Connect(MemcachedProtocol.Classic)];
    }

    public MemcachedPool Pool => _pools[0];

    public MemcachedPool Classic => _pools[1];

    public void Dispose()
    {
        foreach (var pool in _pools)
        {
            pool.Dispose();
        }

        foreach (var process in _processes)
        {
            process.Dispose();
        }
    }

    private MemcachedPool Connect(MemcachedProtocol protocol)
    {
        var options = new MemcachedPoolOptions { Protocol = protocol, ConnectTimeout = SharedServers.Patience, OperationTimeout = SharedServers.Patience };
        foreach (var process in _processes)
        {
            options.Servers.Add(new MemcachedServerOptions("127.0.0.1", process.Port));
        }

        return MemcachedPool.Connect(options);
    }
}

public sealed class MemcachedTests(RealServers servers) : DistributedCacheSuite, IClassFixture<RealServers>
{
    protected override IBufferDistributedCache Cache { get; } = new TypedCacheDistributedCache(servers.Pool);
}

public sealed class MemcachedInClassicModeTests(RealServers servers) : DistributedCacheSuite, IClassFixture<RealServers>
{
    protected override IBufferDistributedCache Cache { get; } = new TypedCacheDistributedCache(servers.Classic);
}
