namespace TypedCache.Transport;

/// <summary>When a server that has failed is probed. Its link calls this under its gate.</summary>
internal sealed class ProbeSchedule(TimeProvider time)
{
    private static readonly TimeSpan FirstDelay = TimeSpan.FromMilliseconds(50);

    private TimeSpan _delay = FirstDelay;
    private long? _due;

    /// <summary>Whether there will be a probe.</summary>
    public bool IsPlanned => _due is not null;

    /// <summary>
    /// Plans a probe. Delays double up to the longest; a random part keeps the clients of a restarted server from coming all at once.
    /// </summary>
    /// <param name="longest">The longest delay; infinite: there is no probe.</param>
    public void Plan(TimeSpan longest)
    {
        if (longest == Timeout.InfiniteTimeSpan)
        {
            return;
        }

        var delay = _delay < longest ? _delay : longest;
        _delay = delay * 2;
        _due = time.GetTimestamp() + (long)(delay.TotalSeconds * (0.5 + (Random.Shared.NextDouble() / 2)) * time.TimestampFrequency);
    }

    /// <summary>Makes a planned probe due now.</summary>
    public void Hasten() => _due = time.GetTimestamp();

    /// <summary>Drops the planned probe.</summary>
    public void Cancel() => _due = null;

    /// <summary>Begins with the shortest delay again.</summary>
    public void ResetDelay() => _delay = FirstDelay;

    /// <summary>Takes the planned probe, if it is due.</summary>
    public bool TryTake()
    {
        if (_due is not { } due || Until(due) > TimeSpan.Zero)
        {
            return false;
        }

        _due = null;
        return true;
    }

    /// <summary>In how much time the server is probed; null: it is not.</summary>
    public TimeSpan? TimeLeft => _due is { } due ? Until(due) : null;

    /// <summary>In how many milliseconds the probe may be due; <see cref="Timeout.Infinite"/>: there is none.</summary>
    public int MillisecondsLeft()
    {
        if (_due is not { } due)
        {
            return Timeout.Infinite;
        }

        // Another clock than the system's has to be looked at.
        return time == TimeProvider.System ? (int)Math.Clamp(Until(due).TotalMilliseconds + 1, 0, int.MaxValue) : Heartbeat.Period;
    }

    private TimeSpan Until(long due) => time.GetElapsedTime(time.GetTimestamp(), due);
}
