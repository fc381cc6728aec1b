using System.Globalization;
using TypedCache.Benchmarks.Throughput;

namespace TypedCache.Benchmarks.Near.Compare;

/// <summary>A fleet with each cache in turn, round after round.</summary>
internal static class CompareReport
{
    /// <summary>Measures, and prints a table.</summary>
    /// <param name="output">Where the table goes.</param>
    /// <param name="seconds">For how long each fleet is measured in a round; values live for 5.</param>
    /// <param name="rounds">How many rounds there are.</param>
    public static async Task PrintAsync(TextWriter output, int seconds, int rounds)
    {
        var samples = CompareContender.All.ToDictionary(static contender => contender, static _ => new List<CompareSample>());
        for (var round = 0; round < rounds; round++)
        {
            // Each is measured after each other one, so that none profits by what ran before it.
            foreach (var contender in CompareContender.All.OrderBy(static _ => Random.Shared.Next()).ToArray())
            {
                samples[contender].Add(await CompareFleet.MeasureAsync(contender, TimeSpan.FromSeconds(seconds)));
            }
        }

        PrintLegend(output, seconds, rounds);
        output.WriteLine("| | lookups/s | CPU ns | B allocated | near hits | B from memcached | oldest by key ms | oldest by tag ms | creates/s | creates per expiry |");
        output.WriteLine("|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|");
        foreach (var contender in CompareContender.All)
        {
            output.WriteLine(Row(contender, samples[contender]));
        }
    }

    private static void PrintLegend(TextWriter output, int seconds, int rounds)
    {
        output.WriteLine(
            $"""
            `dotnet run -c Release --project benchmarks/Near -- compare {seconds} {rounds}`: {Environment.ProcessorCount} cores, .NET {Environment.Version};
            medians of {rounds} interleaved rounds of {seconds} s. {CompareFleet.Nodes} nodes in one process, each with its own pool and cache and
            {CompareFleet.CallersPerNode} callers without pauses, read {OfferKeys.Offers} values by Zipf 0.99 from one memcached. A value lives for {CompareTimes.Expires.TotalSeconds} s,
            is near for {CompareTimes.Near.TotalSeconds} s, and takes {Truth.CreateTime.TotalMilliseconds} ms to create. Each 100 ms the first node changes and removes one of the {Truth.HotOffers}
            hottest; with tags, each fifth time all values of one of {OfferKeys.Categories} categories.

            - lookups/s: at all nodes. CPU ns: processor time of the process, without memcached's, for each of them; other programs disturb it less.
            - B allocated, B from memcached: for each lookup, with all that is done for it: creates, stores, removals.
            - near hits: lookups that had their value when the call returned, so that nobody had to be asked. Who is faster finds more near.
            - oldest by key, by tag: for how long a value that was given out had been removed when its lookup began, at any node, the worst of
              all rounds. The removal counts from when its call was complete; the clock ticks each 1 to 4 ms.
            - creates per expiry: creates at all nodes for each one that was needed: the first of a key, and the first after its expiry, change or removal.

            """);
    }

    private static string Row(CompareContender contender, List<CompareSample> samples)
    {
        var byTag = contender.HasTags ? samples.Max(static sample => sample.OldestByTag).ToString("#,0", CultureInfo.InvariantCulture) : "";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"| {contender.Name} | {samples.Median(static sample => sample.Throughput):#,0} | {samples.Median(static sample => sample.Processor):#,0} | {samples.Median(static sample => sample.Allocated):0} | {samples.Median(static sample => sample.NearHits):0.0%} | {samples.Median(static sample => sample.Received):0.0} | {samples.Max(static sample => sample.OldestByKey):#,0} | {byTag} | {samples.Median(static sample => sample.Creates):#,0} | {samples.Median(static sample => sample.CreatesPerExpiry):0.00} |");
    }
}
