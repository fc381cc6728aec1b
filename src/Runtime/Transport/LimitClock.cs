namespace TypedCache.Transport;

/// <summary>
/// The clock of the time limits of calls. It is the system's, whatever clock the application has set, since a server that hangs has to be
/// noticed; unless all servers are in this process and go by the application's clock too.
/// </summary>
/// <param name="time">The clock; null: the system's.</param>
internal sealed class LimitClock(TimeProvider? time)
{
    private readonly TimeProvider? _time = time == TimeProvider.System ? null : time;

    /// <summary>The system's clock.</summary>
    public static readonly LimitClock System = new(time: null);

    /// <summary>Whether it goes on by itself, so that a look at it can be late.</summary>
    public bool IsSystem => _time is null;

    /// <summary>The time in milliseconds since some moment.</summary>
    public long Now => _time is null ? Environment.TickCount64 : (long)_time.GetElapsedTime(0, _time.GetTimestamp()).TotalMilliseconds;
}
