using System.Diagnostics;
using System.Globalization;
using TypedCache.Benchmarks.Throughput;

namespace TypedCache.Benchmarks.Near.Compare;

/// <summary>Three nodes with one cache, each with a pool of its own, over one memcached.</summary>
internal sealed class CompareFleet : IAsyncDisposable
{
    public const int Nodes = 3;
    public const int CallersPerNode = 64;

    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(3);

    private readonly ServerProcess _memcached;
    private readonly MemcachedPool[] _pools;
    private readonly ICompareNode[] _nodes;
    private readonly Truth _truth;
    private readonly Caller[] _callers;
    private readonly Updater _updater;

    private CompareFleet(CompareContender contender, TimeSpan duration)
    {
        _memcached = ServerProcess.StartMemcached();
        _truth = new Truth(Updater.MostChanges(WarmUp) + Updater.MostChanges(duration));
        _pools = [.. Enumerable.Range(0, Nodes).Select(_ => MemcachedPool.Connect(_memcached.Address))];
        _nodes = [.. _pools.Select(pool => contender.Open(pool, _truth))];
        _callers = [.. Enumerable.Range(0, Nodes * CallersPerNode).Select(caller => new Caller(_nodes[caller % Nodes], _truth, caller))];
        _updater = new Updater(_nodes[0], _truth, contender.HasTags);
    }

    /// <summary>Starts a fleet, warms it up and measures it.</summary>
    public static async Task<CompareSample> MeasureAsync(CompareContender contender, TimeSpan duration)
    {
        await using var fleet = new CompareFleet(contender, duration);
        await fleet.LoadAsync(WarmUp);
        return await fleet.MeasureAsync(duration);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var node in _nodes)
        {
            node.Dispose();
        }

        foreach (var pool in _pools)
        {
            await pool.DisposeAsync();
        }

        _memcached.Dispose();
    }

    private async Task<CompareSample> MeasureAsync(TimeSpan duration)
    {
        // What others have left is not collected on its account.
        GC.Collect();
        _truth.Creates.Reset();
        var sent = await BytesSentAsync();
        var allocated = GC.GetTotalAllocatedBytes(precise: true);
        var processor = Environment.CpuUsage.TotalTime;
        var watch = Stopwatch.StartNew();
        var tallies = await LoadAsync(duration);
        watch.Stop();
        processor = Environment.CpuUsage.TotalTime - processor;
        allocated = GC.GetTotalAllocatedBytes(precise: true) - allocated;
        sent = await BytesSentAsync() - sent;
        var lookups = (double)tallies.Sum(static tally => tally.Lookups);
        return new CompareSample(
            lookups / watch.Elapsed.TotalSeconds,
            processor.TotalNanoseconds / lookups,
            allocated / lookups,
            tallies.Sum(static tally => tally.NearHits) / lookups,
            sent / lookups,
            tallies.Max(static tally => tally.OldestByKey),
            tallies.Max(static tally => tally.OldestByTag),
            _truth.Creates.All / watch.Elapsed.TotalSeconds,
            (double)_truth.Creates.All / _truth.Creates.Needed);
    }

    private async Task<Tally[]> LoadAsync(TimeSpan duration)
    {
        var ends = Environment.TickCount64 + (long)duration.TotalMilliseconds;
        var updates = Task.Factory.StartNew(() => _updater.Change(ends), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        var tallies = await Task.WhenAll(_callers.Select(caller => Task.Run(() => caller.ReadAsync(ends))));
        await updates;
        return tallies;
    }

    private async ValueTask<long> BytesSentAsync() =>
        long.Parse((await _pools[0].GetStatsAsync())[0].Value!["bytes_written"], CultureInfo.InvariantCulture);
}
