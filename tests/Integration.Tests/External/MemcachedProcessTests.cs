using System.Net.Sockets;
using System.Text;

namespace TypedCache.Integration.Tests.External;

public class MemcachedProcessTests
{
    [Fact]
    public void A_started_server_answers_and_is_gone_after_disposal()
    {
        using var server = MemcachedProcess.Start("-m", "16");
        using (var socket = server.Connect())
        {
            socket.Send("version\r\n"u8);
            Assert.StartsWith("VERSION ", Receive(socket), StringComparison.Ordinal);
        }

        server.Dispose();

        Assert.Throws<SocketException>(() => server.Connect().Dispose());
    }

    [Fact]
    public void A_restarted_server_is_empty_and_keeps_its_port()
    {
        using var server = MemcachedProcess.Start();
        using (var socket = server.Connect())
        {
            socket.Send("set k 0 0 1\r\nx\r\n"u8);
            Assert.Equal("STORED\r\n", Receive(socket));
        }

        var port = server.Port;
        server.Restart();

        using var again = server.Connect();
        again.Send("get k\r\n"u8);
        Assert.Equal("END\r\n", Receive(again));
        Assert.Equal(port, server.Port);
    }

    [Fact]
    public void Arguments_which_the_server_refuses_are_reported_with_its_own_words()
    {
        var refused = Assert.Throws<InvalidOperationException>(() => MemcachedProcess.Start("--no-such-option"));

        Assert.Contains("no-such-option", refused.Message, StringComparison.Ordinal);
    }

    private static string Receive(Socket socket)
    {
        var buffer = new byte[1024];
        return Encoding.ASCII.GetString(buffer, 0, socket.Receive(buffer));
    }
}
