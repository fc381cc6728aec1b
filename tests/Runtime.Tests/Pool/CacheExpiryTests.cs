using Microsoft.Extensions.Time.Testing;

namespace TypedCache.Tests.Pool;

public class CacheExpiryTests
{
    private const long Now = 1_800_000_000;
    private const long ThirtyDays = 2_592_000;

    private static readonly FakeTimeProvider Clock = new(DateTimeOffset.FromUnixTimeSeconds(Now));

    [Fact]
    public void Never_is_the_default_and_0()
    {
        Assert.Equal(0, CacheExpiry.Never.ToWire(Clock));
        Assert.Equal(default, CacheExpiry.Never);
        Assert.Equal(CacheExpiry.Never, CacheExpiry.After(Timeout.InfiniteTimeSpan));
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(TimeSpan.TicksPerMillisecond, 1)]
    [InlineData(TimeSpan.TicksPerSecond, 1)]
    [InlineData(TimeSpan.TicksPerSecond + 1, 2)]
    [InlineData(TimeSpan.TicksPerMinute, 60)]
    [InlineData((ThirtyDays - 1) * TimeSpan.TicksPerSecond + 1, ThirtyDays)]
    [InlineData(ThirtyDays * TimeSpan.TicksPerSecond, ThirtyDays)]
    [InlineData(ThirtyDays * TimeSpan.TicksPerSecond + 1, Now + ThirtyDays + 1)]
    [InlineData((ThirtyDays + 1) * TimeSpan.TicksPerSecond, Now + ThirtyDays + 1)]
    public void Times_are_rounded_up_and_become_absolute_beyond_30_days(long ticks, long wire) =>
        Assert.Equal(wire, CacheExpiry.After(new TimeSpan(ticks)).ToWire(Clock));

    [Fact]
    public void A_TimeSpan_is_an_expiry()
    {
        CacheExpiry expiry = TimeSpan.FromMinutes(10);
        Assert.Equal(CacheExpiry.FromSeconds(600), expiry);
        Assert.Equal(expiry, CacheExpiry.FromTimeSpan(TimeSpan.FromMinutes(10)));
    }

    [Fact]
    public void Zero_negative_and_endless_times_are_refused()
    {
        Assert.Contains("more than zero", Refused(() => CacheExpiry.After(TimeSpan.Zero)), StringComparison.Ordinal);
        Assert.Contains("more than zero", Refused(() => CacheExpiry.After(TimeSpan.FromSeconds(-1))), StringComparison.Ordinal);
        Assert.StartsWith("time ends beyond the year 9999", Refused(() => CacheExpiry.After(TimeSpan.MaxValue)), StringComparison.Ordinal);
        Assert.StartsWith("time ends beyond the year 9999", Refused(() => TimeSpan.MaxValue), StringComparison.Ordinal);
        Refused(() => CacheExpiry.FromSeconds(0));
        Refused(() => CacheExpiry.FromSeconds(long.MaxValue));

        static string Refused(Func<CacheExpiry> make) => Assert.Throws<ArgumentOutOfRangeException>(() => make()).Message;
    }

    [Fact]
    public void Absolute_times_go_as_Unix_times_rounded_up()
    {
        var time = DateTimeOffset.FromUnixTimeSeconds(Now + 5);
        Assert.Equal(Now + 5, CacheExpiry.At(time).ToWire(Clock));
        Assert.Equal(Now + 6, CacheExpiry.At(time.AddTicks(1)).ToWire(Clock));
        Assert.Equal(Now + 5, CacheExpiry.At(time.ToOffset(TimeSpan.FromHours(8))).ToWire(Clock));
        Assert.Equal(Now - 100, CacheExpiry.At(time.AddSeconds(-105)).ToWire(Clock));
    }

