namespace TypedCache.AspNetCore.Dashboard;

/// <summary>Makes samples of what has been recorded, and of the state of the servers. One thread at a time uses it.</summary>
internal sealed class Sampler
{
    private readonly Recorder _recorder;
    private readonly TimeProvider _time;
    private readonly ServerSampler[] _pools;
    private readonly TemplateSampler _templates;
    private readonly DurationWindow _reads;
    private readonly DurationWindow _creates;
    private readonly DurationWindow _leaseWaits;
    private readonly string _recording = Guid.NewGuid().ToString("N");
    private readonly long _started;

    /// <summary>Makes one.</summary>
    /// <param name="recorder">What has been recorded.</param>
    /// <param name="pools">The pools.</param>
    /// <param name="time">The clock.</param>
    /// <param name="ended">Cancelled when no more samples are wanted.</param>
    public Sampler(Recorder recorder, ShownPools pools, TimeProvider time, CancellationToken ended)
    {
        _recorder = recorder;
        _time = time;
        _started = time.GetTimestamp();
        _pools = [.. pools.All.Select((pool, index) => new ServerSampler(pool, pools.NameOf(index), recorder, time, ended))];
        _templates = new TemplateSampler(recorder.Templates);
        _reads = new DurationWindow(recorder.ReadDurations.Histogram);
        _creates = new DurationWindow(recorder.CreateDurations.Histogram);
        _leaseWaits = new DurationWindow(recorder.LeaseWaitDurations.Histogram);
    }

    /// <summary>Takes one.</summary>
    public SampleFrames Take()
    {
        _recorder.Observe();
        var (names, rows) = _templates.Advance();
        var sample = new Sample
        {
            Recording = _recording,
            Seconds = Math.Round(_time.GetElapsedTime(_started).TotalSeconds, 3),
            Totals = _templates.Totals,
            Reads = _reads.Advance(),
            Creates = _creates.Advance(),
            LeaseWaits = _leaseWaits.Advance(),
            LeaseWaitCount = _recorder.LeaseWaits.Value,
            Creations = _recorder.Creations.Read(),
            Near = new NearView(_recorder.Near.Hits, _recorder.Near.Lookups, _recorder.NearItems.Value, _recorder.NearBytes.Value),
            Failovers = _recorder.Failovers.Total,
            Failures = _recorder.Failures.Total,
            WarmUpReads = _recorder.WarmUpReads.Value,
            Pools = [.. _pools.Select(static pool => pool.Take())],
            Comparisons = [.. _recorder.Comparisons.Select(static compared => compared.Advance())],
            TemplateCount = _templates.Count,
            Names = names,
            Templates = rows,
        };
        return new SampleFrames(sample, () => sample with { Names = _templates.Names, Templates = _templates.Rows });
    }
}
