using System.Runtime.CompilerServices;

namespace TypedCache.Transport;

/// <summary>
/// One who waits for what somebody else does. It goes on at once, on the thread that brings the result: that is a step of the runtime only,
/// and a short one, whose last act is to hand over to the application, or to wake a blocked thread. A task would have several who wait
/// go on by way of the thread pool, where blocked threads wait for each other.
/// </summary>
internal sealed class CallWaiter<T> : CallSource<T?>
    where T : struct
{
    private int _hasEnded;

    /// <summary>Waits until the result is there.</summary>
    /// <param name="limit">The longest time to wait.</param>
    /// <param name="time">What tells the time.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <returns>Null when the waiting has ended before.</returns>
    [AsyncMethodBuilder(typeof(CallMethodBuilder<>))]
    public async ValueTask<T?> WaitAsync(TimeSpan limit, TimeProvider time, CancellationToken cancellationToken)
    {
        var registration = cancellationToken.UnsafeRegister(static waiter => ((CallWaiter<T>)waiter!).Leave(), this);
        var timer = limit == Timeout.InfiniteTimeSpan
            ? null
            : time.CreateTimer(static waiter => ((CallWaiter<T>)waiter!).Leave(), this, limit, Timeout.InfiniteTimeSpan);
        try
        {
            return await new ValueTask<T?>(this, Version).ConfigureAwait(false);
        }
        finally
        {
            registration.Unregister();
            timer?.Dispose();
        }
    }

    /// <summary>Gives the result.</summary>
    public void End(T result, Exception? failure)
    {
        if (Interlocked.Exchange(ref _hasEnded, 1) != 0)
        {
            return;
        }

        if (failure is null)
        {
            SetResult(result);
        }
        else
        {
            SetException(failure);
        }
    }

    private void Leave()
    {
        if (Interlocked.Exchange(ref _hasEnded, 1) == 0)
        {
            SetResult(null);
        }
    }
}
