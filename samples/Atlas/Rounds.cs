namespace Atlas;

/// <summary>
/// Measures look-ups in three rounds, which are the same in each: from SQLite alone, with an empty cache in front of it, and with the cache
/// as that left it.
/// </summary>
internal sealed class Rounds(ConcurrentCallers callers, Report report)
{
    private const int WarmUpPart = 4;

    /// <summary>Measures and reports them.</summary>
    /// <returns>The round from SQLite alone.</returns>
    public async Task<Measurement> MeasureAsync<T>(Comparison<T> comparison)
    {
        report.WriteTableHead(comparison.Title);
        using (report.ShowProgress("warm-up, not measured", callers))
        {
            await WarmUpAsync(comparison);
            await comparison.EmptyCache();
        }

        var alone = await MeasureAsync("SQLite alone", comparison, comparison.AskDatabase);
        report.WriteRow(alone, alone);
        var cold = await MeasureCachedAsync("cold cache", comparison);
        report.WriteRow(cold, alone);
        var warm = await MeasureCachedAsync("warm cache", comparison, comparison.WarmPasses);
        report.WriteRow(warm, alone);
        report.WriteVerdict(warm.PerSecond / alone.PerSecond, comparison.Why);
        return alone;
    }

    // The just-in-time compiler would slow down whichever round comes first.
    private async Task WarmUpAsync<T>(Comparison<T> comparison)
    {
        T[] part = [.. comparison.Items.Take(Math.Max(1, comparison.Items.Count / WarmUpPart))];
        await callers.RunAsync(part, comparison.AskDatabase);
        await callers.RunAsync(part, comparison.AskCache);
        await callers.RunAsync(part, comparison.AskCache);
    }

    private async Task<Measurement> MeasureCachedAsync<T>(string name, Comparison<T> comparison, int passes = 1)
    {
        var before = comparison.CountMisses();
        var measured = await MeasureAsync(name, comparison, comparison.AskCache, passes);
        return measured with { Misses = comparison.CountMisses() - before };
    }

    private async Task<Measurement> MeasureAsync<T>(string name, Comparison<T> comparison, Func<T, ValueTask> ask, int passes = 1)
    {
        using var progress = report.ShowProgress(name, callers);
        var time = TimeSpan.Zero;
        for (var pass = 0; pass < passes; pass++)
        {
            time += await callers.RunAsync(comparison.Items, ask);
        }

        return new Measurement(name, comparison.Lookups * passes, Misses: null, time);
    }
}
