using TypedCache.Embedded;

namespace TypedCache.Runtime.Tests.Embedded;

public class ConcurrencyTests
{
    private const int Sessions = 8;
    private const int Rounds = 2_000;

    [Fact]
    public async Task Many_sessions_count_one_counter_without_losing_any()
    {
        using var server = new EmbeddedServer();
        using var channel = server.Connect();
        await channel.AskAsync("set n 0 0 1\r\n0\r\n");

        await AllAsync(server, async (own, _) => await own.AskAsync("incr n 1\r\nma n D2 q\r\n"));

        Assert.Equal($"VALUE n 0 5\r\n{3 * Sessions * Rounds}\r\nEND\r\n", await channel.AskAsync("get n\r\n"));
    }

    [Fact]
    public async Task Of_all_who_ask_for_a_lease_one_wins()
    {
        using var server = new EmbeddedServer();
        var won = new int[Rounds];

        await AllAsync(server, async (own, round) =>
        {
            if (await own.AskAsync($"mg k{round} N30\r\n") == "HD W\r\n")
            {
                Interlocked.Increment(ref won[round]);
            }
        });

        Assert.All(won, count => Assert.Equal(1, count));
    }

    [Fact]
    public async Task Sessions_which_evict_each_others_items_never_see_a_wrong_value()
    {
        using var server = new EmbeddedServer(new EmbeddedServerOptions { MemoryLimit = 4096, MaxItemSize = 1024 });

        await AllAsync(server, async (own, round) =>
        {
            var key = $"key-{round % 97}";
            var reply = await own.AskAsync($"set {key} 0 0 100\r\n{key.PadRight(100, '.')}\r\nget {key}\r\n");
            Assert.True(reply == "STORED\r\nEND\r\n" || reply.Contains($"VALUE {key} 0 100\r\n{key}.", StringComparison.Ordinal), reply);
        });

        using var channel = server.Connect();
        Assert.InRange(await channel.StatAsync("bytes"), 1, 4096);
    }

    private static Task AllAsync(EmbeddedServer server, Func<Transport.ByteChannel, int, Task> action) =>
        Task.WhenAll(Enumerable.Range(0, Sessions).Select(_ => Task.Run(async () =>
        {
            using var own = server.Connect();
            for (var round = 0; round < Rounds; round++)
            {
                await action(own, round);
            }
        })));
}
