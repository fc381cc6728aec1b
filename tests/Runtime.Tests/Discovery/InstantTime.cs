namespace TypedCache.Tests.Discovery;

/// <summary>A clock whose pauses are over at once and are remembered, up to a number of them; the next one never ends.</summary>
internal sealed class InstantTime(int pauses) : TimeProvider
{
    private static readonly TimeSpan PatienceOfFirstList = TimeSpan.FromSeconds(10);

    private readonly List<double> _pauses = [];

    /// <summary>The pauses in seconds, the one that does not end included.</summary>
    public IReadOnlyList<double> Pauses
    {
        get
        {
            lock (_pauses)
            {
                return [.. _pauses];
            }
        }
    }

    /// <summary>Whether the pause that does not end has begun.</summary>
    public bool IsStuck => Pauses.Count > pauses;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var isOver = false;
        if (dueTime != PatienceOfFirstList)
        {
            lock (_pauses)
            {
                _pauses.Add(dueTime.TotalSeconds);
                isOver = _pauses.Count <= pauses;
            }
        }

        return base.CreateTimer(callback, state, isOver ? TimeSpan.Zero : Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }
}
