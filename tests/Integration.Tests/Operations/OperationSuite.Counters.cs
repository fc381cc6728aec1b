using TypedCache.Values;

namespace TypedCache.Integration.Tests.Operations;

public abstract partial class OperationSuite
{
    [Fact]
    public async Task A_missing_counter_is_not_created_without_an_initial_value()
    {
        Assert.Null(await Pool.IncrementAsync(Key(), 1, Token));
        Assert.Null(await Pool.DecrementAsync(Key(), 1, Token));
        Assert.Null(await GetAsync(Key()));
    }

    [Fact]
    public async Task A_missing_counter_is_created_with_its_initial_value()
    {
        Assert.Equal(10UL, await Pool.IncrementAsync(Key("up"), 3, 10, cancellationToken: Token));
        Assert.Equal(13UL, await Pool.IncrementAsync(Key("up"), 3, 10, cancellationToken: Token));
        Assert.Equal(10UL, await Pool.DecrementAsync(Key("down"), 3, 10, cancellationToken: Token));
        Assert.Equal(7UL, await Pool.DecrementAsync(Key("down"), 3, 10, cancellationToken: Token));
        Assert.Equal(0UL, await Pool.IncrementAsync(Key("zero"), 1, 0, cancellationToken: Token));
        Assert.Equal(ulong.MaxValue, await Pool.IncrementAsync(Key("max"), 1, ulong.MaxValue, cancellationToken: Token));
    }

    [Fact]
    public async Task A_created_counter_takes_the_expiry()
    {
        await Pool.IncrementAsync(Key("gone"), 1, 5, Past, Token);
        await Pool.IncrementAsync(Key("there"), 1, 5, TimeSpan.FromDays(60), Token);
        Assert.Null(await Pool.IncrementAsync(Key("gone"), 1, Token));
        Assert.Equal(6UL, await Pool.IncrementAsync(Key("there"), 1, Token));
    }

    [Fact]
    public async Task An_increment_wraps_around_at_2_to_the_64()
    {
        // memcached 1.6.18 may refuse to add to 2^63 and more: it looks for a '-' beyond the digits, in what an older value left there.
        await Pool.SetAsync(Key(), long.MaxValue, CacheCodecs.Int64, cancellationToken: Token);
        Assert.Equal(0UL, await Pool.IncrementAsync(Key(), long.MaxValue + 2UL, Token));
        Assert.Equal(ulong.MaxValue, await Pool.IncrementAsync(Key(), ulong.MaxValue, Token));
    }

    [Fact]
    public async Task A_decrement_stops_at_0()
    {
        await Pool.SetAsync(Key(), 1000UL, CacheCodecs.UInt64, cancellationToken: Token);
        Assert.Equal(995UL, await Pool.DecrementAsync(Key(), 5, Token));
        Assert.Equal(0UL, await Pool.DecrementAsync(Key(), 996, Token));
        Assert.Equal(0UL, await Pool.DecrementAsync(Key(), ulong.MaxValue, Token));
    }

    // memcached pads a number which became shorter with blanks.
    [Fact]
    public async Task A_counter_is_read_as_a_number_whatever_its_length_was()
    {
        await Pool.SetAsync(Key(), 1000UL, CacheCodecs.UInt64, cancellationToken: Token);
        await Pool.DecrementAsync(Key(), 1, Token);
        Assert.Equal(999UL, await Pool.GetAsync(Key(), CacheCodecs.UInt64, Token));
        await Pool.IncrementAsync(Key(), 100_000, Token);
        Assert.Equal(100_999UL, await Pool.GetAsync(Key(), CacheCodecs.UInt64, Token));
    }

    [Fact]
    public async Task A_value_which_is_no_number_is_no_counter_and_the_connection_stays()
    {
        await SetAsync(Key(), "text");
        var before = await ConnectionsAsync();

        var refused = await Assert.ThrowsAsync<MemcachedServerException>(async () => await Pool.IncrementAsync(Key(), 1, Token));
        await Assert.ThrowsAsync<MemcachedServerException>(async () => await Pool.DecrementAsync(Key(), 1, 5, cancellationToken: Token));

        Assert.Contains(Key(), refused.Message, StringComparison.Ordinal);
        Assert.Contains("not a counter", refused.Message, StringComparison.Ordinal);
        Assert.Equal(Pool.FindServer(Key()).Name, refused.Server);
        Assert.Equal("text", await GetAsync(Key()));
        Assert.Equal(before, await ConnectionsAsync());
    }
}
