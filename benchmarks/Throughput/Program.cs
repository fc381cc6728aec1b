using StackExchange.Redis;
using TypedCache;
using TypedCache.Benchmarks.Throughput;

// dotnet run -c Release --project benchmarks/Throughput -- [rounds] [part of a scenario's name]
var rounds = args.Length > 0 ? int.Parse(args[0]) : 5;
var filter = args.Length > 1 ? args[1] : "";

using var memcached = ServerProcess.StartMemcached();
using var second = ServerProcess.StartMemcached();
using var third = ServerProcess.StartMemcached();
using var redisServer = ServerProcess.StartRedis();
await using var redis = await ConnectionMultiplexer.ConnectAsync(redisServer.Address);
await using var pool = MemcachedPool.Connect(memcached.Address);
await using var secondPool = MemcachedPool.Connect(second.Address);
await using var thirdPool = MemcachedPool.Connect(third.Address);
await using var three = MemcachedPool.Connect($"{memcached.Address}, {second.Address}, {third.Address}");
await using var bare = MemcachedPool.Connect(memcached.Address);
var cache = pool.CreateClient<IBenchmarkCache>();
var secondAlone = secondPool.CreateClient<IBenchmarkCache>();
var thirdAlone = thirdPool.CreateClient<IBenchmarkCache>();
var spread = three.CreateClient<IBenchmarkCache>();
var unverified = bare.CreateClient<IBenchmarkCache>();
var database = redis.GetDatabase();
await FillAsync(100);
await FillAsync(10_000);
OpaqueTokens.TakeFrom(bare);

Console.WriteLine($"{Environment.ProcessorCount} cores, .NET {Environment.Version}, {(await pool.GetVersionsAsync())[0].Value}, medians of {rounds} interleaved rounds");

Scenario[] scenarios =
[
    new("get 100 B, 1 caller", 60_000, Raw("one request in flight", 100, 1), Get("TypedCache", 1, 100)),
    new("get 100 B, 64 callers", 1_500_000, Raw("64 requests in flight", 100, 64), Get("TypedCache", 64, 100), RedisGet(64, 100)),
    new("get 100 B, 256 callers", 2_000_000, Raw("256 requests in flight", 100, 256), Get("TypedCache", 256, 100), RedisGet(256, 100)),
    new("set 100 B, 64 callers", 1_000_000, RawSet(100, 64), Set("TypedCache", 64, 100)),
    new("get 10 KB, 64 callers", 400_000, Raw("64 requests in flight", 10_000, 64), Get("TypedCache", 64, 10_000)),
    new("multi-get of 100 keys, 8 callers", 20_000, RawBatch(8, 100), GetMany(8, 100)),
    new("three servers, get 100 B, 64 callers", 1_500_000, Get("TypedCache, one server", 64, 100), GetThree(64, 100), RawThree(100, 64), Raw("one server", 100, 64)),
    new("parts, get 100 B, 64 callers", 1_500_000, Get("TypedCache", 64, 100), GetUnverified(64, 100), GetAndHop(64, 100)),
];
foreach (var scenario in scenarios.Where(scenario => scenario.Name.Contains(filter, StringComparison.OrdinalIgnoreCase)))
{
    await scenario.MeasureAsync(rounds);
}

async Task FillAsync(int size)
{
    for (var id = 0; id < Workload.Keys; id++)
    {
        await cache.SetAsync(size, id, Workload.Value(size));
        await unverified.SetAsync(size, id, Workload.Value(size));
        await secondAlone.SetAsync(size, id, Workload.Value(size));
        await thirdAlone.SetAsync(size, id, Workload.Value(size));
        await spread.SetAsync(size, id, Workload.Value(size));
        await database.StringSetAsync($"bench:{size}:{id}", Workload.Value(size));
    }
}

Contender Raw(string name, int size, int inFlight) => new($"raw socket, {name}", [memcached], operations => Task.Run(() =>
{
    using var raw = RawPipeline.Get(memcached.Port, size);
    raw.Run(operations, inFlight);
}));

Contender RawSet(int size, int inFlight) => new($"raw socket, {inFlight} requests in flight", [memcached], operations => Task.Run(() =>
{
    using var raw = RawPipeline.Set(memcached.Port, size);
    raw.Run(operations, inFlight);
}));

Contender RawBatch(int callers, int size) => new("raw sockets, one per caller, classic get", [memcached], operations =>
    Workload.RunAsync(callers, operations, (caller, count) => Workload.RawBatch(memcached.Port, size, caller, count)));

Contender Get(string name, int callers, int size) => new(name, [memcached], operations =>
    Workload.RunAsync(callers, operations, (caller, count) => Workload.GetAsync(cache, size, caller, count)));

Contender GetUnverified(int callers, int size) => new("TypedCache, no opaque tokens", [memcached], operations =>
    Workload.RunAsync(callers, operations, (caller, count) => Workload.GetAsync(unverified, size, caller, count)));

Contender GetAndHop(int callers, int size) => new("TypedCache, callers continue on the thread pool", [memcached], operations =>
    Workload.RunAsync(callers, operations, (caller, count) => Workload.GetAndHopAsync(cache, size, caller, count)));

Contender RawThree(int size, int inFlight) => new($"raw sockets, three servers, {inFlight} in flight in all", [memcached, second, third], operations =>
    Task.Run(() => RawSpread.Run([memcached.Port, second.Port, third.Port], size, operations, inFlight)));

Contender GetThree(int callers, int size) => new("TypedCache, three servers", [memcached, second, third], operations =>
    Workload.RunAsync(callers, operations, (caller, count) => Workload.GetAsync(spread, size, caller, count)));

Contender Set(string name, int callers, int size) => new(name, [memcached], operations =>
    Workload.RunAsync(callers, operations, (caller, count) => Workload.SetAsync(cache, size, caller, count)));

Contender GetMany(int callers, int size) => new("TypedCache", [memcached], operations =>
    Workload.RunAsync(callers, operations, (caller, count) => Workload.GetManyAsync(cache, size, caller, count)));

Contender RedisGet(int callers, int size) => new("StackExchange.Redis on redis-server", [redisServer], operations =>
    Workload.RunAsync(callers, operations, async (caller, count) =>
    {
        for (long i = 0; i < count; i++)
        {
            byte[]? value = await database.StringGetAsync($"bench:{size}:{(caller + i) % Workload.Keys}");
            if (value?.Length != size)
            {
                throw new InvalidOperationException("A value has another length than expected.");
            }
        }
    }));
