using System.Diagnostics;

namespace Atlas;

/// <summary>Callers which look up at once, each its own share, one look-up after the other.</summary>
internal sealed class ConcurrentCallers(int callers, CancellationToken cancellationToken)
{
    private int _done;
    private int _all;

    /// <summary>Which part of the items is done, from 0 to 1.</summary>
    public double Progress => Volatile.Read(ref _all) is var all and > 0 ? Math.Min(1, (double)Volatile.Read(ref _done) / all) : 0;

    /// <summary>Runs a look-up for each item.</summary>
    /// <returns>How long it took until the last caller was done.</returns>
    public async Task<TimeSpan> RunAsync<T>(IReadOnlyList<T> items, Func<T, ValueTask> lookUp)
    {
        (_done, _all) = (0, items.Count);
        var started = Stopwatch.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, callers).Select(first => Task.Run(
            async () =>
            {
                for (var i = first; i < items.Count; i += callers)
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    await lookUp(items[i]);
                    Interlocked.Increment(ref _done);
                }
            },
            cancellationToken)));
        return Stopwatch.GetElapsedTime(started);
    }
}
