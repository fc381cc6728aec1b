using System.Text;
using Microsoft.Extensions.Time.Testing;
using TypedCache.Embedded;
using TypedCache.Keys;

namespace TypedCache.Runtime.Tests.Embedded;

/// <summary>What is stored, seen and changed without a client.</summary>
public sealed class EmbeddedItemsTests : IDisposable
{
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));
    private readonly EmbeddedServer _server;

    public EmbeddedItemsTests()
    {
        _server = new EmbeddedServer(new EmbeddedServerOptions { TimeProvider = _time });
    }

    public void Dispose() => _server.Dispose();

    [Fact]
    public async Task Items_tell_what_a_client_has_stored()
    {
        using var channel = _server.Connect();
        await channel.AskAsync("ms a 3 F5 T60\r\nabc\r\nms b 1\r\nx\r\nms c 1 T1\r\nx\r\n");
        await channel.AskAsync("mg a v\r\nmg lease N30\r\nmd b I\r\n");
        _time.Advance(TimeSpan.FromSeconds(10));

        var items = _server.GetItems();

        Assert.Equal(["a", "b", "lease"], items.Select(static item => Encoding.ASCII.GetString(item.Key.Span)).Order(StringComparer.Ordinal));
        var a = Find("a");
        Assert.Equal("abc"u8, a.Value.Span);
        Assert.Equal((5u, TimeSpan.FromSeconds(50), TimeSpan.FromSeconds(10), 1ul, true), (a.Flags, a.TimeLeft, a.SinceLastAccess, a.Cas, a.WasRead));
        Assert.False(a.IsStale || a.IsLeased);
        Assert.True(Find("b").IsStale);
        Assert.Null(Find("b").TimeLeft);
        Assert.True(Find("lease") is { IsLeased: true, Value.Length: 0, Flags: 0 });
    }

    [Fact]
    public async Task An_item_is_stored_as_a_client_finds_it()
    {
        using var channel = _server.Connect();
        _server.SetItem("a"u8, "one"u8, flags: 7, timeLeft: TimeSpan.FromSeconds(59.5));
        _server.SetItem("b"u8, "two"u8);

        Assert.Equal("VA 3 f7 t60\r\none\r\n", await channel.AskAsync("mg a v f t\r\n"));
        Assert.Equal("VA 3 f0 t-1\r\ntwo\r\n", await channel.AskAsync("mg b v f t\r\n"));
        _time.Advance(TimeSpan.FromSeconds(60));
        Assert.Equal("EN\r\n", await channel.AskAsync("mg a v\r\n"));
    }

    [Fact]
    public async Task An_evicted_item_is_gone_and_counted()
    {
        using var channel = _server.Connect();
        _server.SetItem("a"u8, "one"u8);

        Assert.True(_server.Evict("a"u8));
        Assert.False(_server.Evict("a"u8));

        Assert.Equal("EN\r\n", await channel.AskAsync("mg a v\r\n"));
        Assert.Contains("STAT evictions 1\r\n", await channel.AskAsync("stats\r\n"), StringComparison.Ordinal);
    }

    [Fact]
    public void What_cannot_be_stored_is_refused()
    {
        Assert.Throws<CacheKeyException>(() => _server.SetItem("a b"u8, "x"u8));
        Assert.Throws<ArgumentOutOfRangeException>(() => _server.SetItem("a"u8, "x"u8, timeLeft: TimeSpan.Zero));
        Assert.Throws<ArgumentException>(() => _server.SetItem("a"u8, new byte[2_000_000]));
    }

    private EmbeddedEntry Find(string key) => Assert.Single(_server.GetItems(), item => Encoding.ASCII.GetString(item.Key.Span) == key);
}
