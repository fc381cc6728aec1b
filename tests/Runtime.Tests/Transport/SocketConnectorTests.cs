using System.Net;
using System.Net.Sockets;
using TypedCache.Transport;

namespace TypedCache.Tests.Transport;

public class SocketConnectorTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    // The queue is full, so that the server's side answers only the second or third time it is asked: about a second later.
    [Fact]
    public async Task A_connection_which_takes_its_time_is_opened()
    {
        using var server = new TcpListener(IPAddress.Loopback, 0);
        server.Start(backlog: 1);
        var others = Enumerable.Range(0, 4).Select(_ => new Socket(SocketType.Stream, ProtocolType.Tcp) { Blocking = false }).ToList();
        others.ForEach(other => Assert.ThrowsAny<SocketException>(() => other.Connect(server.LocalEndpoint)));
        var connecting = new SocketConnector(server.LocalEndpoint, TimeSpan.FromSeconds(30)).ConnectAsync(Token).AsTask();
        await Task.Delay(300, Token);
        Assert.False(connecting.IsCompleted, connecting.Exception?.ToString() ?? "the queue was not full");

        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var accepting = AcceptAllAsync(server, stop.Token);
        using var socket = await connecting.WaitAsync(TimeSpan.FromSeconds(20), Token);

        Assert.True(socket.Connected);
        Assert.False(socket.Blocking);
        await stop.CancelAsync();
        await accepting;
        others.ForEach(other => other.Dispose());
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
