using System.Diagnostics;
using System.Globalization;
using TypedCache.Benchmarks.Throughput;

namespace TypedCache.Benchmarks.Near.Speed;

/// <summary>What a near hit costs, beside hits of the first levels of others: all contenders in turn, round after round.</summary>
internal static class SpeedReport
{
    private const int Ids = 1000;
    private const int Callers = 8;
    private const int SmallestWarmUp = 3;

    // Keys in an order which the processor cannot foresee, and of which all caches get the same.
    private static readonly int[][] Orders = [.. Enumerable.Range(0, Callers).Select(static caller => OrderOf(caller))];

    /// <summary>Measures, and prints a table.</summary>
    /// <param name="output">Where the table goes.</param>
    /// <param name="rounds">How many rounds are measured.</param>
    /// <param name="operations">How many reads each contender does in a round with one caller, and again with all.</param>
    public static async Task PrintAsync(TextWriter output, int rounds, int operations)
    {
        using var memcached = ServerProcess.StartMemcached();
        await using var pool = MemcachedPool.Connect(memcached.Address);
        var contenders = SpeedContenders.Make(pool);
        await FillAsync(contenders);
        var samples = contenders.ToDictionary(static contender => contender, static _ => new List<SpeedSample>());
        for (var round = -SmallestWarmUp; round < rounds; round++)
        {
            // Each is measured after each other one, so that none profits by what ran before it.
            foreach (var contender in contenders.OrderBy(static _ => Random.Shared.Next()).ToArray())
            {
                var sample = await SampleAsync(contender, operations);
                if (round >= 0)
                {
                    samples[contender].Add(sample);
                }
            }
        }

        output.WriteLine($"{Environment.ProcessorCount} cores, .NET {Environment.Version}; medians of {rounds} interleaved rounds of {operations} hits, {Ids} keys in random order");
        output.WriteLine();
        output.WriteLine($"| | 1 caller ns | ratio | {Callers} callers ns | ratio | B/call | synchronous |");
        output.WriteLine("|---|---:|---:|---:|---:|---:|---:|");
        foreach (var contender in contenders)
        {
            output.WriteLine(Row(contender.Name, samples[contender], samples[contenders[0]]));
            contender.Dispose();
        }
    }

    // The last one first: the get, which creates nothing, comes first.
    private static async Task FillAsync(ISpeedContender[] contenders)
    {
        int[] all = [.. Enumerable.Range(0, Ids)];
        foreach (var contender in contenders.Reverse())
        {
            await contender.ReadAsync(all, all.Length);
        }
    }

    private static int[] OrderOf(int caller)
    {
        var random = new Random(caller);
        return [.. Enumerable.Range(0, 16 * Ids).Select(_ => random.Next(Ids))];
    }

    private static async Task<SpeedSample> SampleAsync(ISpeedContender contender, int operations)
    {
        // What another has left is not collected on its account, and what has expired is read again before.
        GC.Collect();
        await contender.ReadAsync(Orders[0], Ids * 4);
        var bytes = GC.GetTotalAllocatedBytes(precise: true);
        var alone = Stopwatch.StartNew();
        var synchronous = await contender.ReadAsync(Orders[0], operations);
        alone.Stop();
        bytes = GC.GetTotalAllocatedBytes(precise: true) - bytes;
        var together = await TogetherAsync(contender, operations / Callers);
        return new SpeedSample(
            alone.Elapsed.TotalNanoseconds / operations,
            together.TotalNanoseconds / (operations / Callers * Callers),
            (double)bytes / operations,
            (double)synchronous / operations);
    }

    // On threads of their own: a hit gives none back to the thread pool.
    private static async Task<TimeSpan> TogetherAsync(ISpeedContender contender, int operations)
    {
        using var start = new Barrier(Callers + 1);
        var callers = Orders.Select(order => Task.Factory.StartNew(
            () =>
            {
                start.SignalAndWait();
                contender.ReadAsync(order, operations).GetAwaiter().GetResult();
            },
            CancellationToken.None,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default)).ToArray();
        start.SignalAndWait();
        var watch = Stopwatch.StartNew();
        await Task.WhenAll(callers);
        return watch.Elapsed;
    }

    private static string Row(string name, List<SpeedSample> samples, List<SpeedSample> first) => string.Create(
        CultureInfo.InvariantCulture,
        $"| {name} | {samples.Median(static sample => sample.Alone):0} | {samples.MedianRatio(first, static sample => sample.Alone):0.0} | {samples.Median(static sample => sample.Together):0} | {samples.MedianRatio(first, static sample => sample.Together):0.0} | {samples.Median(static sample => sample.Bytes):0} | {samples.Median(static sample => sample.Synchronous):0.0%} |");
}
