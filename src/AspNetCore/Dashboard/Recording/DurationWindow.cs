namespace TypedCache.AspNetCore.Dashboard;

/// <summary>The durations of the last seconds, and of all since the recording began. Only the sampler uses it.</summary>
/// <param name="histogram">All durations.</param>
internal sealed class DurationWindow(DurationHistogram histogram)
{
    /// <summary>How many samples the window spans, of one second each.</summary>
    public const int Seconds = 10;

    private static readonly long[] Nothing = new long[DurationHistogram.Length];

    private readonly Queue<long[]> _former = new([Nothing]);

    /// <summary>Goes on by one sample.</summary>
    /// <returns>The durations then.</returns>
    public DurationView Advance()
    {
        var oldest = _former.Peek();
        var now = new long[DurationHistogram.Length];
        histogram.CopyTo(now);
        _former.Enqueue(now);
        if (_former.Count > Seconds)
        {
            _former.Dequeue();
        }

        var lately = new long[DurationHistogram.Length];
        for (var i = 0; i < lately.Length; i++)
        {
            lately[i] = now[i] - oldest[i];
        }

        return new DurationView(Quantiles.Of(lately), Quantiles.Of(now));
    }
}
