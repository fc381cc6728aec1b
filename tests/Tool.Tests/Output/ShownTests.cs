using TypedCache.Tool.Output;

namespace TypedCache.Tool.Tests.Output;

/// <summary>Numbers, times and progress for people.</summary>
public sealed class ShownTests
{
    [Theory]
    [InlineData(0, "0 B")]
    [InlineData(1023, "1023 B")]
    [InlineData(1536, "1.5 KiB")]
    [InlineData(5_000_000_000, "4.7 GiB")]
    public void Bytes_have_the_unit_that_fits(long bytes, string shown) => Assert.Equal(shown, Shown.Bytes(bytes));

    [Theory]
    [InlineData(0, "0s")]
    [InlineData(59, "59s")]
    [InlineData(60, "1m")]
    [InlineData(3599, "59m59s")]
    [InlineData(90_000, "1d1h")]
    public void Times_have_two_units(long seconds, string shown) => Assert.Equal(shown, Shown.Time(seconds));

    [Theory]
    [InlineData("abc", 3, "abc")]
    [InlineData("abcd", 3, "ab…")]
    [InlineData("abcd", 1, "…")]
    public void What_is_too_long_is_cut(string text, int width, string shown) => Assert.Equal(shown, Shown.Cut(text, width));

    [Theory]
    [InlineData("500ms", 500)]
    [InlineData("90s", 90_000)]
    [InlineData("1h30m", 5_400_000)]
    [InlineData("7d", 604_800_000)]
    public void Durations_are_read(string text, long milliseconds)
    {
        Assert.True(DurationText.TryParse(text, out var duration));
        Assert.Equal(milliseconds, duration.TotalMilliseconds);
    }

    [Theory]
    [InlineData("")]
    [InlineData("10")]
    [InlineData("s")]
    [InlineData("1x")]
    [InlineData("-1s")]
    [InlineData("99999999999s")]
    [InlineData("2147483647d")]
    [InlineData("10675199d10675199d")]
    public void What_is_no_duration_is_refused(string text) => Assert.False(DurationText.TryParse(text, out _));

    [Fact]
    public async Task Progress_overwrites_its_line_in_a_terminal_and_leaves_nothing_behind()
    {
        var written = new StringWriter();
        var described = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using (new ErrorStream(TextWriter.Synchronized(written), IsTerminal: true).ShowProgress(() =>
        {
            described.TrySetResult();
            return "5 of 7";
        }))
        {
            await described.Task.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        }

        Assert.StartsWith("\r5 of 7", written.ToString(), StringComparison.Ordinal);
        Assert.EndsWith("\r      \r", written.ToString(), StringComparison.Ordinal);
    }
}
