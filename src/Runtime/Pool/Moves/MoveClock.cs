namespace TypedCache.Pool.Moves;

/// <summary>Calls when the next step of a move is due. It keeps nothing alive that nobody uses any more.</summary>
internal sealed class MoveClock : IDisposable
{
    private readonly TimeProvider _time;
    private readonly long _begin;
    private readonly Action _step;
    private ITimer? _timer;

    /// <summary>Makes one that is not set.</summary>
    /// <param name="time">Tells the time.</param>
    /// <param name="step">Called when a step is due; too early does no harm.</param>
    public MoveClock(TimeProvider time, Action step)
    {
        _time = time;
        _begin = time.GetTimestamp();
        _step = step;
    }

    /// <summary>The time, as it has run since this was made.</summary>
    public TimeSpan Now => _time.GetElapsedTime(_begin);

    /// <summary>Sets it, or stops it.</summary>
    public void Set(TimeSpan? next)
    {
        if (next is not { } due)
        {
            Dispose();
            return;
        }

        _timer ??= CreateTimer(_time, new WeakReference<MoveClock>(this));
        var left = due - Now;
        _timer.Change(left > TimeSpan.Zero ? left : TimeSpan.Zero, Timeout.InfiniteTimeSpan);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _timer?.Dispose();
        _timer = null;
    }

    // The timer is known to the system, and would keep the pool and whatever the caller's context holds.
    private static ITimer CreateTimer(TimeProvider time, WeakReference<MoveClock> reference)
    {
        var flow = ExecutionContext.IsFlowSuppressed() ? default : ExecutionContext.SuppressFlow();
        try
        {
            return time.CreateTimer(Step, reference, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        }
        finally
        {
            flow.Dispose();
        }
    }

    private static void Step(object? reference)
    {
        if (((WeakReference<MoveClock>)reference!).TryGetTarget(out var clock))
        {
            clock._step();
        }
    }
}
