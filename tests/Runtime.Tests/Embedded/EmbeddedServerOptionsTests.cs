using TypedCache.Embedded;

namespace TypedCache.Runtime.Tests.Embedded;

public class EmbeddedServerOptionsTests
{
    public static TheoryData<string, EmbeddedServerOptions> WrongOptions => new()
    {
        { "MaxItemSize", new EmbeddedServerOptions { MaxItemSize = 1023 } },
        { "MemoryLimit", new EmbeddedServerOptions { MemoryLimit = 1024 * 1024 - 1 } },
        { "Version", new EmbeddedServerOptions { Version = "1.6.18\r\nx" } },
        { "Version", new EmbeddedServerOptions { Version = "" } },
        { "Name", new EmbeddedServerOptions { Name = " " } },
        { "TimeProvider", new EmbeddedServerOptions { TimeProvider = null! } },
    };

    [Theory]
    [MemberData(nameof(WrongOptions))]
    public void A_wrong_option_is_named(string option, EmbeddedServerOptions options)
    {
        var refused = Assert.ThrowsAny<ArgumentException>(() => new EmbeddedServer(options));

        Assert.Contains(option, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_version_is_told_and_the_item_size_is_kept()
    {
        using var server = new EmbeddedServer(new EmbeddedServerOptions { Version = "1.4.15", MaxItemSize = 2000, MemoryLimit = 10_000 });
        using var channel = server.Connect();

        Assert.Equal("VERSION 1.4.15\r\n", await channel.AskAsync("version\r\n"));
        Assert.Equal("STORED\r\n", await channel.AskAsync($"set a 0 0 1940\r\n{new string('x', 1940)}\r\n"));
        Assert.Equal("SERVER_ERROR object too large for cache\r\n", await channel.AskAsync($"set a 0 0 1941\r\n{new string('x', 1941)}\r\n"));
        Assert.Contains("STAT item_size_max 2000\r\n", await channel.AskAsync("stats settings\r\n"), StringComparison.Ordinal);
    }
}
