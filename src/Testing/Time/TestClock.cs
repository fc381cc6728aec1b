namespace TypedCache.Testing;

/// <summary>
/// A clock that stands still until a test lets it go on. Pass it to the code under test too, so that all of it has one time.
/// </summary>
/// <remarks>
/// Timers fire on the thread that advances the clock, one after the other, each at its own time. Its time zone is UTC. All members are
/// thread-safe.
/// </remarks>
public sealed class TestClock : TimeProvider
{
    private readonly Lock _gate = new();
    private readonly Lock _advancing = new();
    private readonly List<TestTimer> _timers = [];
    private readonly SortedSet<TimeSpan> _stops = [];
    private readonly DateTimeOffset _start;
    private TimeSpan _now;

    /// <summary>Creates a clock that says 2026-01-01, 00:00 UTC.</summary>
    public TestClock()
        : this(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero))
    {
    }

    /// <summary>Creates a clock that says a certain time.</summary>
    /// <param name="start">The time.</param>
    public TestClock(DateTimeOffset start)
    {
        _start = start.ToUniversalTime();
    }

    /// <summary>How far it has been advanced.</summary>
    public TimeSpan Elapsed
    {
        get
        {
            lock (_gate)
            {
                return _now;
            }
        }
    }

    /// <summary>UTC.</summary>
    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    /// <inheritdoc/>
    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <summary>Called before time goes on, and when it has: what is due now has to happen now.</summary>
    internal Action? Settle { get; set; }

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow() => _start + Elapsed;

    /// <inheritdoc/>
    public override long GetTimestamp() => Elapsed.Ticks;

    /// <summary>Lets time go on.</summary>
    /// <param name="time">By how much: <c>300ms</c>, <c>90s</c>, <c>1h30m</c>, <c>7d</c>.</param>
    /// <exception cref="FormatException">The text is not a time.</exception>
    public void Advance(string time) => Advance(Duration.Parse(time));

    /// <summary>Lets time go on.</summary>
    /// <param name="time">By how much: not negative.</param>
    /// <exception cref="ArgumentOutOfRangeException">The time is negative.</exception>
    public void Advance(TimeSpan time)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(time, TimeSpan.Zero);
        lock (_advancing)
        {
            var end = Elapsed + time;
            Settle?.Invoke();
            while (TakeDue(end) is { } timer)
            {
                timer.Fire();
                Settle?.Invoke();
            }
        }
    }

    /// <inheritdoc/>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        ArgumentNullException.ThrowIfNull(callback);
        var timer = new TestTimer(this, callback, state);
        Change(timer, dueTime, period);
        return timer;
    }

    internal bool Change(TestTimer timer, TimeSpan dueTime, TimeSpan period)
    {
        var isDue = dueTime == TimeSpan.Zero;
        lock (_gate)
        {
            if (timer.IsDisposed)
            {
                return false;
            }

            _timers.Remove(timer);
            timer.Period = period;
            timer.Due = dueTime == Timeout.InfiniteTimeSpan ? null : _now + (isDue ? period : dueTime);
            if (timer.Due is not null && (!isDue || period > TimeSpan.Zero))
            {
                _timers.Add(timer);
            }
        }

        if (isDue)
        {
            // Not on this thread, which may not have the timer yet.
            ThreadPool.QueueUserWorkItem(static timer => timer.Fire(), timer, preferLocal: false);
        }

        return true;
    }

    internal void Remove(TestTimer timer)
    {
        lock (_gate)
        {
            timer.IsDisposed = true;
            _timers.Remove(timer);
        }
    }

    /// <summary>Lets the clock stop on its way, before the timers of that moment fire.</summary>
    /// <param name="time">When, from now.</param>
    internal void StopAfter(TimeSpan time)
    {
        lock (_gate)
        {
            _stops.Add(_now + time);
        }
    }

    // Goes to the time of the next timer and takes it; or to the end, where none is due until then.
    private TestTimer? TakeDue(TimeSpan end)
    {
        lock (_gate)
        {
            TestTimer? next = null;
            foreach (var timer in _timers)
            {
                next = timer.Due <= end && (next is null || timer.Due < next.Due) ? timer : next;
            }

            if (_stops.Count > 0 && _stops.Min <= (next?.Due ?? end))
            {
                _now = _stops.Min > _now ? _stops.Min : _now;
                _stops.Remove(_stops.Min);
                return Nothing();
            }

            if (next is null)
            {
                var goesOn = _now < end;
                _now = goesOn ? end : _now;
                return goesOn ? Nothing() : null;
            }

            _now = next.Due!.Value > _now ? next.Due.Value : _now;
            _timers.Remove(next);
            if (next.Period > TimeSpan.Zero)
            {
                next.Due = _now + next.Period;
                _timers.Add(next);
            }

            return next;
        }
    }

    // A stop at which no timer fires, such as the end of the way.
    private TestTimer Nothing() => new(this, static _ => { }, state: null);
}
