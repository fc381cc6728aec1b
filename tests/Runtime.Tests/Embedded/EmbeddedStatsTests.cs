using Microsoft.Extensions.Time.Testing;
using TypedCache.Embedded;

namespace TypedCache.Runtime.Tests.Embedded;

public class EmbeddedStatsTests
{
    [Fact]
    public async Task Items_are_grouped_by_the_size_classes_of_memcached()
    {
        var time = new FakeTimeProvider();
        using var server = new EmbeddedServer(new EmbeddedServerOptions { TimeProvider = time });
        using var channel = server.Connect();
        await channel.AskAsync($"set a 0 0 1\r\nx\r\nset b 0 0 1\r\nx\r\nset c 0 0 100\r\n{new string('x', 100)}\r\n");
        time.Advance(TimeSpan.FromSeconds(3));

        Assert.Equal(
            "STAT items:1:number 2\r\nSTAT items:1:age 3\r\nSTAT items:1:mem_requested 122\r\n" +
            "STAT items:4:number 1\r\nSTAT items:4:age 3\r\nSTAT items:4:mem_requested 160\r\nEND\r\n",
            await channel.AskAsync("stats items\r\n"));
        var slabs = await channel.AskAsync("stats slabs\r\n");
        Assert.Contains("STAT 1:chunk_size 96\r\nSTAT 1:chunks_per_page 10922\r\nSTAT 1:total_pages 1\r\nSTAT 1:total_chunks 10922\r\nSTAT 1:used_chunks 2\r\n", slabs, StringComparison.Ordinal);
        Assert.EndsWith("STAT active_slabs 2\r\nSTAT total_malloced 2097152\r\nEND\r\n", slabs, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_keys_of_a_class_are_dumped_those_used_last_first()
    {
        var time = new FakeTimeProvider();
        using var server = new EmbeddedServer(new EmbeddedServerOptions { TimeProvider = time });
        using var channel = server.Connect();
        await channel.AskAsync("set a 0 0 1\r\nx\r\nset b 0 10 2\r\nxy\r\n");

        var expiry = time.GetUtcNow().AddSeconds(10).ToUnixTimeSeconds();
        Assert.Equal($"ITEM b [2 b; {expiry} s]\r\nITEM a [1 b; 0 s]\r\nEND\r\n", await channel.AskAsync("stats cachedump 1 0\r\n"));
        Assert.Equal($"ITEM b [2 b; {expiry} s]\r\nEND\r\n", await channel.AskAsync("stats cachedump 1 1\r\n"));
        Assert.Equal("END\r\n", await channel.AskAsync("stats cachedump 2 0\r\n"));
    }

    [Fact]
    public async Task Reset_sets_the_counters_back_and_leaves_the_items()
    {
        using var server = new EmbeddedServer();
        using var channel = server.Connect();
        await channel.AskAsync("set a 0 0 1\r\nx\r\nget a b\r\n");
        Assert.Equal(1, await channel.StatAsync("get_hits"));
        Assert.Equal(1, await channel.StatAsync("get_misses"));

        Assert.Equal("RESET\r\n", await channel.AskAsync("stats reset\r\n"));

        Assert.Equal(0, await channel.StatAsync("get_hits"));
        Assert.Equal(1, await channel.StatAsync("curr_items"));
        Assert.Equal(1, await channel.StatAsync("curr_connections"));
    }

    [Fact]
    public async Task Uptime_and_time_follow_the_clock_of_the_provider()
    {
        var time = new FakeTimeProvider();
        using var server = new EmbeddedServer(new EmbeddedServerOptions { TimeProvider = time });
        using var channel = server.Connect();
        time.Advance(TimeSpan.FromSeconds(90));

        Assert.Equal(90, await channel.StatAsync("uptime"));
        Assert.Equal(time.GetUtcNow().ToUnixTimeSeconds(), await channel.StatAsync("time"));
    }

    [Fact]
    public async Task A_lower_memory_limit_evicts_at_once()
    {
        using var server = new EmbeddedServer();
        using var channel = server.Connect();
        for (var i = 0; i < 12; i++)
        {
            await channel.AskAsync($"set k{i} 0 0 1000000\r\n{new string('x', 1_000_000)}\r\n");
        }

        Assert.Equal("OK\r\n", await channel.AskAsync("cache_memlimit 8\r\n"));

        Assert.Equal(8, await channel.StatAsync("curr_items"));
        Assert.Equal(4, await channel.StatAsync("evictions"));
    }

    [Fact]
    public void A_get_line_without_end_is_cut_off_before_it_fills_the_memory()
    {
        using var server = new EmbeddedServer();
        using var channel = server.Connect();
        channel.Send("get "u8);
        var keys = System.Text.Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat("key-key-key ", 50_000)));

        Assert.Throws<IOException>(() =>
        {
            for (var i = 0; i < 20; i++)
            {
                channel.Send(keys);
            }
        });

        var reply = new byte[100];
        Assert.Equal("SERVER_ERROR out of memory reading request\r\n"u8, reply.AsSpan(0, channel.Receive(reply)));
        Assert.Equal(0, channel.Receive(reply));
    }
}
