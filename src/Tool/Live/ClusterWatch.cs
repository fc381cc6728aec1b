using System.Diagnostics;

namespace TypedCache.Tool.Live;

/// <summary>Looks at a cluster again and again.</summary>
/// <param name="pool">The cluster.</param>
/// <param name="hot">Finds the hot patterns; null: nobody wants them.</param>
internal sealed class ClusterWatch(MemcachedPool pool, HotPatterns? hot) : IDisposable
{
    private static readonly TimeSpan LongestWindow = TimeSpan.FromMilliseconds(500);

    private readonly Dictionary<MemcachedServer, LatencyProbe> _probes = pool.Servers.ToDictionary(server => server, server => new LatencyProbe(server));
    private Dictionary<MemcachedServer, ServerSample> _before = [];
    private long _lookedAt = Stopwatch.GetTimestamp();

    /// <summary>Waits for an interval, and tells what happened meanwhile. The first one needs <see cref="BeginAsync"/>.</summary>
    public async Task<ClusterView> NextAsync(TimeSpan interval, CancellationToken cancellationToken)
    {
        IReadOnlyList<HotPattern> hottest = [];
        if (hot is not null)
        {
            var window = interval / 4 < LongestWindow ? interval / 4 : LongestWindow;
            await Task.Delay(interval - window - Stopwatch.GetElapsedTime(_lookedAt) is { Ticks: > 0 } rest ? rest : TimeSpan.Zero, cancellationToken);
            hottest = await hot.SampleAsync(pool.Servers, window, cancellationToken);
        }

        await Task.Delay(interval - Stopwatch.GetElapsedTime(_lookedAt) is { Ticks: > 0 } left ? left : TimeSpan.Zero, cancellationToken);
        return await LookAsync(hottest, cancellationToken);
    }

    /// <summary>Looks for the first time.</summary>
    public Task<ClusterView> BeginAsync(CancellationToken cancellationToken) => LookAsync([], cancellationToken);

    public void Dispose()
    {
        foreach (var probe in _probes.Values)
        {
            probe.Dispose();
        }
    }

    private async Task<ClusterView> LookAsync(IReadOnlyList<HotPattern> hottest, CancellationToken cancellationToken)
    {
        var replies = await pool.GetStatsAsync(cancellationToken: cancellationToken);
        var seconds = Stopwatch.GetElapsedTime(_lookedAt).TotalSeconds;
        _lookedAt = Stopwatch.GetTimestamp();
        var latencies = await Task.WhenAll(replies.Select(reply => reply.Answered ? _probes[reply.Server].MeasureAsync(cancellationToken) : Task.FromResult<double?>(null)));
        var now = replies.Where(reply => reply.Answered).ToDictionary(reply => reply.Server, reply => ServerSample.Of(reply.Value!));
        var servers = replies.Select((reply, i) => reply.Answered
            ? ServerRates.Between(reply.Server.Name, _before.GetValueOrDefault(reply.Server), now[reply.Server], seconds) with { Latency = latencies[i] }
            : new ServerRates(reply.Server.Name) { Error = reply.Error!.Message }).ToList();
        _before = now;
        return new ClusterView(DateTimeOffset.Now, seconds, servers, hottest);
    }
}