    [Theory]
    [InlineData("1970-02-01T00:00:00Z")]
    [InlineData("1970-01-01T00:00:00Z")]
    [InlineData("1950-06-01T00:00:00Z")]
    [InlineData("1970-01-31T00:00:00Z")]
    public void Times_which_would_be_read_as_relative_or_never_expire_at_once(string time)
    {
        var expiry = CacheExpiry.At(DateTimeOffset.Parse(time, System.Globalization.CultureInfo.InvariantCulture));
        var wire = expiry.ToWire(Clock);
        Assert.True(wire == -1 || wire > ThirtyDays, $"{wire}");
    }

    [Fact]
    public void Times_beyond_memcacheds_clock_become_its_last_second()
    {
        Assert.Equal(int.MaxValue, CacheExpiry.After(TimeSpan.FromDays(365 * 100)).ToWire(Clock));
        Assert.Equal(int.MaxValue, CacheExpiry.At(DateTimeOffset.MaxValue).ToWire(Clock));
        Assert.Equal(int.MaxValue, CacheExpiry.At(DateTimeOffset.FromUnixTimeSeconds(int.MaxValue)).ToWire(Clock));
    }

    [Fact]
    public void Jitter_is_drawn_for_each_value()
    {
        var expiry = CacheExpiry.FromSeconds(1000).WithJitter(0.1);

        var drawn = Enumerable.Range(0, 1000).Select(_ => expiry.ToWire(Clock)).ToList();

        Assert.InRange(drawn.Min(), 900, 910);
        Assert.InRange(drawn.Max(), 990, 1000);
    }

    [Fact]
    public void Jitter_of_an_extended_expiry_is_drawn_for_each_value_too()
    {
        var expiry = CacheExpiry.FromSeconds(1000).WithJitter(0.1).Extend(TimeSpan.FromSeconds(5000));

        var drawn = Enumerable.Range(0, 1000).Select(_ => expiry.ToWire(Clock)).ToList();

        Assert.InRange(drawn.Min(), 5900, 5910);
        Assert.InRange(drawn.Max(), 5990, 6000);
        Assert.Equal("after 6 to 7 s", CacheExpiry.FromSeconds(2).WithJitter(1).Extend(TimeSpan.FromSeconds(5)).ToString());
    }

    [Fact]
    public void Jitter_leaves_a_second_and_what_is_no_time_from_now()
    {
        Assert.InRange(CacheExpiry.FromSeconds(2).WithJitter(1).ToWire(Clock), 1, 2);
        Assert.Equal(CacheExpiry.FromSeconds(1), CacheExpiry.FromSeconds(1).WithJitter(1));
        Assert.Equal(CacheExpiry.Never, CacheExpiry.Never.WithJitter(1));
        Assert.Equal(CacheExpiry.At(DateTimeOffset.MaxValue), CacheExpiry.At(DateTimeOffset.MaxValue).WithJitter(0.5));
    }

    [Fact]
    public void Text_for_logs_says_when()
    {
        Assert.Equal("never", CacheExpiry.Never.ToString());
        Assert.Equal("after 90 s", CacheExpiry.FromSeconds(90).ToString());
        Assert.Equal("after 81 to 90 s", CacheExpiry.FromSeconds(90).WithJitter(0.1).ToString());
        Assert.Equal("2027-01-15 08:00:00Z", CacheExpiry.At(DateTimeOffset.FromUnixTimeSeconds(Now)).ToString());
        Assert.Equal("9999-12-31 23:59:59Z", CacheExpiry.At(DateTimeOffset.MaxValue).ToString());
    }

    [Theory]
    [InlineData(-0.01)]
    [InlineData(1.01)]
    [InlineData(double.NaN)]
    public void Jitter_is_a_part(double part) => Assert.Throws<ArgumentOutOfRangeException>(() => CacheExpiry.Never.WithJitter(part));

    [Fact]
    public void To_extend_is_to_add_whole_seconds()
    {
        Assert.Equal(CacheExpiry.FromSeconds(62), CacheExpiry.FromSeconds(60).Extend(TimeSpan.FromMilliseconds(1001)));
        Assert.Equal(CacheExpiry.Never, CacheExpiry.Never.Extend(TimeSpan.FromDays(1)));
        var moment = DateTimeOffset.UnixEpoch.AddYears(60);
        Assert.Equal(CacheExpiry.At(moment.AddMinutes(5)), CacheExpiry.At(moment).Extend(TimeSpan.FromMinutes(5)));
        Assert.Equal(CacheExpiry.At(DateTimeOffset.MaxValue), CacheExpiry.At(DateTimeOffset.MaxValue).Extend(TimeSpan.FromDays(30)));
        Assert.Throws<ArgumentOutOfRangeException>(() => CacheExpiry.Never.Extend(TimeSpan.FromTicks(-1)));
    }

