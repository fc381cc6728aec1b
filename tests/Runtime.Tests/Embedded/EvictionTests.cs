using Microsoft.Extensions.Time.Testing;
using TypedCache.Embedded;

namespace TypedCache.Runtime.Tests.Embedded;

public class EvictionTests
{
    private const int ItemSize = 1000;

    [Fact]
    public async Task The_least_recently_used_item_goes_first()
    {
        using var server = ServerForTenItems();
        using var channel = server.Connect();
        for (var i = 0; i < 10; i++)
        {
            await channel.AskAsync(SetOf($"k{i}"));
        }

        await channel.AskAsync("get k0\r\ntouch k1 0\r\nincr k2 1\r\nmg k3\r\n");
        for (var i = 10; i < 14; i++)
        {
            await channel.AskAsync(SetOf($"k{i}"));
        }

        // k2 is not a number, so the attempt to count did not use it.
        var left = await KeysAsync(channel, 14);
        Assert.Equal(["k0", "k1", "k10", "k11", "k12", "k13", "k3", "k7", "k8", "k9"], left.Order(StringComparer.Ordinal));
        Assert.Equal(4, await channel.StatAsync("evictions"));
        Assert.Equal(10, await channel.StatAsync("curr_items"));
    }

    [Fact]
    public async Task The_memory_stays_within_its_limit()
    {
        using var server = ServerForTenItems();
        using var channel = server.Connect();
        for (var i = 0; i < 1_000; i++)
        {
            await channel.AskAsync(SetOf($"k{i}"));
        }

        Assert.InRange(await channel.StatAsync("bytes"), 9 * ItemSize, 10 * ItemSize);
        Assert.Equal(990, await channel.StatAsync("evictions"));
        Assert.Equal(10 * ItemSize, await channel.StatAsync("limit_maxbytes"));
        Assert.Equal(990, await channel.StatAsync("evicted_unfetched"));
    }

    [Fact]
    public async Task A_larger_value_under_the_same_key_makes_room_for_itself()
    {
        using var server = ServerForTenItems();
        using var channel = server.Connect();
        await channel.AskAsync("set a 0 0 1\r\nx\r\n");
        await channel.AskAsync(SetOf("b"));
        Assert.Equal("STORED\r\n", await channel.AskAsync($"set a 0 0 9900\r\n{new string('x', 9900)}\r\n"));

        Assert.Equal("EN\r\nHD s9900\r\n", await channel.AskAsync("mg b\r\nmg a s\r\n"));
        Assert.InRange(await channel.StatAsync("bytes"), 9900, 10 * ItemSize);
    }

    [Fact]
    public async Task An_expired_item_makes_room_without_counting_as_evicted()
    {
        var time = new FakeTimeProvider();
        using var server = ServerForTenItems(time);
        using var channel = server.Connect();
        await channel.AskAsync(SetOf("old").Replace(" 0 0 ", " 0 5 ", StringComparison.Ordinal));
        time.Advance(TimeSpan.FromSeconds(5));
        for (var i = 0; i < 10; i++)
        {
            await channel.AskAsync(SetOf($"k{i}"));
        }

        Assert.Equal(0, await channel.StatAsync("evictions"));
        Assert.Equal(1, await channel.StatAsync("reclaimed"));
    }

    [Fact]
    public async Task A_removed_item_leaves_the_order_of_the_others_intact()
    {
        using var server = ServerForTenItems();
        using var channel = server.Connect();
        for (var i = 0; i < 10; i++)
        {
            await channel.AskAsync(SetOf($"k{i}"));
        }

        await channel.AskAsync("delete k0\r\ndelete k5\r\ndelete k9\r\n");
        for (var i = 10; i < 15; i++)
        {
            await channel.AskAsync(SetOf($"k{i}"));
        }

        var left = await KeysAsync(channel, 15);
        Assert.Equal(["k10", "k11", "k12", "k13", "k14", "k3", "k4", "k6", "k7", "k8"], left.Order(StringComparer.Ordinal));
    }

    private static EmbeddedServer ServerForTenItems(TimeProvider? time = null) =>
        new(new EmbeddedServerOptions { MemoryLimit = 10 * ItemSize, MaxItemSize = 10 * ItemSize, TimeProvider = time ?? TimeProvider.System });

    // 59 bytes of overhead and the key.
    private static string SetOf(string key)
    {
        var value = new string('x', ItemSize - 59 - key.Length);
        return $"set {key} 0 0 {value.Length}\r\n{value}\r\n";
    }

    private static async Task<List<string>> KeysAsync(Transport.ByteChannel channel, int count)
    {
        var left = new List<string>();
        for (var i = 0; i < count; i++)
        {
            if (await channel.AskAsync($"mg k{i} u\r\n") == "HD\r\n")
            {
                left.Add($"k{i}");
            }
        }

        return left;
    }
}
