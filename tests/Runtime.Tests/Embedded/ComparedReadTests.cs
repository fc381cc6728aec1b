using Microsoft.Extensions.Time.Testing;
using TypedCache.Embedded;
using TypedCache.Transport;

namespace TypedCache.Runtime.Tests.Embedded;

/// <summary><c>mg</c> with <c>C</c>: the value comes only if it has changed (memcached's protocol.txt, since 1.6.40).</summary>
public sealed class ComparedReadTests : IDisposable
{
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));
    private readonly EmbeddedServer _server;
    private readonly ByteChannel _channel;

    public ComparedReadTests()
    {
        _server = new EmbeddedServer(new EmbeddedServerOptions { TimeProvider = _time });
        _channel = _server.Connect();
    }

    public void Dispose()
    {
        _channel.Dispose();
        _server.Dispose();
    }

    [Fact]
    public async Task A_value_with_the_number_is_not_sent()
    {
        await _channel.AskAsync("ms a 3 F7 T100\r\nabc\r\n");

        Assert.Equal("HD f7 t100 c1 O9 ka\r\n", await _channel.AskAsync("mg a v f t c O9 k C1\r\n"));
        Assert.Equal("HD f7\r\n", await _channel.AskAsync("mg a C1 q f v\r\n"));
        Assert.Equal("HD ka\r\n", await _channel.AskAsync("mg YQ== b v k C1\r\n"));
    }

    [Theory]
    [InlineData("C2")]
    [InlineData("C0")]
    [InlineData("C18446744073709551615")]
    public async Task A_value_with_another_number_is_sent(string token)
    {
        await _channel.AskAsync("ms a 3\r\nabc\r\n");

        Assert.Equal("VA 3 c1\r\nabc\r\n", await _channel.AskAsync($"mg a v c {token}\r\n"));
    }

    [Fact]
    public async Task A_changed_value_is_sent()
    {
        await _channel.AskAsync("ms a 3\r\nabc\r\nms a 3\r\ndef\r\n");

        Assert.Equal("VA 3 c2\r\ndef\r\n", await _channel.AskAsync("mg a v c C1\r\n"));
        Assert.Equal("HD c2\r\n", await _channel.AskAsync("mg a v c C2\r\n"));
    }

    [Fact]
    public async Task Without_a_value_to_send_the_number_changes_nothing()
    {
        await _channel.AskAsync("ms a 3\r\nabc\r\n");

        Assert.Equal("HD s3\r\nHD s3\r\n", await _channel.AskAsync("mg a s C1\r\nmg a s C2\r\n"));
        Assert.Equal("EN\r\nEN O7\r\n", await _channel.AskAsync("mg n v C1\r\nmg n v C1 O7\r\n"));
        Assert.Equal("", await _channel.AskAsync("mg n v C1 q\r\n"));
    }

    [Fact]
    public async Task The_refresh_is_won_and_told_with_and_without_the_value()
    {
        await _channel.AskAsync("ms a 3 T20\r\nabc\r\n");

        Assert.Equal("HD c1 W\r\n", await _channel.AskAsync("mg a v c C1 R30\r\n"));
        Assert.Equal("HD c1 Z\r\n", await _channel.AskAsync("mg a v c C1 R30\r\n"));
        Assert.Equal("VA 3 c1 Z\r\nabc\r\n", await _channel.AskAsync("mg a v c C9 R30\r\n"));
    }

    [Fact]
    public async Task An_invalidated_item_has_another_number()
    {
        await _channel.AskAsync("ms a 3\r\nabc\r\nmd a I T30\r\n");

        Assert.Equal("VA 3 c2 X W\r\nabc\r\n", await _channel.AskAsync("mg a v c C1\r\n"));
        Assert.Equal("HD c2 Z X\r\n", await _channel.AskAsync("mg a v c C2\r\n"));
    }

    [Fact]
    public async Task The_item_is_touched_read_and_vivified_all_the_same()
    {
        await _channel.AskAsync("ms a 3 T20\r\nabc\r\n");

        Assert.Equal("HD h0 t60\r\n", await _channel.AskAsync("mg a v C1 h T60 t\r\n"));
        _time.Advance(TimeSpan.FromSeconds(30));
        Assert.Equal("HD h1 t30\r\n", await _channel.AskAsync("mg a v C1 h t\r\n"));
        Assert.Equal("VA 0 c2 W\r\n\r\n", await _channel.AskAsync("mg n v c N30 C1\r\n"));
        Assert.Equal(2, await _channel.StatAsync("get_hits"));
    }

    [Theory]
    [InlineData("C", "bad token in command line format")]
    [InlineData("Cx", "bad token in command line format")]
    [InlineData("C1x", "bad token in command line format")]
    [InlineData("C-1", "bad token in command line format")]
    [InlineData("C18446744073709551616", "bad token in command line format")]
    [InlineData("C1 C1", "duplicate flag")]
    public async Task A_malformed_number_is_refused(string token, string reason)
    {
        await _channel.AskAsync("ms a 3\r\nabc\r\n");

        Assert.Equal($"CLIENT_ERROR {reason}\r\n", await _channel.AskAsync($"mg a v {token}\r\n"));
    }

    [Theory]
    [InlineData("1.6.18", false)]
    [InlineData("1.6.39", false)]
    [InlineData("1.6.40", true)]
    [InlineData("1.6.40-rc1", true)]
    [InlineData("1.10", true)]
    [InlineData("unknown", false)]
    public async Task Older_versions_ignore_the_number(string version, bool compares)
    {
        using var server = new EmbeddedServer(new EmbeddedServerOptions { Version = version });
        using var channel = server.Connect();
        await channel.AskAsync("ms a 3\r\nabc\r\n");

        Assert.Equal(compares ? "HD c1\r\n" : "VA 3 c1\r\nabc\r\n", await channel.AskAsync("mg a v c C1\r\n"));
    }
}
