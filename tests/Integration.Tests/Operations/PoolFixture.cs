using TypedCache.Integration.Tests.External;

namespace TypedCache.Integration.Tests.Operations;

/// <summary>A pool which the tests of one class share.</summary>
public abstract class PoolFixture(MemcachedPool pool) : IDisposable
{
    // Only guards against a hang: a loaded machine may take its time.
    protected static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public MemcachedPool Pool { get; } = pool;

    public void Dispose()
    {
        Pool.Dispose();
        StopServers();
        GC.SuppressFinalize(this);
    }

    // Embedded servers end with their pool.
    protected virtual void StopServers()
    {
    }

    protected static void BePatient(MemcachedPoolOptions options, MemcachedProtocol protocol)
    {
        options.Protocol = protocol;
        options.ConnectTimeout = Patience;
        options.OperationTimeout = Patience;
    }
}

/// <summary>Servers in this process.</summary>
public abstract class EmbeddedPoolFixture(int servers, MemcachedProtocol protocol = MemcachedProtocol.Auto)
    : PoolFixture(MemcachedPool.InMemory(servers, options => BePatient(options, protocol)));

/// <summary>Real memcached servers.</summary>
public abstract class MemcachedPoolFixture : PoolFixture
{
    private readonly MemcachedProcess[] _processes;

    protected MemcachedPoolFixture(int servers, MemcachedProtocol protocol = MemcachedProtocol.Auto)
        : this([.. Enumerable.Range(0, servers).Select(_ => MemcachedProcess.Start())], protocol)
    {
    }

    private MemcachedPoolFixture(MemcachedProcess[] processes, MemcachedProtocol protocol)
        : base(Connect(processes, protocol)) => _processes = processes;

    protected override void StopServers()
    {
        foreach (var process in _processes)
        {
            process.Dispose();
        }
    }

    private static MemcachedPool Connect(MemcachedProcess[] processes, MemcachedProtocol protocol)
    {
        var options = new MemcachedPoolOptions
        {
            Servers = [.. processes.Select(process => new MemcachedServerOptions("127.0.0.1", process.Port))],
        };
        BePatient(options, protocol);
        return MemcachedPool.Connect(options);
    }
}

public sealed class OneEmbeddedServer() : EmbeddedPoolFixture(servers: 1);

public sealed class ThreeEmbeddedServers() : EmbeddedPoolFixture(servers: 3);

public sealed class OneMemcached() : MemcachedPoolFixture(servers: 1);

public sealed class ThreeMemcacheds() : MemcachedPoolFixture(servers: 3);

public sealed class EmbeddedServersInClassicMode() : EmbeddedPoolFixture(servers: 2, MemcachedProtocol.Classic);

public sealed class MemcachedsInClassicMode() : MemcachedPoolFixture(servers: 2, MemcachedProtocol.Classic);
