using System.Diagnostics;

namespace Atlas;

/// <summary>Callers which look up at once, each its own share, one look-up after the other.</summary>
internal sealed class ConcurrentCallers(int callers, CancellationToken cancellationToken)
{
    /// <summary>Runs a look-up for each item.</summary>
    /// <returns>How long it took until the last caller was done.</returns>
    public async Task<TimeSpan> RunAsync<T>(IReadOnlyList<T> items, Func<T, ValueTask> lookUp)
    {
        var started = Stopwatch.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, callers).Select(first => Task.Run(
            async () =>
            {
                for (var i = first; i < items.Count; i += callers)
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    await lookUp(items[i]);
                }
            },
            cancellationToken)));
        return Stopwatch.GetElapsedTime(started);
    }
}
