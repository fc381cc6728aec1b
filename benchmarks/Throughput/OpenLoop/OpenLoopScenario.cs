using System.Globalization;

namespace TypedCache.Benchmarks.Throughput;

/// <summary>Requests which start at their own times, whether or not earlier ones have been answered.</summary>
/// <param name="name">How the table calls it.</param>
/// <param name="rate">Requests per second.</param>
/// <param name="prepare">Starts what the contenders need, and makes them. The first one is what the others are compared with.</param>
internal sealed class OpenLoopScenario(string name, int rate, Func<TestBed, OpenLoopContender[]> prepare) : IScenario
{
    private const int Seconds = 3;

    // What starts nothing shows what starting costs; the others' processor time is shown without it.
    private static readonly OpenLoopContender Schedule = new("the schedule alone", [], log => (first, count) =>
    {
        for (var operation = first; operation < first + count; operation++)
        {
            log.Complete(operation);
        }
    });

    public string Name { get; } = name;

    public async Task MeasureAsync(TestBed bed, int rounds)
    {
        var contenders = prepare(bed);
        var samples = contenders.ToDictionary(contender => contender, _ => new List<OpenLoopSample>());
        foreach (var contender in contenders)
        {
            await contender.RunAsync(new LatencyLog(rate, rate));
        }

        for (var round = 0; round < rounds; round++)
        {
            var idle = await SampleAsync(Schedule);
            foreach (var contender in contenders)
            {
                var sample = await SampleAsync(contender);
                samples[contender].Add(sample with { ClientMicroseconds = sample.ClientMicroseconds - idle.ClientMicroseconds });
            }
        }

        Console.WriteLine();
        Console.WriteLine($"{Name} ({Seconds} s a round; microseconds from the intended start)");
        Console.WriteLine($"  {"",-40} {"ops/s",9} {"p50",9} {"p99",9} {"p99.9",9} {"max",9} {"p50 ratio",10} {"p99 ratio",10} {"client us/op",13} {"server us/op",13} {"B/op",7} {"failed",7}");
        foreach (var contender in contenders)
        {
            Print(contender.Name, samples[contender], samples[contenders[0]]);
        }
    }

    private static void Print(string name, List<OpenLoopSample> samples, List<OpenLoopSample> ceiling)
    {
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"  {name,-40} {samples.Median(s => s.Reached),9:N0} {samples.Median(s => s.P50),9:N0} {samples.Median(s => s.P99),9:N0} {samples.Median(s => s.P999),9:N0} {samples.Median(s => s.Max),9:N0} {samples.MedianRatio(ceiling, s => s.P50),10:0.00} {samples.MedianRatio(ceiling, s => s.P99),10:0.00} {samples.Median(s => s.ClientMicroseconds),13:0.00} {samples.Median(s => s.ServerMicroseconds),13:0.00} {samples.Median(s => s.Bytes),7:N0} {samples.Sum(s => s.Failed),7:N0}"));
        if (samples.Find(sample => sample.Failure is not null)?.Failure is { } failure)
        {
            Console.WriteLine($"    the first failure: {failure.GetType().Name}: {failure.Message}");
        }
    }

    private async Task<OpenLoopSample> SampleAsync(OpenLoopContender contender)
    {
        var log = new LatencyLog(rate, rate * Seconds);
        var usage = new Usage(contender.Servers);
        await contender.RunAsync(log);
        return OpenLoopSample.Of(log, usage);
    }
}
