using System.Diagnostics;
using TypedCache.Integration.Tests.Stress;
using TypedCache.Tests.Near;

namespace TypedCache.Integration.Tests.Near;

/// <summary>
/// Several processes read and write in all ways, with values and the versions of tags kept near, while servers evict, are flushed, restart
/// and change. What a read gives is never older than the two bounds of docs/near-cache.md and docs/tags.md allow: what its own process has
/// completed, and what any process had completed before the time for which values are kept.
/// </summary>
[Collection(nameof(RunsAlone))]
public sealed class NearScheduleTests
{
    private const int Rounds = 6;

    [Fact]
    public async Task No_read_gives_what_is_older_than_both_bounds()
    {
        const int Target = 1_200_000;
        using var fleet = new NearFleet(static _ => { });
        var truth = new NearTruth(NearKeys.Count, fleet.All.Length, TimeProvider.System, NearKeys.LengthOf);
        var counts = new NearCounts();
        long evictions = 0;
        var watch = Stopwatch.StartNew();
        for (var round = 1; round <= Rounds; round++)
        {
            await Task.WhenAll(
                from member in fleet.All
                from place in Enumerable.Range(0, NearFleet.Callers)
                let caller = new NearCaller(truth, member, place, counts, (round * 1000) + (member.Number * 100) + place)
                select Task.Run(() => RunAsync(caller.StepAsync, counts, Target / Rounds * round, Target / 36, member.Number + place == 0 ? () => fleet.DisturbAsync(truth) : null)));
            await fleet.SettleAsync();
            evictions += await fleet.EvictionsAsync();
            await fleet.ChangeServersAsync(truth);
        }

        TestFigures.Report("near schedule", $"""
            {watch.Elapsed.TotalSeconds:0} s, {fleet.All.Length} pools, 2 servers: {counts.Operations} operations, {counts.Hits} near hits, {truth.Checked} values checked, {counts.Writes} writes, {counts.Created} creates, {counts.Failed} failed
              {fleet.Restarts} restarts, {fleet.Flushes} flushes, {fleet.Topologies} topologies, {evictions} evictions, wrong {truth.Wrong.Count}
            """);
        Assert.Empty(truth.Wrong);
        Assert.True(counts.Operations >= 1_000_000 && counts.Hits > counts.Operations / 2 && counts.Writes > 1000 && counts.Created > 1000, "a run without hits and writes proves nothing");
        Assert.True(fleet.Restarts > 8 && fleet.Flushes > 3 && evictions > 0, "nothing has happened to the servers");
    }

    [Theory]
    [InlineData(MemcachedProtocol.Auto)]
    [InlineData(MemcachedProtocol.Classic)]
    public async Task No_read_gives_what_was_made_before_a_change_of_its_tags_that_it_has_to_see(MemcachedProtocol protocol)
    {
        var target = protocol == MemcachedProtocol.Auto ? 300_000 : 60_000;
        using var fleet = new NearFleet(options => options.Protocol = protocol);
        var truth = new TagTruth(TaggedCaller.Keys, TaggedCaller.Tags, fleet.All.Length, TimeProvider.System, hasLeases: protocol == MemcachedProtocol.Auto);
        var others = new NearTruth(NearKeys.Count, fleet.All.Length, TimeProvider.System, NearKeys.LengthOf);
        var counts = new NearCounts();
        var watch = Stopwatch.StartNew();
        await Task.WhenAll(
            from member in fleet.All
            from place in Enumerable.Range(0, NearFleet.Callers)
            let caller = new TaggedCaller(truth, member, place, counts, (member.Number * 100) + place)
            select Task.Run(() => RunAsync(caller.StepAsync, counts, target, target / 14, member.Number + place == 0 ? () => fleet.DisturbAsync(others) : null)));

        TestFigures.Report($"tag schedule, {protocol}", $"""
            {watch.Elapsed.TotalSeconds:0} s, {fleet.All.Length} pools, 2 servers: {counts.Operations} operations, {counts.Hits} near hits, {truth.Checked} values checked, {counts.Writes} writes, {counts.Created} creates, {counts.Failed} failed
              {fleet.Restarts} restarts, {fleet.Flushes} flushes, wrong {truth.Wrong.Count}
            """);
        Assert.Empty(truth.Wrong);
        Assert.True(truth.Checked > counts.Operations / 4 && counts.Writes > 100 && counts.Created > 100 && fleet.Restarts > 1, "a run without values, writes and restarts proves nothing");
    }

    // One caller among them sees to it that something happens to the servers.
    private static async Task RunAsync(Func<Task> step, NearCounts counts, int target, int distance, Func<Task>? disturb)
    {
        var next = Volatile.Read(ref counts.Operations) + distance;
        while (Volatile.Read(ref counts.Operations) < target)
        {
            await step();
            if (disturb is not null && Volatile.Read(ref counts.Operations) >= next)
            {
                await disturb();
                next += distance;
            }
        }
    }
}
