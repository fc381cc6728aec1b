using System.Net;
using System.Net.Sockets;
using TypedCache.Transport;

namespace TypedCache.Tests.Transport;

public class SocketConnectorTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    // The queue is full, so that the server's side answers only the second or third time it is asked: about a second later.
    [Fact]
    public async Task A_connection_which_takes_its_time_is_opened()
    {
        using var server = new TcpListener(IPAddress.Loopback, 0);
        var others = Fill(server);
        var connecting = ConnectAsync(server.LocalEndpoint, TimeSpan.FromSeconds(30));
        await Task.Delay(300, Token);
        Assert.False(connecting.IsCompleted, connecting.Exception?.ToString() ?? "the queue was not full");

        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var accepting = AcceptAllAsync(server, stop.Token);
        using var socket = await connecting.WaitAsync(Patience, Token);

        Assert.True(socket.Connected);
        await Task.Run(() => Assert.Equal(-1, new SocketChannel(socket).TryReceive(new byte[1])), Token).WaitAsync(Patience, Token);
        await stop.CancelAsync();
        await accepting;
        others.ForEach(other => other.Dispose());
    }

    [Fact]
    public async Task A_connection_which_is_not_opened_in_time_is_given_up_at_once()
    {
        using var server = new TcpListener(IPAddress.Loopback, 0);
        var others = Fill(server);

        var connecting = ConnectAsync(server.LocalEndpoint, TimeSpan.FromMilliseconds(300));

        await Assert.ThrowsAsync<TimeoutException>(() => connecting.WaitAsync(Patience, Token));
        others.ForEach(other => other.Dispose());
    }

    [Fact]
    public async Task A_port_where_nobody_listens_refuses()
    {
        using var server = new TcpListener(IPAddress.Loopback, 0);
        server.Start();
        var nobody = server.LocalEndpoint;
        server.Stop();

        var failure = await Assert.ThrowsAsync<SocketException>(
            () => ConnectAsync(nobody, Patience).WaitAsync(Patience, Token));

        Assert.Equal(SocketError.ConnectionRefused, failure.SocketErrorCode);
    }

    [Theory]
    [InlineData(60)]
    [InlineData(0)]
    public void Connections_are_kept_alive_by_TCP_unless_that_is_turned_off(int seconds)
    {
        using var server = new TcpListener(IPAddress.Loopback, 0);
        server.Start();
        using var socket = new SocketConnector(server.LocalEndpoint) { KeepAliveSeconds = () => seconds }.Connect(new ConnectDeadline(Patience, () => false));

        Assert.Equal(seconds > 0, (int)socket.GetSocketOption(SocketOptionLevel.Socket, SocketOptionName.KeepAlive)! != 0);
        if (seconds > 0)
        {
            Assert.Equal(seconds, socket.GetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveTime));
            Assert.Equal(10, socket.GetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveInterval));
            Assert.Equal(3, socket.GetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveRetryCount));
        }
    }

    // On a thread of its own, as connections are opened.
    private static Task<Socket> ConnectAsync(EndPoint endPoint, TimeSpan limit) => Task.Factory.StartNew(
        () => new SocketConnector(endPoint).Connect(new ConnectDeadline(limit, () => false)), Token, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    // Lets so many others wait that the server answers nobody else.
    private static List<Socket> Fill(TcpListener server)
    {
        server.Start(backlog: 1);
        var others = Enumerable.Range(0, 4).Select(_ => new Socket(SocketType.Stream, ProtocolType.Tcp) { Blocking = false }).ToList();
        others.ForEach(other => Assert.ThrowsAny<SocketException>(() => other.Connect(server.LocalEndpoint)));
        return others;
    }

    private static async Task AcceptAllAsync(TcpListener server, CancellationToken cancellationToken)
    {
        List<Socket> accepted = [];
        try
        {
            while (true)
            {
                accepted.Add(await server.AcceptSocketAsync(cancellationToken));
            }
        }
        catch (OperationCanceledException)
        {
            accepted.ForEach(socket => socket.Dispose());
        }
    }
}
