using System.Globalization;

namespace TypedCache.Benchmarks.Throughput;

/// <summary>An ASP.NET Core minimal API whose page reads a cache: the API and its visitors are processes of their own.</summary>
/// <param name="name">How the table calls it.</param>
/// <param name="path">The page.</param>
internal sealed class WebScenario(string name, string path) : IScenario
{
    private const int Size = 100;
    private const double Seconds = 3;

    public string Name { get; } = name;

    public async Task MeasureAsync(TestBed bed, int rounds)
    {
        bed.Redis(Size);
        using var redis = ServerProcess.StartWebApi("redis", bed.RedisServer);
        using var typedCache = ServerProcess.StartWebApi("typedcache", bed.Memcached(1, Size)[0]);
        List<Sample> ofRedis = [];
        List<Sample> ofTypedCache = [];
        await WebLoad.RunAsync(redis.Port, path, Seconds);
        await WebLoad.RunAsync(typedCache.Port, path, Seconds);
        for (var round = 0; round < rounds; round++)
        {
            ofRedis.Add(await SampleAsync(redis, bed.RedisServer));
            ofTypedCache.Add(await SampleAsync(typedCache, bed.Memcached(1)[0]));
        }

        Console.WriteLine();
        Console.WriteLine($"{Name} ({WebLoad.Connections} connections, {Seconds} s a round; latencies in microseconds)");
        Console.WriteLine($"  {"",-40} {"requests/s",11} {"ratio",7} {"p50",8} {"p99",8} {"p99 ratio",10} {"API us/request",15} {"server us/request",18}");
        Print("StackExchange.Redis on redis-server", ofRedis, ofRedis);
        Print("TypedCache", ofTypedCache, ofRedis);
    }

    private async Task<Sample> SampleAsync(ServerProcess api, ServerProcess server)
    {
        var before = (Api: api.CpuTime, Server: server.CpuTime);
        var load = await WebLoad.RunAsync(api.Port, path, Seconds);
        return new Sample(
            load.PerSecond,
            load.P50,
            load.P99,
            (api.CpuTime - before.Api).TotalMicroseconds / load.Requests,
            (server.CpuTime - before.Server).TotalMicroseconds / load.Requests);
    }

    private static void Print(string contender, List<Sample> samples, List<Sample> others) => Console.WriteLine(string.Create(
        CultureInfo.InvariantCulture,
        $"  {contender,-40} {samples.Median(s => s.PerSecond),11:N0} {samples.MedianRatio(others, s => s.PerSecond),7:0.00} {samples.Median(s => s.P50),8:N0} {samples.Median(s => s.P99),8:N0} {samples.MedianRatio(others, s => s.P99),10:0.00} {samples.Median(s => s.Api),15:0.0} {samples.Median(s => s.Server),18:0.0}"));

    private sealed record Sample(double PerSecond, double P50, double P99, double Api, double Server);
}
