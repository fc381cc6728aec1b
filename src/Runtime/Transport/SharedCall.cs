namespace TypedCache.Transport;

/// <summary>A call that many wait for.</summary>
/// <typeparam name="T">The type of the result.</typeparam>
internal sealed class SharedCall<T>
    where T : struct
{
    private readonly Lock _gate = new();
    private List<CallWaiter<T>>? _waiters = [];
    private T _result;
    private Exception? _failure;

    /// <summary>Waits for the result.</summary>
    /// <param name="limit">The longest time to wait.</param>
    /// <param name="time">What tells the time.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <returns>Null when the waiting has ended before the call.</returns>
    public ValueTask<T?> WaitAsync(TimeSpan limit, TimeProvider time, CancellationToken cancellationToken)
    {
        var waiter = new CallWaiter<T>();
        Add(waiter);
        return waiter.WaitAsync(limit, time, cancellationToken);
    }

    /// <summary>Gives the result, or the failure, to all who wait. The first one counts.</summary>
    public void End(T result, Exception? failure)
    {
        List<CallWaiter<T>> waiters;
        lock (_gate)
        {
            if (_waiters is null)
            {
                return;
            }

            (_result, _failure) = (result, failure);
            (waiters, _waiters) = (_waiters, null);
        }

        foreach (var waiter in waiters)
        {
            waiter.End(result, failure);
        }
    }

    private void Add(CallWaiter<T> waiter)
    {
        lock (_gate)
        {
            if (_waiters is not null)
            {
                _waiters.Add(waiter);
                return;
            }
        }

        waiter.End(_result, _failure);
    }
}
