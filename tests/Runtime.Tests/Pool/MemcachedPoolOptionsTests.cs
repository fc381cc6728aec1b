using TypedCache.Values;

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
        { "MaxNearBytes", options => options.MaxNearBytes = -1 },
        { "MaxAuditsPerSecond", options => options.MaxAuditsPerSecond = -1 },
        { "MaxValueLength", options => options.MaxValueLength = -1 },
        { "weight of a:1 is 0", options => options.Servers.Add(new MemcachedServerOptions("a", 1, 0)) },
        { "port of a:0", options => options.Servers.Add(new MemcachedServerOptions("a", 0)) },
        { "port of a:65536", options => options.Servers.Add(new MemcachedServerOptions("a", 65536)) },
        { "has port 0", options => options.Servers.Add(new MemcachedServerOptions("unix:///s", 1)) },
        { "MemcachedPoolOptions.HashStrategy is null", options => options.HashStrategy = null! },
        { "MemcachedPoolOptions.HashFunction is null", options => options.HashFunction = null! },
        { "MemcachedPoolOptions.KeyPrefix is null", options => options.KeyPrefix = null! },
        { "KeyPrefix 'a b'", options => options.KeyPrefix = "a b" },
        { "KeyPrefix has half", options => options.KeyPrefix = "a\ud800" },
        { "MemcachedPoolOptions.ValueDialect is null", options => options.ValueDialect = null! },
        { "MemcachedPoolOptions.FailoverSequence is null", options => options.FailoverSequence = null! },
        { "MemcachedPoolOptions.TimeProvider is null", options => options.TimeProvider = null! },
        { "MemcachedPoolOptions.Servers is null", options => options.Servers.Add(null!) },
        { "commas", options => options.Servers.Add(new MemcachedServerOptions("a;b")) },
        { "no scheme", options => options.Servers.Add(new MemcachedServerOptions("tcp://a")) },
        { "not an IPv6 address", options => options.Servers.Add(new MemcachedServerOptions("a:1")) },
        { "'a?b' is not valid: it has the control character U+0000", options => options.Servers.Add(new MemcachedServerOptions("a\0b")) },
        { "256 characters", options => options.Servers.Add(new MemcachedServerOptions(new string('a', 256))) },
        { "has 301 bytes", options => options.Servers.Add(new MemcachedServerOptions("unix:///" + new string('a', 300), 0)) },
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
    public void A_missing_text_is_named_as_its_parameter_is()
    {
        Assert.Equal("connectionString", Assert.ThrowsAny<ArgumentException>(() => MemcachedPool.Connect((string)null!)).ParamName);
        Assert.Equal("servers", Assert.ThrowsAny<ArgumentException>(() => new MemcachedPoolOptions().AddServers(null!)).ParamName);
    }

    [Theory]
    [InlineData("cache_1.svc")]
    [InlineData("bücher.example")]
    [InlineData("[fe80::1%eth0]")]
    [InlineData("::1")]
    [InlineData("10.0.0.1")]
    public void Names_and_addresses_are_hosts(string host) => Make(options => options.Servers.Add(new MemcachedServerOptions(host))).Validate();

    [Fact]
    public void Compression_settings_are_named_by_their_own_names()
    {
        Assert.Equal("Threshold", Assert.Throws<ArgumentOutOfRangeException>(() => new CompressionOptions { Threshold = -1 }).ParamName);
        Assert.Equal("MinimumSaving", Assert.Throws<ArgumentOutOfRangeException>(() => new CompressionOptions { MinimumSaving = 2 }).ParamName);
        Assert.Equal("MaxExpandedSize", Assert.Throws<ArgumentOutOfRangeException>(() => new CompressionOptions { MaxExpandedSize = 0 }).ParamName);
        Assert.Equal("MaxExpandedTogether", Assert.Throws<ArgumentOutOfRangeException>(() => new CompressionOptions { MaxExpandedTogether = 0 }).ParamName);
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
