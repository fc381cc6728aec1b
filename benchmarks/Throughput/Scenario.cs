using System.Diagnostics;
using System.Globalization;

namespace TypedCache.Benchmarks.Throughput;

/// <summary>Contenders doing the same work in turn, round after round. The first one is what the others are compared with.</summary>
/// <param name="name">How the table calls it.</param>
/// <param name="operations">How many operations a round has.</param>
/// <param name="prepare">Starts what the contenders need, and makes them.</param>
internal sealed class Scenario(string name, long operations, Func<TestBed, Contender[]> prepare) : IScenario
{
    public string Name { get; } = name;

    /// <summary>Measures and prints medians over the rounds, and the median of each round's ratio to the first contender.</summary>
    public async Task MeasureAsync(TestBed bed, int rounds)
    {
        var contenders = prepare(bed);
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
        Console.WriteLine($"  {"",-48} {"ops/s",12} {"us/op",8} {"ratio",7} {"client us/op",13} {"server us/op",13} {"B/op",9}");
        foreach (var contender in contenders)
        {
            Print(contender.Name, samples[contender], samples[contenders[0]]);
        }
    }

    private static void Print(string name, List<Sample> samples, List<Sample> ceiling)
    {
        var perSecond = samples.Median(sample => sample.PerSecond);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"  {name,-48} {perSecond,12:N0} {1e6 / perSecond,8:0.00} {samples.MedianRatio(ceiling, s => s.PerSecond),7:0.00} {samples.Median(s => s.ClientMicroseconds),13:0.00} {samples.Median(s => s.ServerMicroseconds),13:0.00} {samples.Median(s => s.Bytes),9:N0}"));
    }

    private async Task<Sample> SampleAsync(Contender contender)
    {
        var usage = new Usage(contender.Servers);
        var watch = Stopwatch.StartNew();
        await contender.RunAsync(operations);
        watch.Stop();
        return new Sample(
            operations / watch.Elapsed.TotalSeconds,
            usage.Client.TotalMicroseconds / operations,
            usage.Server.TotalMicroseconds / operations,
            (double)usage.Bytes / operations);
    }

    private sealed record Sample(double PerSecond, double ClientMicroseconds, double ServerMicroseconds, double Bytes);
}
