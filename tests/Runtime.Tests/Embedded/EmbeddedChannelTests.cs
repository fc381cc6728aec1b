using System.Text;
using TypedCache.Embedded;
using TypedCache.Transport;

namespace TypedCache.Runtime.Tests.Embedded;

public class EmbeddedChannelTests
{
    [Fact]
    public void A_small_request_is_answered_before_sending_returns()
    {
        using var server = new EmbeddedServer();
        using var channel = server.Connect();

        Assert.Equal(9, channel.TrySend("version\r\n"u8, lastRequest: 0));

        Assert.Equal("VERSION 1.6.40\r\n", Receive(channel, 100));
    }

    [Fact]
    public void Replies_are_received_in_any_pieces()
    {
        using var server = new EmbeddedServer();
        using var channel = server.Connect();
        channel.Send("set a 0 0 5\r\nhello\r\nget a\r\n"u8);

        var pieces = string.Concat(Enumerable.Range(0, 5).Select(_ => Receive(channel, 3)));

        Assert.Equal("STORED\r\nVALUE a", pieces);
        Assert.Equal(" 0 5\r\nhello\r\nEND\r\n", Receive(channel, 1000));
    }

    [Fact]
    public void Whoever_reads_is_told_that_there_is_something()
    {
        using var server = new EmbeddedServer();
        using var channel = server.Connect();
        var told = 0;
        channel.Ready = () => told++;
        Assert.Equal(-1, channel.TryReceive(new byte[10]));

        channel.Send("mn\r\n"u8);

        Assert.Equal(1, told);
        Assert.Equal("MN\r\n", Receive(channel, 100));
        Assert.Equal(-1, channel.TryReceive(new byte[10]));
    }

    [Fact]
    public void Closing_ends_both_directions_and_tells_whoever_reads()
    {
        using var server = new EmbeddedServer();
        var channel = server.Connect();
        var told = 0;
        channel.Ready = () => told++;

        channel.Close();

        Assert.Equal(1, told);
        Assert.Throws<IOException>(() => channel.TryReceive(new byte[10]));
        Assert.Throws<IOException>(() => channel.Send("mn\r\n"u8));
        channel.Dispose();
    }

    [Fact]
    public void After_quit_the_earlier_replies_come_and_then_the_end()
    {
        using var server = new EmbeddedServer();
        using var channel = server.Connect();
        channel.Send("mn\r\nquit\r\nmn\r\n"u8);

        Assert.Equal("MN\r\n", Receive(channel, 100));
        Assert.Equal(0, channel.TryReceive(new byte[10]));
        Assert.Equal(0, channel.TryReceive(new byte[10]));
        Assert.Throws<IOException>(() => channel.Send("mn\r\n"u8));
    }

    [Fact]
    public async Task Disposing_the_server_ends_its_connections_and_refuses_new_ones()
    {
        var server = new EmbeddedServer(new EmbeddedServerOptions { Name = "cache-7" });
        using var channel = server.Connect();
        var told = 0;
        channel.Ready = () => told++;

        await server.DisposeAsync();

        Assert.Equal(1, told);
        Assert.Equal(0, channel.TryReceive(new byte[10]));
        Assert.Throws<IOException>(() => channel.Send("mn\r\n"u8));
        var refused = Assert.Throws<IOException>(() => server.Connect());
        Assert.Contains("cache-7", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_sender_has_no_room_while_nobody_takes_the_replies()
    {
        using var server = new EmbeddedServer();
        using var channel = server.Connect();
        await channel.AskAsync($"set a 0 0 200000\r\n{new string('x', 200_000)}\r\n");
        var request = Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat("mg a v\r\n", 100)));
        const int replyLength = 200_000 + 13;

        var sent = channel.TrySend(request, lastRequest: 0);
        Assert.InRange(sent, 1, request.Length / 2);

        var received = 0L;
        var buffer = new byte[64 * 1024];
        while (received < 100 * replyLength)
        {
            received += channel.Receive(buffer);
            sent += channel.TrySend(request.AsSpan(sent), lastRequest: 0);
        }

        Assert.Equal(request.Length, sent);
        Assert.Equal(100 * replyLength, received);
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
            channel.TrySend(commands.Span, lastRequest: 0);
            channel.TryReceive(buffer);
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
    public void The_binary_protocol_is_hung_up_on()
    {
        using var server = new EmbeddedServer();
        using var channel = server.Connect();

        channel.TrySend([0x80, 0x0b, 0, 0], lastRequest: 0);

        Assert.Equal(0, channel.TryReceive(new byte[10]));
    }

    private static string Receive(ByteChannel channel, int atMost)
    {
        var buffer = new byte[atMost];
        return Encoding.ASCII.GetString(buffer, 0, channel.Receive(buffer));
    }
}
