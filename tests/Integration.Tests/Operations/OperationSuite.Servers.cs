using System.Globalization;

namespace TypedCache.Integration.Tests.Operations;

public abstract partial class OperationSuite
{
    [Fact]
    public async Task Every_server_tells_its_version()
    {
        var replies = await Pool.GetVersionsAsync(Token);

        Assert.Equal(Pool.Servers, replies.Select(reply => reply.Server));
        Assert.All(replies, reply => Assert.True(reply.Answered && reply.Value >= new Version(1, 6, 10), $"{reply}"));
        Assert.All(Pool.Servers, server => Assert.Equal(ServerState.Connected, server.State));
        Assert.Equal(replies.Select(reply => reply.Value), Pool.Servers.Select(server => server.Version));
    }

    [Fact]
    public async Task Every_server_tells_its_statistics()
    {
        await SetAsync(Key(), "v");
        var general = await Pool.GetStatsAsync(cancellationToken: Token);
        var settings = await Pool.GetStatsAsync("settings", Token);
        var items = await Pool.GetStatsAsync("items", Token);
        var slabs = await Pool.GetStatsAsync("slabs", Token);

        Assert.All(general, reply => Assert.Equal("1", reply.Value!["accepting_conns"]));
        Assert.All(settings, reply => Assert.Equal("1048576", reply.Value!["item_size_max"]));
        Assert.Contains(items, reply => reply.Value!.Keys.Any(name => name.EndsWith(":number", StringComparison.Ordinal)));
        Assert.All(slabs, reply => Assert.True(reply.Value!.ContainsKey("active_slabs")));
    }

    [Fact]
    public async Task A_statistics_group_which_nobody_knows_is_each_servers_error()
    {
        var before = await ConnectionsAsync();

        var replies = await Pool.GetStatsAsync("nosuchgroup", Token);

        Assert.All(replies, reply => Assert.IsType<MemcachedServerException>(reply.Error));
        Assert.All(replies, reply => Assert.Equal(reply.Server.Name, reply.Error!.Server));
        Assert.Equal(before, await ConnectionsAsync());
    }

    // Some answer OK, RESET, a STAT line without END, or lines of another kind; the embedded server knows fewer groups.
    [Theory]
    [InlineData("detail on")]
    [InlineData("detail dump")]
    [InlineData("detail off")]
    [InlineData("detail")]
    [InlineData("detail nonsense")]
    [InlineData("reset")]
    [InlineData("settings")]
    [InlineData("items")]
    [InlineData("slabs")]
    [InlineData("sizes")]
    [InlineData("sizes_enable")]
    [InlineData("sizes_disable")]
    [InlineData("conns")]
    [InlineData("extstore")]
    [InlineData("cachedump 1 10")]
    [InlineData("cachedump")]
    [InlineData("cachedump x y")]
    [InlineData(" ")]
    [InlineData("noreply")]
    public async Task No_statistics_group_costs_the_connection(string group)
    {
        await SetAsync(Key(), "v");
        var before = await ConnectionsAsync();

        var replies = await Pool.GetStatsAsync(group, Token);

        Assert.All(replies, reply => Assert.True(reply.Answered || reply.Error is MemcachedServerException, $"{reply.Error}"));
        Assert.Equal("v", await GetAsync(Key()));
        var after = await ConnectionsAsync();
        Assert.InRange(after, 0, group == "reset" ? long.MaxValue : before);
        Assert.All(Pool.Servers, server => Assert.Equal(ServerState.Connected, server.State));
    }

    [Theory]
    [InlineData("items\r\nflush_all")]
    [InlineData("items;")]
    public async Task A_statistics_group_cannot_bring_a_command_along(string group)
    {
        var refused = await Assert.ThrowsAsync<ArgumentException>(async () => await Pool.GetStatsAsync(group, Token));
        Assert.Equal("group", refused.ParamName);
    }

    // Grows by one with each connection which a server has ever accepted.
    private async Task<long> ConnectionsAsync()
    {
        var replies = await Pool.GetStatsAsync(cancellationToken: Token);
        return replies.Sum(reply => long.Parse(reply.Value!["total_connections"], CultureInfo.InvariantCulture));
    }
}
