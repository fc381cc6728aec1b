using System.Net;
using System.Net.Sockets;
using System.Text;
using TypedCache.Embedded;

namespace TypedCache.Runtime.Tests.Embedded;

public class EmbeddedListenerTests
{
    private static readonly IPEndPoint AnyLoopbackPort = new(IPAddress.Loopback, 0);

    [Fact]
    public async Task Sockets_and_channels_share_the_items()
    {
        await using var server = new EmbeddedServer();
        var endPoint = server.Listen(AnyLoopbackPort);
        using var channel = server.Connect();
        await channel.AskAsync("set a 0 0 1\r\nx\r\n");

        using var socket = await ConnectAsync(endPoint);
        Assert.Equal("VALUE a 0 1\r\nx\r\nEND\r\n", await AskAsync(socket, "get a\r\n"));
    }

    [Fact]
    public async Task Many_connections_are_served_at_once()
    {
        await using var server = new EmbeddedServer();
        var endPoint = server.Listen(AnyLoopbackPort);
        var sockets = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => ConnectAsync(endPoint)));

        foreach (var (socket, i) in sockets.Select((socket, i) => (socket, i)).Reverse())
        {
            Assert.Equal("STORED\r\n", await AskAsync(socket, $"set k{i} 0 0 1\r\nx\r\n"));
        }

        using var channel = server.Connect();
        Assert.Equal(51, await channel.StatAsync("curr_connections"));
        Array.ForEach(sockets, socket => socket.Dispose());
    }

    [Fact]
    public async Task Quit_closes_the_connection()
    {
        await using var server = new EmbeddedServer();
        using var socket = await ConnectAsync(server.Listen(AnyLoopbackPort));

        Assert.Equal("MN\r\n", await AskAsync(socket, "mn\r\nquit\r\n"));
        Assert.Equal("", await AskAsync(socket, ""));
    }

    [Fact]
    public async Task Disposing_the_server_closes_the_connections_and_the_port()
    {
        var server = new EmbeddedServer();
        var endPoint = server.Listen(AnyLoopbackPort);
        using var socket = await ConnectAsync(endPoint);
        Assert.Equal("MN\r\n", await AskAsync(socket, "mn\r\n"));

        await server.DisposeAsync();

        Assert.Equal(0, await EndOfAsync(socket));
        await Assert.ThrowsAsync<SocketException>(() => ConnectAsync(endPoint));
        Assert.Throws<ObjectDisposedException>(() => server.Listen(AnyLoopbackPort));
    }

    [Fact]
    public async Task A_reply_larger_than_the_socket_buffers_arrives_whole()
    {
        await using var server = new EmbeddedServer();
        using var socket = await ConnectAsync(server.Listen(AnyLoopbackPort));
        await AskAsync(socket, $"set a 0 0 900000\r\n{new string('x', 900_000)}\r\n");
        await socket.SendAsync(Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat("get a\r\n", 20)) + "quit\r\n"));

        Assert.Equal(20 * (900_000 + "VALUE a 0 900000\r\n\r\nEND\r\n".Length), await EndOfAsync(socket));
    }

    [Fact]
    public void An_address_which_others_can_reach_is_refused_unless_it_is_meant()
    {
        using var server = new EmbeddedServer();
        var refused = Assert.Throws<ArgumentException>(() => server.Listen(new IPEndPoint(IPAddress.Any, 0)));
        Assert.Contains("loopback", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_taken_port_is_reported_at_once()
    {
        using var server = new EmbeddedServer();
        var taken = server.Listen(AnyLoopbackPort);

        Assert.Throws<SocketException>(() => server.Listen(taken));
    }

    [Fact]
    public async Task A_unix_socket_is_served_like_a_port_and_its_file_removed_at_the_end()
    {
        var path = Path.Combine(Path.GetTempPath(), $"typedcache-{Guid.NewGuid():N}.sock");
        var server = new EmbeddedServer();
        server.Listen(new UnixDomainSocketEndPoint(path));
        using (var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified))
        {
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(path), TestContext.Current.CancellationToken);
            Assert.Equal("STORED\r\n", await AskAsync(socket, "set a 0 0 1\r\nx\r\n"));
            Assert.Throws<SocketException>(() => server.Listen(new UnixDomainSocketEndPoint(path)));
        }

        await server.DisposeAsync();

        Assert.False(File.Exists(path));
        Assert.Throws<ObjectDisposedException>(() => server.Listen(new UnixDomainSocketEndPoint(path)));
    }

    private static async Task<Socket> ConnectAsync(IPEndPoint endPoint)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            await socket.ConnectAsync(endPoint, TestContext.Current.CancellationToken);
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private static async Task<string> AskAsync(Socket socket, string commands)
    {
        var request = Encoding.ASCII.GetBytes(commands);
        if (request.Length > 0)
        {
            await socket.SendAsync(request);
        }

        var buffer = new byte[4096];
        return Encoding.ASCII.GetString(buffer, 0, await socket.ReceiveAsync(buffer));
    }

    // How many bytes come until the server closes.
    private static async Task<int> EndOfAsync(Socket socket)
    {
        var total = 0;
        var buffer = new byte[64 * 1024];
        try
        {
            while (await socket.ReceiveAsync(buffer) is > 0 and var count)
            {
                total += count;
            }
        }
        catch (SocketException reset) when (reset.SocketErrorCode == SocketError.ConnectionReset)
        {
            return total;
        }

        return total;
    }
}
