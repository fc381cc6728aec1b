namespace Atlas;

/// <summary>Measures look-ups of cities with those in this process in front of the cache: while they may be given out, and just after.</summary>
internal sealed class NearRounds(City[] drawn, RowLookups lookups, ServerReads serverReads, ConcurrentCallers callers, Report report)
{
    // As long as ICityCache says, and a little longer.
    private static readonly TimeSpan Near = TimeSpan.FromMilliseconds(1010);

    /// <summary>Measures and reports them.</summary>
    /// <param name="alone">The same look-ups from SQLite alone.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    public async Task MeasureAsync(Measurement alone, CancellationToken cancellationToken)
    {
        report.WriteTableHead("One city a call");

        // The first of these brings the cities into this process, the second finds them too old, as the last one that is measured does.
        using (report.ShowProgress("warm-up, not measured", callers))
        {
            await callers.RunAsync(drawn, lookups.AskNearCityAsync);
            await Task.Delay(Near, cancellationToken);
            await callers.RunAsync(drawn, lookups.AskNearCityAsync);
        }

        report.WriteRow(await MeasureAsync("near cache"), alone);
        using (report.ShowProgress("waiting until the second is over", callers))
        {
            await Task.Delay(Near, cancellationToken);
        }

        report.WriteRow(await MeasureAsync("near cache, asks \"changed?\""), alone);
    }

    private async Task<Measurement> MeasureAsync(string name)
    {
        using var progress = report.ShowProgress(name, callers);
        var (misses, reads) = (lookups.Misses, await serverReads.CountAsync());
        var time = await callers.RunAsync(drawn, lookups.AskNearCityAsync);
        return new Measurement(name, drawn.Length, lookups.Misses - misses, time, await serverReads.CountAsync() - reads);
    }
}