    [Fact]
    public void Once_memcacheds_clock_is_near_its_end_30_days_are_the_longest_time()
    {
        var late = new FakeTimeProvider(DateTimeOffset.FromUnixTimeSeconds(int.MaxValue + 100L));
        Assert.Equal(ThirtyDays, CacheExpiry.After(TimeSpan.FromDays(31)).ToWire(late));
        Assert.Equal(ThirtyDays, CacheExpiry.At(DateTimeOffset.MaxValue).ToWire(late));
        Assert.Equal(60, CacheExpiry.At(DateTimeOffset.FromUnixTimeSeconds(int.MaxValue + 160L)).ToWire(late));
        Assert.Equal(-1, CacheExpiry.At(DateTimeOffset.FromUnixTimeSeconds(int.MaxValue + 100L)).ToWire(late));
        Assert.Equal(int.MaxValue, CacheExpiry.At(DateTimeOffset.FromUnixTimeSeconds(int.MaxValue)).ToWire(late));
    }

    // What memcached makes of the number (realtime in memcached.c) has to be what was asked for, within its limits.
    [Theory]
    [InlineData(Now)]
    [InlineData(ThirtyDays + 1)]
    [InlineData(int.MaxValue - ThirtyDays)]
    [InlineData(int.MaxValue - 1L)]
    [InlineData(int.MaxValue + 1L)]
    [InlineData(100_000_000_000)]
    public void Every_time_is_a_32_bit_number_which_means_that_time(long now)
    {
        var clock = new FakeTimeProvider(DateTimeOffset.FromUnixTimeSeconds(now));
        var random = new Random(8);
        long[] borders = [1, 2, 59, ThirtyDays - 1, ThirtyDays, ThirtyDays + 1, 86_400 * 31, int.MaxValue - 1L, int.MaxValue, uint.MaxValue, 8000L * 366 * 86_400];
        for (var i = 0; i < 20_000; i++)
        {
            var seconds = i < borders.Length ? borders[i] : (long)Math.Pow(2, random.NextDouble() * 37.8);
            var later = i % 3 == 0 ? TimeSpan.MaxValue : TimeSpan.FromTicks((long)Math.Pow(2, random.NextDouble() * 62));
            var at = DateTimeOffset.FromUnixTimeSeconds(Math.Min(seconds, 253_402_300_799));

            AssertMeans(seconds, CacheExpiry.FromSeconds(seconds), now, clock);
            AssertMeans(at.ToUnixTimeSeconds() - now, CacheExpiry.At(at), now, clock);
            AssertMeans(seconds + (long)Math.Ceiling(later.TotalSeconds), CacheExpiry.FromSeconds(seconds).Extend(later), now, clock);
            AssertMeans(at.ToUnixTimeSeconds() + (long)Math.Ceiling(later.TotalSeconds) - now, CacheExpiry.At(at).Extend(later), now, clock);
        }
    }

    private static void AssertMeans(long seconds, CacheExpiry expiry, long now, TimeProvider clock)
    {
        var wire = expiry.ToWire(clock);
        Assert.InRange(wire, -1, int.MaxValue);
        var left = wire is > 0 and <= ThirtyDays ? wire : wire < 0 ? 0 : wire - now;
        var end = Math.Max(int.MaxValue - now, ThirtyDays);
        Assert.NotEqual(0, wire);
        Assert.True(seconds <= 0 ? left <= 0 : left == Math.Min(seconds, end), $"{expiry} at {now} is {wire}, which leaves {left} s and not {seconds}");
        Assert.NotEmpty(expiry.ToString());
    }
}
