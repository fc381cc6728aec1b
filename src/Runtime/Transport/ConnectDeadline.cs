namespace TypedCache.Transport;

/// <summary>
/// Until when a connection has to be open. It needs no timer, and so no thread of the pool: whoever waits looks at it.
/// </summary>
internal sealed class ConnectDeadline
{
    // How soon an abandoned connect ends, in milliseconds.
    private const int Slice = 20;

    private readonly long _end;
    private readonly Func<bool> _isAbandoned;

    /// <summary>Begins.</summary>
    /// <param name="time">How long it may take.</param>
    /// <param name="isAbandoned">Whether nobody wants the connection any more.</param>
    public ConnectDeadline(TimeSpan time, Func<bool> isAbandoned)
        : this(time, Environment.TickCount64 + (long)time.TotalMilliseconds, isAbandoned)
    {
    }

    private ConnectDeadline(TimeSpan length, long end, Func<bool> isAbandoned)
    {
        Length = length;
        _end = end;
        _isAbandoned = isAbandoned;
    }

    /// <summary>How long it was when it began.</summary>
    public TimeSpan Length { get; }

    /// <summary>Whether the time is over, or nobody wants the connection any more.</summary>
    public bool IsOver => Remaining <= TimeSpan.Zero || _isAbandoned();

    private TimeSpan Remaining => TimeSpan.FromMilliseconds(_end - Environment.TickCount64);

    /// <summary>A deadline for a part of the work, which ends no later than this one.</summary>
    public ConnectDeadline Within(TimeSpan time) =>
        new(time, Math.Min(_end, Environment.TickCount64 + (long)time.TotalMilliseconds), _isAbandoned);

    /// <summary>Waits until something has happened.</summary>
    /// <param name="wait">Waits for a time at most, and tells whether it has happened.</param>
    /// <exception cref="TimeoutException">The time is over first.</exception>
    public void Wait(Func<TimeSpan, bool> wait)
    {
        while (!wait(TimeSpan.FromMilliseconds(Math.Clamp(Remaining.TotalMilliseconds, 0, Slice))))
        {
            ThrowIfOver();
        }
    }

    /// <summary>Throws where <see cref="IsOver"/>.</summary>
    /// <exception cref="TimeoutException">It is over.</exception>
    public void ThrowIfOver()
    {
        if (IsOver)
        {
            throw new TimeoutException("The time to connect is over.");
        }
    }
}
