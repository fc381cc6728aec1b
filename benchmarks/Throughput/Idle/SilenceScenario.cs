using System.Globalization;

namespace TypedCache.Benchmarks.Throughput;

/// <summary>What it costs to wait: the processor time which a pool takes while its server says nothing.</summary>
internal sealed class SilenceScenario : IScenario
{
    private const int Callers = 64;
    private static readonly TimeSpan Watched = TimeSpan.FromSeconds(3);

    public string Name => $"waiting, silent server, {Callers} callers";

    public async Task MeasureAsync(TestBed bed, int rounds)
    {
        var idle = new List<double>();
        var waiting = new List<double>();
        for (var round = 0; round < rounds; round++)
        {
            using var server = new SilentServer();
            await using var pool = MemcachedPool.Connect(new MemcachedPoolOptions { OperationTimeout = TimeSpan.FromSeconds(30) }.AddServers(server.Address));
            await pool.GetVersionsAsync();
            idle.Add(await MillisecondsPerSecondAsync());
            var callers = Wait(pool.CreateClient<IBenchmarkCache>());
            waiting.Add(await MillisecondsPerSecondAsync());
            await pool.DisposeAsync();
            await callers;
        }

        Console.WriteLine();
        Console.WriteLine($"{Name} (client CPU in milliseconds per second)");
        Print("nobody waits", idle);
        Print($"{Callers} callers wait", waiting);
    }

    private static Task Wait(IBenchmarkCache cache) => Task.WhenAll(Enumerable.Range(0, Callers).Select(async id =>
    {
        try
        {
            await cache.GetAsync(100, id);
            throw new InvalidOperationException("A silent server has answered.");
        }
        catch (ObjectDisposedException)
        {
        }
    }));

    private static async Task<double> MillisecondsPerSecondAsync()
    {
        await Task.Delay(200);
        var usage = new Usage([]);
        await Task.Delay(Watched);
        return usage.Client.TotalMilliseconds / Watched.TotalSeconds;
    }

    private static void Print(string name, List<double> samples) =>
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {name,-44} {samples.Median(value => value),9:0.0}"));
}
