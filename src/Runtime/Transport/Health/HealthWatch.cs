namespace TypedCache.Transport.Health;

/// <summary>
/// Judges by what its calls have come to whether a server is sick. The first connection of a server is judged by the calls over all of
/// them; one for large values by itself, and only by what timed out: what a server refuses is no connection's fault. It belongs to the
/// <see cref="Heartbeat"/>.
/// </summary>
/// <param name="limits">From when on it is.</param>
/// <param name="time">The clock.</param>
/// <param name="tally">Counts the calls of its own link.</param>
/// <param name="others">Count those of the server's other links, if the server is judged; null: only the link is.</param>
internal sealed class HealthWatch(HealthLimits limits, TimeProvider time, CallTally tally, CallTally[]? others)
{
    private readonly CallWindow _window = new();
    private readonly long _began = time.GetTimestamp();
    private long _judged;

    /// <summary>Counts the calls of the link.</summary>
    public CallTally Tally => tally;

    /// <summary>Over which time calls are counted.</summary>
    public TimeSpan Window => limits.Window;

    /// <summary>Whether calls have failed since the last judgement.</summary>
    public bool IsDue => Count().Failed != Volatile.Read(ref _judged);

    /// <summary>Judges now.</summary>
    /// <returns>What is wrong; null: nothing.</returns>
    public Sickness? Judge()
    {
        var total = Count();
        Volatile.Write(ref _judged, total.Failed);
        var counts = _window.Move(total, SliceNow());
        var isSick = limits.IsTooMany(counts.Failed, counts.Calls);
        var isMemory = isSick ? 2 * counts.WithoutMemory > counts.Failed : limits.IsTooMany(counts.WithoutMemory, counts.Stores);
        return isSick || isMemory ? new Sickness(counts, limits.Window, isMemory, LastFailed(isMemory)) : null;
    }

    /// <summary>Counts anew from now on.</summary>
    public void Restart()
    {
        var total = Count();
        Volatile.Write(ref _judged, total.Failed);
        _window.Restart(total);
    }

    // Over a connection for large values any small command shows whether it is slow.
    private FailedCall? LastFailed(bool isMemory)
    {
        if (others is null)
        {
            return null;
        }

        var last = LastOf(tally);
        foreach (var other in others)
        {
            last = LastOf(other) is { } call && (last is null || call.At > last.At) ? call : last;
        }

        return last;

        FailedCall? LastOf(CallTally of) => isMemory ? of.LastWithoutMemory : of.LastFailed;
    }

    private long SliceNow() => time.GetElapsedTime(_began).Ticks / (limits.Window.Ticks / CallWindow.Slices);

    private CallCounts Count()
    {
        var total = tally.Read();
        if (others is null)
        {
            total.Refused = 0;
            total.WithoutMemory = 0;
            total.Lost = 0;
            return total;
        }

        foreach (var other in others)
        {
            total += other.Read();
        }

        return total;
    }
}
