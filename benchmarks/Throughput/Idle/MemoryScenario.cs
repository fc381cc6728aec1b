using System.Globalization;

namespace TypedCache.Benchmarks.Throughput;

/// <summary>What a pool keeps for each server to which it is connected, and which nobody asks anything.</summary>
internal sealed class MemoryScenario : IScenario
{
    private const int Servers = 100;
    private const int Size = 100;
    private const int Callers = 64;
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(2);

    public string Name => $"memory, {Servers} servers, connected and idle";

    public async Task MeasureAsync(TestBed bed, int rounds)
    {
        bed.Memcached(Servers, Size);
        await RoundAsync(bed, [], []);
        List<Memory> connected = [];
        List<Memory> used = [];
        for (var round = 0; round < rounds; round++)
        {
            await RoundAsync(bed, connected, used);
        }

        Console.WriteLine();
        Console.WriteLine($"{Name} (bytes per server)");
        Console.WriteLine($"  {"",-44} {"managed",12} {"private",12}");
        Print("connected", connected);
        Print($"after {Callers} callers have used all of them", used);
    }

    private static async Task RoundAsync(TestBed bed, List<Memory> connected, List<Memory> used)
    {
        // What the last round's pool has used is free only when its threads have ended.
        await Task.Delay(Rest);
        var before = Memory.Now();
        var pool = MemcachedPool.Connect(bed.Addresses(Servers));
        await pool.GetVersionsAsync();
        await Task.Delay(Rest);
        connected.Add(Memory.Now() - before);
        var cache = pool.CreateClient<IBenchmarkCache>();
        await Workload.RunAsync(Callers, 100_000, (caller, count) => Workload.GetAtRandomAsync(cache, Size, caller, count));
        await Task.Delay(Rest);
        used.Add(Memory.Now() - before);
        GC.KeepAlive(cache);
        await pool.DisposeAsync();
    }

    private static void Print(string name, List<Memory> samples) => Console.WriteLine(string.Create(
        CultureInfo.InvariantCulture,
        $"  {name,-44} {samples.Median(s => s.Managed) / Servers,12:N0} {samples.Median(s => s.Private) / Servers,12:N0}"));

    private readonly record struct Memory(long Managed, long Private)
    {
        public static Memory operator -(Memory now, Memory before) => new(now.Managed - before.Managed, now.Private - before.Private);

        public static Memory Now()
        {
            // A plain collection leaves free memory with the process: what it then has of its own would depend on earlier rounds.
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
            var own = File.ReadLines("/proc/self/status").First(line => line.StartsWith("RssAnon:", StringComparison.Ordinal));
            return new(GC.GetTotalMemory(forceFullCollection: true), long.Parse(own.Split(' ', StringSplitOptions.RemoveEmptyEntries)[^2], CultureInfo.InvariantCulture) * 1024);
        }
    }
}
