using TypedCache.Embedded;

namespace TypedCache.Runtime.Tests.Embedded;

public class EmbeddedLogTests
{
    [Fact]
    public async Task Each_connection_tells_what_it_asks_and_how_it_is_answered()
    {
        var lines = new List<string>();
        using var server = new EmbeddedServer(new EmbeddedServerOptions { Log = lines.Add });
        using (var first = server.Connect())
        {
            await first.AskAsync("ms a 6\r\nsecret\r\nmg a v\r\n");
        }

        using (var second = server.Connect())
        {
            await second.AskAsync("get no\\where\u0001\r\nms a 1 q\r\nx\r\nset b 0 0 2 noreply\r\nxy\r\n");
        }

        Assert.Equal(
            [
                "<1 new connection", "<1 ms a 6", ">1 HD", "<1 mg a v", ">1 VA 6", "<1 mn", ">1 MN", "<1 connection closed",
                "<2 new connection", @"<2 get no\x5cwhere\x01", ">2 END", "<2 ms a 1 q", "<2 set b 0 0 2 noreply", "<2 mn", ">2 MN", "<2 connection closed",
            ],
            lines);
    }

    [Fact]
    public async Task A_long_line_is_cut_in_the_log_alone()
    {
        var lines = new List<string>();
        using var server = new EmbeddedServer(new EmbeddedServerOptions { Log = lines.Add });
        using var channel = server.Connect();
        var keys = string.Join(' ', Enumerable.Range(0, 1000).Select(i => $"key{i}"));

        Assert.Equal("END\r\n", await channel.AskAsync($"get {keys}\r\n"));

        Assert.Equal("<1 ".Length + 2048, lines[1].Length);
    }
}
