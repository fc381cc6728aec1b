using System.Runtime.CompilerServices;
using TypedCache.Transport;

namespace TypedCache.Creation;

/// <summary>The time between two reads of somebody who waits for another process: it grows, and is never quite the same.</summary>
internal sealed class PollDelay(TimeProvider time, TimeSpan limit, long since)
{
    private const double FirstDelay = 10;
    private const double LongestDelay = 100;

    private double _next = FirstDelay;

    /// <summary>Waits before the next read.</summary>
    /// <returns>False when the limit is reached, or nobody waits any more.</returns>
    [AsyncMethodBuilder(typeof(CallMethodBuilder<>))]
    public async ValueTask<bool> WaitAsync(CancellationToken abandoned)
    {
        var left = limit - time.GetElapsedTime(since);
        if (left <= TimeSpan.Zero)
        {
            return false;
        }

        var delay = Math.Min(_next * (0.75 + (Random.Shared.NextDouble() / 2)), left.TotalMilliseconds);
        _next = Math.Min(2 * _next, LongestDelay);

        // No task: one that ends while it is about to be awaited has the rest queued in the thread pool.
        await new CallWaiter<bool>().WaitAsync(TimeSpan.FromMilliseconds(delay), time, abandoned).ConfigureAwait(false);
        return !abandoned.IsCancellationRequested;
    }
}
