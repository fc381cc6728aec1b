using TypedCache.Values;

namespace TypedCache.Tests.Creation;

public class GetOrCreateOptionsTests
{
    [Fact]
    public void Times_and_parts_out_of_range_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new GetOrCreateOptions { Stale = TimeSpan.FromSeconds(-1) });
        Assert.Throws<ArgumentOutOfRangeException>(() => new GetOrCreateOptions { Stale = TimeSpan.FromDays(31) });
        Assert.Throws<ArgumentOutOfRangeException>(() => new GetOrCreateOptions { FailSafe = TimeSpan.FromSeconds(-1) });
        Assert.Throws<ArgumentOutOfRangeException>(() => new GetOrCreateOptions { LeaseTime = TimeSpan.FromMilliseconds(999) });
        Assert.Throws<ArgumentOutOfRangeException>(() => new GetOrCreateOptions { LeaseWait = TimeSpan.FromSeconds(-1) });
        Assert.Throws<ArgumentOutOfRangeException>(() => new GetOrCreateOptions { Jitter = 1.1 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new GetOrCreateOptions { Jitter = double.NaN });
        Assert.Throws<ArgumentOutOfRangeException>(() => new GetOrCreateOptions { Audit = -0.1 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new GetOrCreateOptions { Audit = 1.1 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new GetOrCreateOptions { Audit = double.NaN });
        Assert.Equal(0.001, new GetOrCreateOptions { Audit = 0.001 }.Audit);
        Assert.Equal(TimeSpan.FromDays(30), new GetOrCreateOptions { Stale = TimeSpan.FromDays(30) }.Stale);
    }

    [Fact]
    public async Task Fail_safe_without_stale_values_is_refused_by_the_first_call()
    {
        await using var pool = MemcachedPool.InMemory();
        var options = new GetOrCreateOptions { FailSafe = TimeSpan.FromSeconds(30) };
        var refused = await Assert.ThrowsAsync<ArgumentException>(async () =>
            await pool.GetOrCreateAsync("k", _ => ValueTask.FromResult("v"), CacheCodecs.String, options, cancellationToken: TestContext.Current.CancellationToken));
        Assert.Contains(nameof(GetOrCreateOptions.Stale), refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Wire_times_are_whole_seconds_rounded_up()
    {
        var options = new GetOrCreateOptions { Stale = TimeSpan.FromMilliseconds(1001), LeaseTime = TimeSpan.FromMilliseconds(1500) };
        Assert.Equal((2u, 2u), (options.StaleSeconds, options.LeaseSeconds));
    }
}
