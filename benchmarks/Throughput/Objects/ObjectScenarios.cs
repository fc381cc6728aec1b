namespace TypedCache.Benchmarks.Throughput;

/// <summary>Many small objects with one call. An operation is one object.</summary>
internal static class ObjectScenarios
{
    private const int Callers = 16;
    private const int Size = 100;
    private const long Operations = Callers * ObjectWorkload.BatchSize * 2_000L;

    public static IScenario[] All { get; } =
    [
        .. new[] { 1, 3 }.Select(servers => new Scenario(
            $"objects, multi-get of 77, 16 callers, {Said(servers)}", Operations, bed => [Raw(bed, servers), GetMany(bed, servers), GetManyAndHop(bed, servers), GetManyBytes(bed, servers)])),
        .. new[] { 1, 3 }.Select(servers => new Scenario(
            $"objects, get-or-create of 77, 16 callers, {Said(servers)}", Operations, bed => [GetMany(bed, servers), GetOrCreateMany(bed, servers), GetOrCreateManyStale(bed, servers)])),
    ];

    private static string Said(int servers) => servers == 1 ? "1 server" : $"{servers} servers";

    private static Contender Raw(TestBed bed, int servers)
    {
        bed.Objects(servers);
        string[][] keys = [.. Enumerable.Range(0, Callers).Select(caller => Workload.BatchIds(caller, ObjectWorkload.BatchSize).Select(id => $"objects:item:{id}").ToArray())];
        return new("raw sockets, classic get, nothing decoded", bed.Memcached(servers), operations => Task.Run(() =>
        {
            using var raw = new RawBatches(bed.Pool(servers), keys);
            raw.Run(operations / ObjectWorkload.BatchSize);
        }));
    }

    private static Contender GetMany(TestBed bed, int servers) => Read(bed, servers, "TypedCache, multi-get", ObjectWorkload.GetManyAsync);

    private static Contender GetManyAndHop(TestBed bed, int servers) =>
        Read(bed, servers, "TypedCache, callers continue on the thread pool", ObjectWorkload.GetManyAndHopAsync);

    private static Contender GetOrCreateMany(TestBed bed, int servers) =>
        Read(bed, servers, "TypedCache, get-or-create of many", ObjectWorkload.GetOrCreateManyAsync);

    private static Contender GetOrCreateManyStale(TestBed bed, int servers) =>
        Read(bed, servers, "TypedCache, get-or-create of many, with Stale", ObjectWorkload.GetOrCreateManyStaleAsync);

    private static Contender GetManyBytes(TestBed bed, int servers)
    {
        var cache = bed.Cache(servers, Size);
        return new("TypedCache, multi-get of byte[100]", bed.Memcached(servers), operations =>
            Workload.RunAsync(Callers, operations, (caller, count) => ObjectWorkload.GetManyBytesAsync(cache, Size, caller, count)));
    }

    private static Contender Read(TestBed bed, int servers, string name, Func<IObjectCache, int, long, Task> readAsync)
    {
        var cache = bed.Objects(servers);
        return new(name, bed.Memcached(servers), operations =>
            Workload.RunAsync(Callers, operations, (caller, count) => readAsync(cache, caller, count)));
    }
}
