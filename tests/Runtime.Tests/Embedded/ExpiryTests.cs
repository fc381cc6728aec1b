using Microsoft.Extensions.Time.Testing;
using TypedCache.Embedded;

namespace TypedCache.Runtime.Tests.Embedded;

public sealed class ExpiryTests : IDisposable
{
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));
    private readonly EmbeddedServer _server;

    public ExpiryTests()
    {
        _server = new EmbeddedServer(new EmbeddedServerOptions { TimeProvider = _time });
    }

    public void Dispose() => _server.Dispose();

    [Fact]
    public async Task An_item_lives_to_its_last_second_and_no_longer()
    {
        using var channel = _server.Connect();
        await channel.AskAsync("set a 0 10 1\r\nx\r\n");

        _time.Advance(TimeSpan.FromSeconds(9.9));
        Assert.Equal("HD t1\r\n", await channel.AskAsync("mg a t\r\n"));
        _time.Advance(TimeSpan.FromSeconds(0.1));
        Assert.Equal("EN\r\n", await channel.AskAsync("mg a t\r\n"));
        Assert.Equal(1, await channel.StatAsync("get_expired"));
        Assert.Equal(0, await channel.StatAsync("curr_items"));
    }

    [Fact]
    public async Task Thirty_days_are_relative_and_one_second_more_is_a_date_in_1970()
    {
        using var channel = _server.Connect();

        Assert.Equal("STORED\r\nHD t2592000\r\n", await channel.AskAsync("set a 0 2592000 1\r\nx\r\nmg a t\r\n"));
        Assert.Equal("STORED\r\nEN\r\n", await channel.AskAsync("set a 0 2592001 1\r\nx\r\nmg a t\r\n"));
    }

    [Fact]
    public async Task A_unix_time_is_met_by_the_clock_of_the_provider()
    {
        using var channel = _server.Connect();
        var at = _time.GetUtcNow().AddDays(60).ToUnixTimeSeconds();
        await channel.AskAsync($"set a 0 {at} 1\r\nx\r\n");

        _time.Advance(TimeSpan.FromDays(60) - TimeSpan.FromSeconds(1));
        Assert.Equal("HD t1\r\n", await channel.AskAsync("mg a t\r\n"));
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal("EN\r\n", await channel.AskAsync("mg a t\r\n"));
    }

    [Fact]
    public async Task Zero_is_for_ever_and_negative_never_lives()
    {
        using var channel = _server.Connect();
        await channel.AskAsync("set a 0 0 1\r\nx\r\nset b 0 -1 1\r\nx\r\n");

        Assert.Equal("END\r\n", await channel.AskAsync("get b\r\n"));
        _time.Advance(TimeSpan.FromDays(10_000));
        Assert.Equal("HD t-1\r\n", await channel.AskAsync("mg a t\r\n"));
    }

    [Theory]
    [InlineData("touch a 20\r\n")]
    [InlineData("gat 20 a\r\n")]
    [InlineData("mg a T20\r\n")]
    [InlineData("ma a D0 T20\r\n")]
    [InlineData("md a I T20\r\n")]
    public async Task A_command_which_touches_counts_from_its_own_time(string touch)
    {
        using var channel = _server.Connect();
        await channel.AskAsync("set a 0 10 1\r\n5\r\n");
        _time.Advance(TimeSpan.FromSeconds(5));

        await channel.AskAsync(touch);

        _time.Advance(TimeSpan.FromSeconds(19));
        Assert.Contains(" t1", await channel.AskAsync("mg a t\r\n"), StringComparison.Ordinal);
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal("EN\r\n", await channel.AskAsync("mg a t\r\n"));
    }

    [Fact]
    public async Task An_expired_item_is_no_obstacle_to_add_and_none_to_replace()
    {
        using var channel = _server.Connect();
        await channel.AskAsync("set a 0 1 1\r\nx\r\nset b 0 1 1\r\nx\r\n");
        _time.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal("STORED\r\nNOT_STORED\r\n", await channel.AskAsync("add a 0 0 1\r\ny\r\nreplace b 0 0 1\r\ny\r\n"));
    }

    [Fact]
    public async Task Increment_and_append_keep_the_expiry()
    {
        using var channel = _server.Connect();
        await channel.AskAsync("set a 0 10 1\r\n9\r\n");
        _time.Advance(TimeSpan.FromSeconds(4));

        Assert.Equal("10\r\nHD t6\r\nSTORED\r\nHD t6\r\n", await channel.AskAsync("incr a 1\r\nmg a t\r\nappend a 0 0 1\r\nx\r\nmg a t\r\n"));
    }

    [Fact]
    public async Task The_last_access_is_told_in_seconds()
    {
        using var channel = _server.Connect();
        await channel.AskAsync("set a 0 0 1\r\nx\r\n");

        _time.Advance(TimeSpan.FromSeconds(7));
        Assert.Equal("HD h0 l7\r\n", await channel.AskAsync("mg a h l\r\n"));
        Assert.Equal("HD h1 l7\r\n", await channel.AskAsync("mg a h l\r\n"));
        _time.Advance(TimeSpan.FromSeconds(3));
        Assert.Equal("HD h1 l3\r\n", await channel.AskAsync("mg a h l\r\n"));
    }

    [Fact]
    public async Task A_delayed_flush_takes_what_is_there_when_it_comes()
    {
        using var channel = _server.Connect();
        await channel.AskAsync("set a 0 0 1\r\nx\r\nflush_all 10\r\n");
        _time.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal("STORED\r\nHD\r\nHD\r\n", await channel.AskAsync("set b 0 0 1\r\nx\r\nmg a\r\nmg b\r\n"));

        _time.Advance(TimeSpan.FromSeconds(5));

        Assert.Equal("EN\r\nEN\r\nSTORED\r\nHD\r\n", await channel.AskAsync("mg a\r\nmg b\r\nset a 0 0 1\r\nx\r\nmg a\r\n"));
    }

    [Fact]
    public async Task A_flush_spares_what_is_stored_in_the_same_second_after_it()
    {
        using var channel = _server.Connect();

        Assert.Equal("STORED\r\nOK\r\nEN\r\nSTORED\r\nHD\r\n", await channel.AskAsync("set a 0 0 1\r\nx\r\nflush_all\r\nmg a\r\nset a 0 0 1\r\nx\r\nmg a\r\n"));
    }

    [Fact]
    public async Task One_reader_in_the_recache_window_wins_until_the_next_store()
    {
        using var channel = _server.Connect();
        await channel.AskAsync("ms a 1 T100 F1\r\nx\r\n");
        Assert.Equal("HD\r\n", await channel.AskAsync("mg a R30\r\n"));

        _time.Advance(TimeSpan.FromSeconds(71));
        Assert.Equal("HD W\r\nHD Z\r\n", await channel.AskAsync("mg a R30\r\nmg a R30\r\n"));
        Assert.Equal("HD\r\nHD\r\n", await channel.AskAsync("ms a 1 T100 F1\r\ny\r\nmg a R30\r\n"));
    }

    [Fact]
    public async Task A_lease_on_a_miss_ends_with_its_time()
    {
        using var channel = _server.Connect();
        Assert.Equal("VA 0 W\r\n\r\nVA 0 Z\r\n\r\n", await channel.AskAsync("mg a N5 v\r\nmg a N5 v\r\n"));

        _time.Advance(TimeSpan.FromSeconds(5));

        Assert.Equal("VA 0 W\r\n\r\n", await channel.AskAsync("mg a N5 v\r\n"));
    }
}
