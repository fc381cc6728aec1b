namespace TypedCache.Benchmarks.Throughput;

/// <summary>Callers who ask for the next value as soon as they have the last one.</summary>
internal static class ClosedLoopScenarios
{
    public static IScenario[] All { get; } =
    [
        new Scenario("closed loop, get 100 B, 1 caller", 60_000, bed => [Raw(bed, 100, 1), Get(bed, 1, 1, 100)]),
        new Scenario("closed loop, get 100 B, 64 callers", 1_500_000, bed => [Raw(bed, 100, 64), Get(bed, 1, 64, 100), RedisGet(bed, 64, 100)]),
        new Scenario("closed loop, get 100 B, 256 callers", 2_000_000, bed => [Raw(bed, 100, 256), Get(bed, 1, 256, 100), RedisGet(bed, 256, 100)]),
        new Scenario("closed loop, set 100 B, 64 callers", 1_000_000, bed => [RawSet(bed, 100, 64), Set(bed, 64, 100)]),
        new Scenario("closed loop, get 10 KB, 64 callers", 400_000, bed => [Raw(bed, 10_000, 64), Get(bed, 1, 64, 10_000)]),
        new Scenario("closed loop, multi-get of 100 keys, 8 callers", 20_000, bed => [RawBatch(bed, 8, 100), GetMany(bed, 8, 100)]),
        new Scenario("three servers, get 100 B, 64 callers", 1_500_000, bed => [Get(bed, 1, 64, 100), Get(bed, 3, 64, 100), RawRound(bed, 3, 100, 64), Raw(bed, 100, 64)]),
        new Scenario("thread pool, get 100 B, 64 callers", 500_000, bed => [RedisGetAndHop(bed, 64, 100), GetAndHop(bed, 64, 100)]),
        new Scenario("parts, get 100 B, 64 callers", 1_500_000, bed => [Get(bed, 1, 64, 100), GetUnverified(bed, 64, 100), GetAndHop(bed, 64, 100)]),
    ];

    public static Contender Raw(TestBed bed, int size, int inFlight)
    {
        var servers = bed.Memcached(1, size);
        return new($"raw socket, one server, {inFlight} in flight", servers, operations => Task.Run(() =>
        {
            using var raw = RawPipeline.Get(servers[0].Port, size);
            raw.Run(operations, inFlight);
        }));
    }

    /// <summary>One thread which visits the servers in a fixed order: its batches stay whole, which no client's do whose callers choose.</summary>
    public static Contender RawRound(TestBed bed, int count, int size, int inFlight)
    {
        var servers = bed.Memcached(count, size);
        int[] ports = [.. servers.Select(server => server.Port)];
        return new($"raw sockets, fixed round, {inFlight} in flight in all", servers, operations =>
            Task.Run(() => RawSpread.Run(ports, size, operations, inFlight)));
    }

    public static Contender Get(TestBed bed, int servers, int callers, int size)
    {
        var cache = bed.Cache(servers, size);
        return new(servers == 1 ? "TypedCache, one server" : $"TypedCache, {servers} servers", bed.Memcached(servers), operations =>
            Workload.RunAsync(callers, operations, (caller, count) => Workload.GetAsync(cache, size, caller, count)));
    }

    private static Contender RawSet(TestBed bed, int size, int inFlight)
    {
        var servers = bed.Memcached(1, size);
        return new($"raw socket, {inFlight} in flight", servers, operations => Task.Run(() =>
        {
            using var raw = RawPipeline.Set(servers[0].Port, size);
            raw.Run(operations, inFlight);
        }));
    }

    private static Contender RawBatch(TestBed bed, int callers, int size)
    {
        var servers = bed.Memcached(1, size);
        return new("raw sockets, one per caller, classic get", servers, operations =>
            Workload.RunAsync(callers, operations, (caller, count) => Workload.RawBatch(servers[0].Port, size, caller, count)));
    }

    private static Contender Set(TestBed bed, int callers, int size)
    {
        var cache = bed.Cache(1, size);
        return new("TypedCache", bed.Memcached(1), operations =>
            Workload.RunAsync(callers, operations, (caller, count) => Workload.SetAsync(cache, size, caller, count)));
    }

    private static Contender GetMany(TestBed bed, int callers, int size)
    {
        var cache = bed.Cache(1, size);
        return new("TypedCache", bed.Memcached(1), operations =>
            Workload.RunAsync(callers, operations, (caller, count) => Workload.GetManyAsync(cache, size, caller, count)));
    }

    private static Contender GetAndHop(TestBed bed, int callers, int size)
    {
        var cache = bed.Cache(1, size);
        return new("TypedCache, callers continue on the thread pool", bed.Memcached(1), operations =>
            Workload.RunAsync(callers, operations, (caller, count) => Workload.GetAndHopAsync(cache, size, caller, count)));
    }

    private static Contender GetUnverified(TestBed bed, int callers, int size)
    {
        bed.Memcached(1, size);
        var cache = OpaqueTokens.TakeFrom(bed).CreateClient<IBenchmarkCache>();
        return new("TypedCache, no opaque tokens", bed.Memcached(1), operations =>
            Workload.RunAsync(callers, operations, (caller, count) => Workload.GetAsync(cache, size, caller, count)));
    }

    private static Contender RedisGet(TestBed bed, int callers, int size)
    {
        var database = bed.Redis(size);
        return new("StackExchange.Redis on redis-server", [bed.RedisServer], operations =>
            Workload.RunAsync(callers, operations, (caller, count) => RedisWorkload.GetAsync(database, size, caller, count)));
    }

    private static Contender RedisGetAndHop(TestBed bed, int callers, int size)
    {
        var database = bed.Redis(size);
        return new("StackExchange.Redis, the same", [bed.RedisServer], operations =>
            Workload.RunAsync(callers, operations, (caller, count) => RedisWorkload.GetAndHopAsync(database, size, caller, count)));
    }
}
