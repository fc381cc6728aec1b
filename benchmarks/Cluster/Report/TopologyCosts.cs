using System.Diagnostics;
using System.Globalization;
using TypedCache.Benchmarks.Cluster.Load;
using TypedCache.Benchmarks.Cluster.Topologies;

namespace TypedCache.Benchmarks.Cluster.Report;

/// <summary>What each strategy costs with many servers, and how evenly it spreads keys.</summary>
internal static class TopologyCosts
{
    private const int Rounds = 5;
    private const int Sample = 1_000_000;

    public static void Print(KeySpace keys, int servers)
    {
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Topology of {servers:#,0} servers"));
        Console.WriteLine();
        Console.WriteLine("| Strategy | Build | Allocated | Find | Fullest server | Servers without a key | Moved by 10 % more |");
        Console.WriteLine("|---|--:|--:|--:|--:|--:|--:|");
        foreach (var contender in Contender.All)
        {
            Print(keys, servers, contender);
        }

        Console.WriteLine();
    }

    private static void Print(KeySpace keys, int servers, Contender contender)
    {
        var list = Enumerable.Range(0, servers).Select(ServerNames.Of).ToList();
        var (time, bytes) = MeasureBuild(() => contender.Create(list));
        var strategy = contender.Create(list);
        var larger = contender.Create([.. Enumerable.Range(0, servers + (servers / 10)).Select(ServerNames.Of)]);
        var counts = new int[servers];
        var moved = 0;
        var sample = Math.Min(Sample, keys.Count);
        var started = Stopwatch.GetTimestamp();
        for (var rank = 0; rank < sample; rank++)
        {
            counts[strategy.Find(keys[rank])]++;
        }

        var find = Stopwatch.GetElapsedTime(started).TotalNanoseconds / sample;
        for (var rank = 0; rank < sample; rank++)
        {
            moved += strategy.Find(keys[rank]) == larger.Find(keys[rank]) ? 0 : 1;
        }

        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"| {contender.Name} | {time.TotalMilliseconds:0.0} ms | {bytes / 1e6:0.00} MB | {find:#,0} ns | {(double)counts.Max() * servers / sample:0.00} x | {counts.Count(count => count == 0):#,0} | {100.0 * moved / sample:0.0} % |"));
    }

    private static (TimeSpan Time, long Bytes) MeasureBuild(Func<object> build)
    {
        build();
        var times = new List<TimeSpan>();
        var bytes = 0L;
        for (var round = 0; round < Rounds; round++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            var started = Stopwatch.GetTimestamp();
            GC.KeepAlive(build());
            times.Add(Stopwatch.GetElapsedTime(started));
            bytes = GC.GetAllocatedBytesForCurrentThread() - before;
        }

        times.Sort();
        return (times[Rounds / 2], bytes);
    }
}
