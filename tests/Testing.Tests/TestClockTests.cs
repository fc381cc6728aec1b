namespace TypedCache.Testing.Tests;

/// <summary>A clock that goes on when it is told to.</summary>
public sealed class TestClockTests
{
    private readonly TestClock _clock = new();

    [Fact]
    public void It_says_the_time_that_it_was_given_and_stands_still()
    {
        Assert.Equal(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero), _clock.GetUtcNow());
        Assert.Equal(new DateTimeOffset(2030, 5, 1, 10, 0, 0, TimeSpan.Zero), new TestClock(new DateTimeOffset(2030, 5, 1, 12, 0, 0, TimeSpan.FromHours(2))).GetUtcNow());
        var start = _clock.GetTimestamp();

        _clock.Advance("1h30m");
        _clock.Advance(TimeSpan.FromMilliseconds(1));

        Assert.Equal(TimeSpan.FromMilliseconds((90 * 60_000) + 1), _clock.Elapsed);
        Assert.Equal(_clock.Elapsed, _clock.GetElapsedTime(start));
        Assert.Equal(new DateTimeOffset(2026, 1, 1, 1, 30, 0, 1, TimeSpan.Zero), _clock.GetUtcNow());
        Assert.Equal(TimeSpan.Zero, _clock.LocalTimeZone.BaseUtcOffset);
    }

    [Fact]
    public void Timers_fire_in_order_each_at_its_time()
    {
        var fired = new List<string>();
        void Note(object? name) => fired.Add($"{name} {_clock.Elapsed.TotalSeconds}");
        using var late = _clock.CreateTimer(Note, "late", TimeSpan.FromSeconds(5), Timeout.InfiniteTimeSpan);
        using var soon = _clock.CreateTimer(Note, "soon", TimeSpan.FromSeconds(1), Timeout.InfiniteTimeSpan);
        using var often = _clock.CreateTimer(Note, "often", TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(2));
        using var never = _clock.CreateTimer(Note, "never", Timeout.InfiniteTimeSpan, TimeSpan.FromSeconds(1));
        var gone = _clock.CreateTimer(Note, "gone", TimeSpan.FromSeconds(1), Timeout.InfiniteTimeSpan);
        gone.Dispose();

        _clock.Advance("5s");
        Assert.Equal(["soon 1", "often 2", "often 4", "late 5"], fired);

        late.Change(TimeSpan.FromSeconds(2), Timeout.InfiniteTimeSpan);
        _clock.Advance("2s");
        Assert.Equal(["often 6", "late 7"], fired[4..]);
    }

    [Fact]
    public void A_timer_that_was_disposed_does_not_come_back()
    {
        var fired = 0;
        var timer = _clock.CreateTimer(_ => fired++, null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        Assert.True(timer.Change(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1)));
        timer.Dispose();

        Assert.False(timer.Change(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1)));
        _clock.Advance("10s");

        Assert.Equal(0, fired);
    }

    [Fact]
    public async Task Tasks_end_when_it_is_told_to_go_on()
    {
        var delay = Task.Delay(TimeSpan.FromDays(1), _clock, TestContext.Current.CancellationToken);
        _clock.Advance("23h59m59s");
        Assert.False(delay.IsCompleted);
        _clock.Advance("1s");
        await delay;
        await Task.Delay(TimeSpan.Zero, _clock, TestContext.Current.CancellationToken);
    }

    [Theory]
    [InlineData("")]
    [InlineData("5")]
    [InlineData("s")]
    [InlineData("5 s")]
    [InlineData("-1s")]
    [InlineData("1x")]
    [InlineData("9999999999s")]
    [InlineData("999999999d")]
    [InlineData("10000000d10000000d")]
    public void A_text_that_is_no_time_is_refused(string text) =>
        Assert.Equal($"'{text}' is not a time. Write one such as 300ms, 90s, 1h30m or 7d.", Assert.Throws<FormatException>(() => _clock.Advance(text)).Message);

    [Fact]
    public void Time_does_not_go_back() => Assert.Throws<ArgumentOutOfRangeException>(() => _clock.Advance(TimeSpan.FromTicks(-1)));
}
