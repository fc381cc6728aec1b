using System.Text;
using TypedCache.Embedded;
using TypedCache.Transport;

namespace TypedCache.Runtime.Tests.Embedded;

public class EmbeddedChannelTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    [Fact]
    public void A_small_request_is_answered_before_sending_returns()
    {
        using var server = new EmbeddedServer();
        using var channel = server.Connect();

        var sent = channel.SendAsync("version\r\n"u8.ToArray());

        Assert.True(sent.IsCompletedSuccessfully);
        Assert.Equal("VERSION 1.6.18\r\n", Receive(channel, 100));
    }

    [Fact]
    public async Task Replies_are_received_in_any_pieces()
    {
        using var server = new EmbeddedServer();
        using var channel = server.Connect();
        await channel.SendAsync("set a 0 0 5\r\nhello\r\nget a\r\n"u8.ToArray());

        var pieces = string.Concat(Enumerable.Range(0, 5).Select(_ => Receive(channel, 3)));

        Assert.Equal("STORED\r\nVALUE a", pieces);
        Assert.Equal(" 0 5\r\nhello\r\nEND\r\n", Receive(channel, 1000));
    }

    [Fact]
    public async Task Receive_waits_for_what_another_thread_sends()
    {
        using var server = new EmbeddedServer();
        using var channel = server.Connect();
        var received = Task.Run(() => Receive(channel, 100), TestContext.Current.CancellationToken);

        await channel.SendAsync("mn\r\n"u8.ToArray());

        Assert.Equal("MN\r\n", await received.WaitAsync(Limit, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Closing_wakes_a_waiting_receiver_and_ends_both_directions()
    {
        using var server = new EmbeddedServer();
        var channel = server.Connect();
        var receiving = Task.Run(() => Receive(channel, 100), TestContext.Current.CancellationToken);

        channel.Close();

        await Assert.ThrowsAsync<IOException>(() => receiving.WaitAsync(Limit, TestContext.Current.CancellationToken));
        await Assert.ThrowsAsync<IOException>(async () => await channel.SendAsync("mn\r\n"u8.ToArray()));
        channel.Dispose();
    }

    [Fact]
    public async Task After_quit_the_earlier_replies_come_and_then_the_end()
    {
        using var server = new EmbeddedServer();
        using var channel = server.Connect();
        await channel.SendAsync("mn\r\nquit\r\nmn\r\n"u8.ToArray());

        Assert.Equal("MN\r\n", Receive(channel, 100));
        Assert.Equal(0, channel.Receive(new byte[10]));
        Assert.Equal(0, channel.Receive(new byte[10]));
        await Assert.ThrowsAsync<IOException>(async () => await channel.SendAsync("mn\r\n"u8.ToArray()));
    }

    [Fact]
    public async Task Disposing_the_server_ends_its_connections_and_refuses_new_ones()
    {
        var server = new EmbeddedServer(new EmbeddedServerOptions { Name = "cache-7" });
        using var channel = server.Connect();
        var receiving = Task.Run(() => channel.Receive(new byte[10]), TestContext.Current.CancellationToken);

        await server.DisposeAsync();

        Assert.Equal(0, await receiving.WaitAsync(Limit, TestContext.Current.CancellationToken));
        await Assert.ThrowsAsync<IOException>(async () => await channel.SendAsync("mn\r\n"u8.ToArray()));
        var refused = Assert.Throws<IOException>(() => server.Connect());
        Assert.Contains("cache-7", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_sender_waits_while_nobody_takes_the_replies()
    {
        using var server = new EmbeddedServer();
        using var channel = server.Connect();
        await channel.AskAsync($"set a 0 0 200000\r\n{new string('x', 200_000)}\r\n");
        var request = Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat("mg a v\r\n", 100)));
        const int replyLength = 200_000 + 13;

        var sending = channel.SendAsync(request).AsTask();
        Assert.False(sending.IsCompleted);

        var received = 0L;
        var buffer = new byte[64 * 1024];
        while (received < 100 * replyLength)
        {
            received += await Task.Run(() => channel.Receive(buffer), TestContext.Current.CancellationToken).WaitAsync(Limit, TestContext.Current.CancellationToken);
        }

        await sending.WaitAsync(Limit, TestContext.Current.CancellationToken);
        Assert.Equal(100 * replyLength, received);
    }

    [Fact]
    public async Task Closing_wakes_a_waiting_sender()
    {
        using var server = new EmbeddedServer();
        using var channel = server.Connect();
        await channel.AskAsync($"set a 0 0 200000\r\n{new string('x', 200_000)}\r\n");
        var sending = channel.SendAsync(Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat("mg a v\r\n", 100)))).AsTask();

        channel.Close();

        await Assert.ThrowsAsync<IOException>(() => sending.WaitAsync(Limit, TestContext.Current.CancellationToken));
    }

    [Fact]
    public void A_read_allocates_nothing()
    {
        using var server = new EmbeddedServer();
        using var channel = server.Connect();
        ReadOnlyMemory<byte> request = "set k 0 0 5\r\nhello\r\nmg k v f t c O1\r\nget k k\r\nmg n\r\n"u8.ToArray();
        var read = request["set k 0 0 5\r\nhello\r\n".Length..];
        var buffer = new byte[1000];
        Exchange(request);
        Exchange(read);

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++)
        {
            Exchange(read);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);

        void Exchange(ReadOnlyMemory<byte> commands)
        {
            var sent = channel.SendAsync(commands);
            Assert.True(sent.IsCompletedSuccessfully);
            channel.Receive(buffer);
        }
    }

    [Fact]
    public async Task Open_connections_are_counted()
    {
        using var server = new EmbeddedServer();
        using var first = server.Connect();
        var second = server.Connect();
        Assert.Equal(2, await first.StatAsync("curr_connections"));

        second.Close();
        second.Close();

        Assert.Equal(1, await first.StatAsync("curr_connections"));
        Assert.Equal(2, await first.StatAsync("total_connections"));
    }

    [Fact]
    public async Task The_binary_protocol_is_hung_up_on()
    {
        using var server = new EmbeddedServer();
        using var channel = server.Connect();

        await channel.SendAsync(new byte[] { 0x80, 0x0b, 0, 0 });

        Assert.Equal(0, channel.Receive(new byte[10]));
    }

    private static string Receive(ByteChannel channel, int atMost)
    {
        var buffer = new byte[atMost];
        return Encoding.ASCII.GetString(buffer, 0, channel.Receive(buffer));
    }
}
