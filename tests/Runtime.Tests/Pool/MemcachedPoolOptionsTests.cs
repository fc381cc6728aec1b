namespace TypedCache.Tests.Pool;

public class MemcachedPoolOptionsTests
{
    [Fact]
    public void The_defaults_are_valid_with_a_server() => Make(_ => { }).Validate();

    [Fact]
    public void A_pool_needs_a_server() =>
        Assert.Contains("has no server", Assert.Throws<ArgumentException>(() => new MemcachedPoolOptions().Validate()).Message, StringComparison.Ordinal);

    public static TheoryData<string, Action<MemcachedPoolOptions>> Refused => new()
    {
        { "ConnectTimeout", options => options.ConnectTimeout = TimeSpan.Zero },
        { "ConnectTimeout", options => options.ConnectTimeout = TimeSpan.FromDays(25) },
        { "OperationTimeout", options => options.OperationTimeout = TimeSpan.FromSeconds(-1) },
        { "OperationTimeout", options => options.OperationTimeout = Timeout.InfiniteTimeSpan },
        { "ConnectTimeout", options => options.ConnectTimeout = TimeSpan.MaxValue },
        { "OperationTimeout", options => options.OperationTimeout = TimeSpan.MaxValue },
        { "RetryInterval", options => options.RetryInterval = TimeSpan.Zero },
        { "RetryInterval", options => options.RetryInterval = TimeSpan.MaxValue },
        { "RetryInterval", options => options.RetryInterval = TimeSpan.MinValue },
        { "KeepAlive", options => options.KeepAlive = TimeSpan.Zero },
        { "KeepAlive", options => options.KeepAlive = TimeSpan.FromHours(10) },
        { "KeepAlive", options => options.KeepAlive = TimeSpan.MaxValue },
        { "MaxFailoverAttempts", options => options.MaxFailoverAttempts = -1 },
        { "ConnectionsPerServer", options => options.ConnectionsPerServer = 0 },
        { "ConnectionsPerServer", options => options.ConnectionsPerServer = 17 },
        { "MaxQueuedBytes", options => options.MaxQueuedBytes = 0 },
        { "MaxValueLength", options => options.MaxValueLength = -1 },
        { "weight of a:1 is 0", options => options.Servers.Add(new MemcachedServerOptions("a", 1, 0)) },
        { "port of a:0", options => options.Servers.Add(new MemcachedServerOptions("a", 0)) },
        { "port of a:65536", options => options.Servers.Add(new MemcachedServerOptions("a", 65536)) },
        { "has port 0", options => options.Servers.Add(new MemcachedServerOptions("unix:///s", 1)) },
        { "Host", options => options.Servers.Add(new MemcachedServerOptions(" ")) },
    };

    [Theory]
    [MemberData(nameof(Refused))]
    public void A_setting_out_of_range_is_named(string name, Action<MemcachedPoolOptions> change)
    {
        var options = Make(change);
        var refused = Assert.ThrowsAny<ArgumentException>(options.Validate);
        Assert.Contains(name, refused.Message, StringComparison.Ordinal);
        Assert.ThrowsAny<ArgumentException>(() => MemcachedPool.Connect(options));
    }

    [Fact]
    public void A_failed_server_may_stay_failed() => Make(options => options.RetryInterval = Timeout.InfiniteTimeSpan).Validate();

    private static MemcachedPoolOptions Make(Action<MemcachedPoolOptions> change)
    {
        var options = new MemcachedPoolOptions { Servers = [new MemcachedServerOptions("cache-1")] };
        change(options);
        return options;
    }
}
