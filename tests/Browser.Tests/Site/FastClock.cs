namespace TypedCache.Browser.Tests;

/// <summary>A clock that goes four times as fast, so that nobody waits for a page that shows something each second.</summary>
public sealed class FastClock : TimeProvider
{
    private const int Factor = 4;

    private readonly long _start = System.GetTimestamp();

    public override long GetTimestamp() => _start + ((System.GetTimestamp() - _start) * Factor);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        System.CreateTimer(callback, state, Faster(dueTime), Faster(period));

    private static TimeSpan Faster(TimeSpan time) => time > TimeSpan.Zero ? time / Factor : time;
}
