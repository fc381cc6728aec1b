using System.Net;
using TypedCache.Embedded;

namespace TypedCache.Tests.Pool;

/// <summary>Embedded servers and spares on loopback ports, whose commands are counted.</summary>
internal sealed class SpareServers : IAsyncDisposable
{
    private readonly List<EmbeddedServer> _embedded = [];
    private readonly List<MemcachedPool> _pools = [];
    private readonly int[] _commands;

    public SpareServers(int servers, int spares, TimeProvider? time = null)
    {
        _commands = new int[servers + spares];
        Places = [.. Enumerable.Range(0, servers).Select(i => Start(i, time))];
        Spares = [.. Enumerable.Range(servers, spares).Select(i => Start(i, time))];
    }

    public MemcachedServerOptions[] Places { get; }

    public MemcachedServerOptions[] Spares { get; }

    /// <summary>How many commands with a key a server has got; spares follow the servers.</summary>
    public int CommandsOf(int index) => Volatile.Read(ref _commands[index]);

    /// <summary>Makes a pool of all servers and spares. It ends with them.</summary>
    public MemcachedPool Connect(MemcachedPoolOptions? options = null)
    {
        options ??= new MemcachedPoolOptions();
        Array.ForEach(Places, options.Servers.Add);
        Array.ForEach(Spares, options.Spares.Add);
        return Remember(MemcachedPool.Connect(options));
    }

    /// <summary>Makes a pool of one server, to see what it holds.</summary>
    public MemcachedPool ConnectTo(MemcachedServerOptions place) => Remember(MemcachedPool.Connect(new MemcachedPoolOptions { Servers = { place } }));

    public async ValueTask DisposeAsync()
    {
        foreach (var pool in _pools)
        {
            await pool.DisposeAsync();
        }

        foreach (var server in _embedded)
        {
            await server.DisposeAsync();
        }
    }

    private MemcachedPool Remember(MemcachedPool pool)
    {
        _pools.Add(pool);
        return pool;
    }

    private MemcachedServerOptions Start(int index, TimeProvider? time)
    {
        var server = new EmbeddedServer(new EmbeddedServerOptions { TimeProvider = time ?? TimeProvider.System, Log = line => Count(index, line) });
        _embedded.Add(server);
        return new MemcachedServerOptions("127.0.0.1", server.Listen(new IPEndPoint(IPAddress.Loopback, 0)).Port);
    }

    // "<5 mg k1 v f"
    private void Count(int index, string line)
    {
        if (line.StartsWith('<') && line.Contains(" k", StringComparison.Ordinal))
        {
            Interlocked.Increment(ref _commands[index]);
        }
    }
}
