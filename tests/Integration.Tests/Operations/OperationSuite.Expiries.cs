using System.Diagnostics;
using System.Globalization;

namespace TypedCache.Integration.Tests.Operations;

public abstract partial class OperationSuite
{
    private static CacheExpiry Past => CacheExpiry.At(DateTimeOffset.UtcNow.AddHours(-1));

    [Fact]
    public async Task A_value_lives_as_long_as_its_seconds_and_no_longer()
    {
        await Pool.SetAsync(Key("short"), "v", Text, TimeSpan.FromSeconds(2), Token);
        await Pool.SetAsync(Key("long"), "v", Text, TimeSpan.FromSeconds(1000), Token);

        // memcached's second may begin at any time, so 2 seconds are at least 1.
        Assert.Equal("v", await GetAsync(Key("short")));
        await UntilGoneAsync(Key("short"));
        Assert.Equal("v", await GetAsync(Key("long")));
    }

    [Fact]
    public async Task Expiries_beyond_30_days_and_in_absolute_time_do_not_drop_the_value()
    {
        CacheExpiry[] expiries =
        [
            CacheExpiry.Never,
            TimeSpan.FromDays(30),
            TimeSpan.FromDays(31),
            TimeSpan.FromDays(4000),
            TimeSpan.FromDays(40_000),
            CacheExpiry.At(DateTimeOffset.UtcNow.AddHours(1)),
            CacheExpiry.At(DateTimeOffset.MaxValue),
        ];
        foreach (var expiry in expiries)
        {
            await Pool.SetAsync(Key(), $"{expiry}", Text, expiry, Token);
            Assert.Equal($"{expiry}", await GetAsync(Key()));
            Assert.True(await Pool.TouchAsync(Key(), expiry, Token));
            Assert.Equal($"{expiry}", await GetAsync(Key()));
        }
    }

    [Fact]
    public async Task A_time_which_has_passed_drops_the_value_at_once()
    {
        CacheExpiry[] expiries = [Past, CacheExpiry.At(DateTimeOffset.UnixEpoch), CacheExpiry.At(DateTimeOffset.UnixEpoch.AddDays(3))];
        foreach (var expiry in expiries)
        {
            await SetAsync(Key("set"), "v");
            await Pool.SetAsync(Key("set"), "w", Text, expiry, Token);
            Assert.Null(await GetAsync(Key("set")));

            await SetAsync(Key("touched"), "v");
            Assert.True(await Pool.TouchAsync(Key("touched"), expiry, Token));
            Assert.Null(await GetAsync(Key("touched")));
        }
    }

    [Fact]
    public async Task Touch_gives_a_new_expiry_and_needs_a_value()
    {
        Assert.False(await Pool.TouchAsync(Key(), TimeSpan.FromSeconds(10), Token));
        await Pool.SetAsync(Key(), "v", Text, TimeSpan.FromSeconds(1000), Token);
        Assert.True(await Pool.TouchAsync(Key(), CacheExpiry.FromSeconds(1), Token));
        await UntilGoneAsync(Key());
    }

    [Fact]
    public async Task Flush_makes_all_servers_forget_now_or_later()
    {
        string[] keys = [.. Enumerable.Range(0, 20).Select(i => Key($"{i}"))];
        await SetAllAsync(keys);
        await Pool.FlushAsync(cancellationToken: Token);
        Assert.Empty(await Pool.GetManyAsync(keys, Text, Token));

        await SetAllAsync(keys);
        await Pool.FlushAsync(TimeSpan.FromSeconds(2), Token);
        foreach (var key in keys)
        {
            await UntilGoneAsync(key);
        }

        await SetAllAsync(keys);
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(async () => await Pool.FlushAsync(TimeSpan.FromSeconds(-1), Token));
    }

    [Fact]
    public async Task A_late_flush_leaves_the_values_until_then()
    {
        string[] keys = [.. Enumerable.Range(0, 20).Select(i => Key($"{i}"))];
        await SetAllAsync(keys);
        foreach (var delay in (TimeSpan[])[TimeSpan.FromDays(30), TimeSpan.FromDays(30) + TimeSpan.FromTicks(1), TimeSpan.FromDays(31), TimeSpan.FromDays(40_000)])
        {
            await Pool.FlushAsync(delay, Token);
            Assert.Equal(keys.Length, (await Pool.GetManyAsync(keys, Text, Token)).Count);

            // The second from which on a server counts its values as flushed; 0 is never.
            var settings = await Pool.GetStatsAsync("settings", Token);
            Assert.All(settings, reply => Assert.InRange(long.Parse(reply.Value!["oldest"], CultureInfo.InvariantCulture), 1000, uint.MaxValue));
        }

        await Pool.FlushAsync(cancellationToken: Token);
        var refused = await Assert.ThrowsAsync<ArgumentOutOfRangeException>(async () => await Pool.FlushAsync(TimeSpan.MaxValue, Token));
        Assert.Equal("delay", refused.ParamName);
    }

    [Fact]
    public async Task A_time_which_is_too_long_is_named_as_the_caller_knows_it()
    {
        var refused = await Assert.ThrowsAsync<ArgumentOutOfRangeException>(async () => await Pool.InvalidateAsync(Key(), TimeSpan.MaxValue, Token));
        Assert.Equal("stale", refused.ParamName);
    }

    // A flush takes what is stored later in its second along, too.
    private async Task SetAllAsync(string[] keys)
    {
        var waited = Stopwatch.StartNew();
        foreach (var key in keys)
        {
            do
            {
                Assert.True(waited.Elapsed < TimeSpan.FromSeconds(15), $"{key} is not stored");
                await SetAsync(key, "v");
            }
            while (await GetAsync(key) is null);
        }
    }

    private async Task UntilGoneAsync(string key)
    {
        var waited = Stopwatch.StartNew();
        while (await GetAsync(key) is not null)
        {
            Assert.True(waited.Elapsed < TimeSpan.FromSeconds(15), $"{key} is still there");
            await Task.Delay(20, Token);
        }
    }
}
