using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.Caching.StackExchangeRedis;
using TypedCache;
using TypedCache.Benchmarks.Adapters;
using TypedCache.Benchmarks.Throughput;
using TypedCache.Caching;

// dotnet run -c Release --project benchmarks/Adapters -- [rounds] [part of a load's name]
var rounds = args.Length > 0 ? int.Parse(args[0]) : 5;
var filter = args.Length > 1 ? args[1] : "";
var time = TimeSpan.FromSeconds(1);

using var memcached = ServerProcess.StartMemcached();
using var redisServer = ServerProcess.StartRedis();
await using var pool = MemcachedPool.Connect(memcached.Address);
using var redis = new RedisCache(new RedisCacheOptions { Configuration = redisServer.Address, InstanceName = "dc:" });
Contender[] contenders =
[
    new PoolContender(pool),
    new CacheContender("TypedCacheDistributedCache", new TypedCacheDistributedCache(pool, new TypedCacheDistributedCacheOptions { InstanceName = "dc:" })),
    new CacheContender("RedisCache", (IBufferDistributedCache)redis),
];

Console.WriteLine($"{Environment.ProcessorCount} cores, .NET {Environment.Version}, medians of {rounds} interleaved rounds");
foreach (var load in Load.All.Where(load => load.Name.Contains(filter, StringComparison.OrdinalIgnoreCase)))
{
    var samples = contenders.ToDictionary(contender => contender, _ => new List<Sample>());
    foreach (var contender in contenders)
    {
        await load.PrepareAsync(contender);
        await load.MeasureAsync(contender, time);
    }

    for (var round = 0; round < rounds; round++)
    {
        foreach (var contender in contenders)
        {
            samples[contender].Add(await load.MeasureAsync(contender, time));
        }
    }

    Console.WriteLine($"{load.Name}, 1 KiB, 64 callers");
    var first = samples[contenders[0]];
    foreach (var (contender, own) in samples)
    {
        Console.WriteLine(
            $"  {contender.Name,-28} {own.Median(sample => sample.PerSecond),9:N0}/s  ratio {own.MedianRatio(first, sample => sample.PerSecond):0.00}  " +
            $"p99 {own.Median(sample => sample.P99),7:N0} us  {own.Median(sample => sample.Bytes),6:N0} bytes/op  {own.Median(sample => sample.Cpu),6:0.00} us client CPU/op");
    }
}
