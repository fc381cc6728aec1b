using System.Diagnostics;
using System.Globalization;

namespace TypedCache.Benchmarks.Throughput;

/// <summary>Contenders doing the same work in turn, round after round. The first one is what the others are compared with.</summary>
internal sealed class Scenario(string name, long operations, params Contender[] contenders)
{
    public string Name { get; } = name;

    /// <summary>Measures and prints medians over the rounds, and the median of each round's ratio to the first contender.</summary>
    public async Task MeasureAsync(int rounds)
    {
        var samples = contenders.ToDictionary(contender => contender, _ => new List<Sample>());
        foreach (var contender in contenders)
        {
            await contender.RunAsync(Math.Max(operations / 4, 1));
        }

        for (var round = 0; round < rounds; round++)
        {
            foreach (var contender in contenders)
            {
                samples[contender].Add(await SampleAsync(contender));
            }
        }

        Console.WriteLine();
        Console.WriteLine($"{Name} ({operations:N0} operations a round)");
        Console.WriteLine($"  {"",-44} {"ops/s",12} {"ratio",7} {"client us/op",13} {"server us/op",13} {"B/op",9}");
        foreach (var contender in contenders)
        {
            Print(contender.Name, samples[contender], samples[contenders[0]]);
        }
    }

    // Rounds are compared with themselves: the machine may be twice as fast in one as in the next.
    private static void Print(string name, List<Sample> samples, List<Sample> ceiling)
    {
        var perSecond = Median(samples, sample => sample.PerSecond);
        var ratio = Median(samples.Zip(ceiling), pair => pair.First.PerSecond / pair.Second.PerSecond);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"  {name,-44} {perSecond,12:N0} {ratio,7:0.00} {Median(samples, s => s.ClientMicroseconds),13:0.00} {Median(samples, s => s.ServerMicroseconds),13:0.00} {Median(samples, s => s.Bytes),9:N0}"));
    }

    private async Task<Sample> SampleAsync(Contender contender)
    {
        GC.Collect();
        using var self = Process.GetCurrentProcess();
        var client = self.TotalProcessorTime;
        var server = ServerTime(contender);
        var bytes = GC.GetTotalAllocatedBytes(precise: true);
        var watch = Stopwatch.StartNew();
        await contender.RunAsync(operations);
        watch.Stop();
        self.Refresh();
        return new Sample(
            operations / watch.Elapsed.TotalSeconds,
            (self.TotalProcessorTime - client).TotalMicroseconds / operations,
            (ServerTime(contender) - server).TotalMicroseconds / operations,
            (double)(GC.GetTotalAllocatedBytes(precise: true) - bytes) / operations);
    }

    private static TimeSpan ServerTime(Contender contender) =>
        contender.Servers.Aggregate(TimeSpan.Zero, (sum, server) => sum + server.CpuTime);

    private static double Median<T>(IEnumerable<T> samples, Func<T, double> select)
    {
        var sorted = samples.Select(select).Order().ToArray();
        return sorted[sorted.Length / 2];
    }

    private sealed record Sample(double PerSecond, double ClientMicroseconds, double ServerMicroseconds, double Bytes);
}
