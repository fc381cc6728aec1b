using TypedCache;
using TypedCache.Benchmarks.GetOrCreate;
using TypedCache.Benchmarks.Throughput;

// dotnet run -c Release --project benchmarks/GetOrCreate -- [seconds per fleet, 10 or more] [rounds of hits]
if (args is [FleetMember.Argument, var contender, var address, var duration])
{
    await FleetMember.RunAsync(contender, address, TimeSpan.FromSeconds(int.Parse(duration)));
    return;
}

var seconds = args.Length > 0 ? int.Parse(args[0]) : 22;
var rounds = args.Length > 1 ? int.Parse(args[1]) : 100;
using var memcached = ServerProcess.StartMemcached();
await using var pool = MemcachedPool.Connect(memcached.Address);
Console.WriteLine($"{Environment.ProcessorCount} cores, .NET {Environment.Version}, memcached {(await pool.GetVersionsAsync())[0].Value}");

FleetReport.PrintHeader(seconds);
foreach (var name in FleetContenders.Names)
{
    FleetReport.Print(name, await Fleet.RunAsync(name, memcached.Address, seconds));
}

using var redis = ServerProcess.StartRedis();
await HitCosts.MeasureAsync(pool, redis.Address, rounds);
