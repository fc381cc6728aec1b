using System.Runtime.CompilerServices;
using System.Threading.Tasks.Sources;
using TypedCache.Transport;

namespace TypedCache.Creation;

/// <summary>
/// One who waits for a pending creation. It goes on at once, on the thread that brings the result: that is a step of this folder only,
/// and a short one, whose last act is to hand over to the application, or to wake a blocked thread. A task would have several who wait
/// go on by way of the thread pool, where blocked threads wait for each other.
/// </summary>
internal sealed class CreationWaiter<T> : IValueTaskSource<CacheValue<T>?>
{
    private Completion<CacheValue<T>?> _completion;
    private int _hasEnded;

    /// <summary>Waits until the result is there.</summary>
    /// <param name="limit">The longest time to wait.</param>
    /// <param name="time">What tells the time.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <returns>Null when the waiting has ended before.</returns>
    [AsyncMethodBuilder(typeof(CallMethodBuilder<>))]
    public async ValueTask<CacheValue<T>?> WaitAsync(TimeSpan limit, TimeProvider time, CancellationToken cancellationToken)
    {
        var registration = cancellationToken.UnsafeRegister(static waiter => ((CreationWaiter<T>)waiter!).Leave(), this);
        var timer = limit == Timeout.InfiniteTimeSpan
            ? null
            : time.CreateTimer(static waiter => ((CreationWaiter<T>)waiter!).Leave(), this, limit, Timeout.InfiniteTimeSpan);
        try
        {
            return await new ValueTask<CacheValue<T>?>(this, _completion.Version).ConfigureAwait(false);
        }
        finally
        {
            registration.Unregister();
            timer?.Dispose();
        }
    }

    /// <summary>Gives the result.</summary>
    public void End(CacheValue<T> result, Exception? failure)
    {
        if (Interlocked.Exchange(ref _hasEnded, 1) != 0)
        {
            return;
        }

        if (failure is null)
        {
            _completion.SetResult(result, isInline: true);
        }
        else
        {
            _completion.SetException(failure, isInline: true);
        }
    }

    private void Leave()
    {
        if (Interlocked.Exchange(ref _hasEnded, 1) == 0)
        {
            _completion.SetResult(null, isInline: true);
        }
    }

    CacheValue<T>? IValueTaskSource<CacheValue<T>?>.GetResult(short token) => _completion.GetResult(token);

    ValueTaskSourceStatus IValueTaskSource<CacheValue<T>?>.GetStatus(short token) => _completion.GetStatus(token);

    void IValueTaskSource<CacheValue<T>?>.OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _completion.OnCompleted(continuation, state, token, flags);
}
