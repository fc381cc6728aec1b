namespace TypedCache.Testing;

/// <summary>A timer of a <see cref="TestClock"/>.</summary>
internal sealed class TestTimer : ITimer
{
    private readonly TestClock _clock;
    private readonly TimerCallback _callback;
    private readonly object? _state;
    private readonly ExecutionContext? _context = ExecutionContext.Capture();

    public TestTimer(TestClock clock, TimerCallback callback, object? state)
    {
        _clock = clock;
        _callback = callback;
        _state = state;
    }

    /// <summary>When it fires next, since the clock was made; null: not at all. Changed by the clock alone.</summary>
    public TimeSpan? Due { get; set; }

    /// <summary>How long after that it fires again; zero or infinite: not at all.</summary>
    public TimeSpan Period { get; set; }

    /// <summary>Whether it never fires again. Changed by the clock alone.</summary>
    public bool IsDisposed { get; set; }

    public bool Change(TimeSpan dueTime, TimeSpan period) => _clock.Change(this, dueTime, period);

    public void Dispose() => _clock.Remove(this);

    public ValueTask DisposeAsync()
    {
        Dispose();
        return ValueTask.CompletedTask;
    }

    public void Fire()
    {
        if (_context is null)
        {
            _callback(_state);
        }
        else
        {
            ExecutionContext.Run(_context, static timer => ((TestTimer)timer!).Call(), this);
        }
    }

    private void Call() => _callback(_state);
}
