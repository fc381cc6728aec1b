using StackExchange.Redis;

namespace TypedCache.Benchmarks.Throughput;

/// <summary>Servers with data and clients of them. Each is started when a scenario first asks for it, and lasts until the end.</summary>
internal sealed class TestBed : IAsyncDisposable
{
    // A few servers hold what several scenarios store; the many hold small values only.
    private const int LargeServers = 3;

    private readonly List<ServerProcess> _memcached = [];
    private readonly HashSet<(int Server, int Size)> _filled = [];
    private readonly HashSet<int> _objects = [];
    private readonly Dictionary<int, MemcachedPool> _shared = [];
    private readonly List<MemcachedPool> _pools = [];
    private ServerProcess? _redisServer;
    private ConnectionMultiplexer? _redis;

    public ServerProcess RedisServer => _redisServer ??= ServerProcess.StartRedis();

    /// <summary>The first memcached servers. Each of them holds all keys of a size.</summary>
    public ServerProcess[] Memcached(int count, int size)
    {
        var servers = Memcached(count);
        for (var index = 0; index < count; index++)
        {
            if (_filled.Add((index, size)))
            {
                using var raw = RawPipeline.Set(servers[index].Port, size);
                raw.Run(Workload.Keys, inFlight: 10);
            }
        }

        return servers;
    }

    /// <summary>The first memcached servers, with whatever they hold.</summary>
    public ServerProcess[] Memcached(int count)
    {
        while (_memcached.Count < count)
        {
            _memcached.Add(ServerProcess.StartMemcached(_memcached.Count < LargeServers ? 256 : 16));
        }

        return [.. _memcached.Take(count)];
    }

    /// <summary>A pool over the first memcached servers.</summary>
    public MemcachedPool Pool(int servers)
    {
        if (!_shared.TryGetValue(servers, out var pool))
        {
            pool = Connect(servers);
            _shared.Add(servers, pool);
        }

        return pool;
    }

    /// <summary>The first memcached servers, as a pool takes them.</summary>
    public string Addresses(int servers) => string.Join(", ", Memcached(servers).Select(server => server.Address));

    /// <summary>A pool over the first memcached servers which nobody else uses.</summary>
    public MemcachedPool Connect(int servers)
    {
        var pool = MemcachedPool.Connect(Addresses(servers));
        _pools.Add(pool);
        return pool;
    }

    /// <summary>A client of the first memcached servers, all of which hold the keys of a size.</summary>
    public IBenchmarkCache Cache(int servers, int size)
    {
        Memcached(servers, size);
        return Pool(servers).CreateClient<IBenchmarkCache>();
    }

    /// <summary>A client of the first memcached servers, which hold the objects where the client looks for them.</summary>
    public IObjectCache Objects(int servers)
    {
        var cache = Pool(servers).CreateClient<IObjectCache>();
        if (_objects.Add(servers))
        {
            ObjectWorkload.FillAsync(cache).GetAwaiter().GetResult();
        }

        return cache;
    }

    /// <summary>A client of the Redis server, which holds the keys of a size.</summary>
    public IDatabase Redis(int size)
    {
        _redis ??= ConnectionMultiplexer.Connect(RedisServer.Address);
        var database = _redis.GetDatabase();
        for (var id = 0; id < Workload.Keys; id++)
        {
            database.StringSet($"bench:{size}:{id}", Workload.Value(size));
        }

        return database;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var pool in _pools)
        {
            await pool.DisposeAsync();
        }

        if (_redis is not null)
        {
            await _redis.DisposeAsync();
        }

        _redisServer?.Dispose();
        _memcached.ForEach(server => server.Dispose());
    }
}
