namespace TypedCache.Benchmarks.Throughput;

/// <summary>Callers who ask one of many servers, as the hash of the key has it.</summary>
internal static class ManyServersScenarios
{
    private const int Size = 100;

    public static IScenario[] All { get; } =
    [
        new Scenario("many: 3 servers, get 100 B, 64 callers", 1_000_000, bed => [RawRandom(bed, 3, 64), Get(bed, 3, 64), ClosedLoopScenarios.RawRound(bed, 3, Size, 64), ClosedLoopScenarios.Raw(bed, Size, 64)]),
        Many(3, 1_000, 1_000_000),
        Many(10, 64, 500_000),
        Many(10, 1_000, 500_000),
        Many(30, 64, 400_000),
        Many(30, 1_000, 400_000),
        Many(100, 64, 200_000),
        Many(100, 1_000, 200_000),
    ];

    private static Scenario Many(int servers, int callers, long operations) => new(
        $"many: {servers} servers, get 100 B, {callers:N0} callers",
        operations,
        bed => [RawRandom(bed, servers, callers), Get(bed, servers, callers), ClosedLoopScenarios.Raw(bed, Size, callers)]);

    private static Contender Get(TestBed bed, int servers, int callers)
    {
        var cache = bed.Cache(servers, Size);
        return new($"TypedCache, {servers} servers", bed.Memcached(servers), operations =>
            Workload.RunAsync(callers, operations, (caller, count) => Workload.GetAtRandomAsync(cache, Size, caller, count)));
    }

    private static Contender RawRandom(TestBed bed, int count, int inFlight)
    {
        var servers = bed.Memcached(count, Size);
        int[] ports = [.. servers.Select(server => server.Port)];
        return new($"raw sockets, random spread, {inFlight} in flight in all", servers, operations => Task.Run(() =>
        {
            using var raw = new RawRandomSpread(ports, Size);
            raw.Run(operations, inFlight);
        }));
    }
}
