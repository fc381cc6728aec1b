using System.Text;
using TypedCache.Embedded;
using TypedCache.Transport;

namespace TypedCache.Runtime.Tests.Embedded;

/// <summary>What an application makes of commands before the server answers them.</summary>
public sealed class InterceptionTests : IDisposable
{
    private readonly List<string> _seen = [];
    private readonly EmbeddedServer _server;
    private readonly ByteChannel _channel;
    private Action<EmbeddedExchange> _intercept = static exchange => exchange.Run();

    public InterceptionTests()
    {
        _server = new EmbeddedServer(new EmbeddedServerOptions { Intercept = Intercept });
        _channel = _server.Connect();
    }

    public void Dispose()
    {
        _channel.Dispose();
        _server.Dispose();
    }

    [Fact]
    public async Task It_has_each_command_its_value_and_its_reply()
    {
        await _channel.AskAsync("ms a 3\r\nabc\r\nmg a v\r\nset b 0 0 1\r\nx\r\nget a b\r\nms a 2\r\nabc\r\n");

        Assert.Equal(
            ["1 ms a 3|abc|HD\r\n", "1 mg a v||VA 3\r\nabc\r\n", "1 set b 0 0 1|x|STORED\r\n", "1 get a b||VALUE a 0 3\r\nabc\r\nVALUE b 0 1\r\nx\r\nEND\r\n", "1 ms a 2|ab|CLIENT_ERROR bad data chunk\r\n"],
            _seen.Take(5));
    }

    [Theory]
    [InlineData("ms a 3\r\nabc\r\n")]
    [InlineData("set a 0 0 3\r\nabc\r\n")]
    public async Task A_command_that_is_not_run_changes_nothing(string store)
    {
        _intercept = static exchange =>
        {
            if (exchange.Command.Span.StartsWith("ms"u8) || exchange.Command.Span.StartsWith("set"u8))
            {
                exchange.Answer("SERVER_ERROR no\r\n"u8.ToArray());
            }
            else
            {
                exchange.Run();
            }
        };

        Assert.Equal("SERVER_ERROR no\r\n", await _channel.AskAsync(store));
        Assert.Equal("EN\r\n", await _channel.AskAsync("mg a v\r\n"));
        Assert.Empty(_server.GetItems());
    }

    [Fact]
    public void A_store_that_is_refused_at_once_comes_with_its_refusal()
    {
        Assert.Equal(9, _channel.TrySend("ms a x S\n"u8, 0));

        Assert.Equal(["1 ms a x S||CLIENT_ERROR bad command line format\r\n"], _seen);
    }

    [Fact]
    public void Replies_wait_behind_one_that_is_delayed_and_come_in_order()
    {
        var until = new TaskCompletionSource();
        _intercept = exchange =>
        {
            exchange.Run();
            if (exchange.Command.Span.StartsWith("mg slow"u8))
            {
                exchange.Delay(until.Task);
            }
        };
        Send("mg a\r\nmg slow k\r\nmg b k s\r\nms c 1\r\nx\r\n");

        Assert.Equal("EN\r\n", Receive());
        Assert.Null(Receive());
        Assert.Single(_server.GetItems());
        Assert.False(_server.IsBusy);

        until.SetResult();
        Assert.True(_server.IsBusy);
        Assert.Equal("EN kslow\r\nEN kb\r\nHD\r\n", Receive());
        Assert.True(_server.IsBusy);
        Assert.Null(Receive());
        Assert.False(_server.IsBusy);
    }

    [Fact]
    public void A_closed_connection_ends_behind_its_last_reply()
    {
        _intercept = static exchange =>
        {
            exchange.Answer(exchange.Run()[..1]);
            exchange.Close();
        };
        Send("mg a\r\nms b 1\r\nx\r\n");

        Assert.Equal("E", Receive());
        Assert.Equal("", Receive());
        Assert.Empty(_server.GetItems());
        Assert.Equal(["1 mg a||EN\r\n"], _seen.Select(static seen => seen.Replace("||E", "||EN\r\n", StringComparison.Ordinal)));
    }

    [Fact]
    public void A_connection_that_is_closed_with_a_delayed_reply_waits_for_it()
    {
        var until = new TaskCompletionSource();
        _intercept = exchange =>
        {
            exchange.Run();
            exchange.Delay(until.Task);
            exchange.Close();
        };
        Send("mg a\r\n");

        Assert.Null(Receive());
        until.SetResult();
        Assert.Equal("EN\r\n", Receive());
        Assert.Equal("", Receive());
    }

    [Fact]
    public void What_throws_closes_the_connection()
    {
        _intercept = static _ => throw new InvalidOperationException();
        Send("mg a\r\n");

        Assert.Equal("", Receive());
    }

    [Fact]
    public void A_delayed_reply_is_lost_with_its_connection()
    {
        var until = new TaskCompletionSource();
        EmbeddedExchange? held = null;
        _intercept = exchange =>
        {
            held = exchange;
            exchange.Run();
            exchange.Delay(until.Task);
        };
        Send("mg a\r\n");
        Assert.True(held!.IsOpen);

        _server.Disconnect();

        Assert.False(held.IsOpen);
        until.SetResult();
        Assert.Equal("", Receive());
    }

    [Fact]
    public async Task A_socket_waits_for_a_delayed_reply_too()
    {
        var until = new TaskCompletionSource();
        var asked = new TaskCompletionSource();
        _intercept = exchange =>
        {
            exchange.Run();
            exchange.Delay(until.Task);
            asked.TrySetResult();
        };
        var address = _server.Listen(new System.Net.IPEndPoint(System.Net.IPAddress.Loopback, 0));
        using var client = new System.Net.Sockets.TcpClient();
        await client.ConnectAsync(address, TestContext.Current.CancellationToken);
        var stream = client.GetStream();
        await stream.WriteAsync("mg a\r\n"u8.ToArray(), TestContext.Current.CancellationToken);
        var reply = new byte[100];
        var read = stream.ReadAsync(reply, TestContext.Current.CancellationToken).AsTask();
        await asked.Task;
        Assert.False(read.IsCompleted);

        until.SetResult();

        Assert.Equal("EN\r\n", Encoding.ASCII.GetString(reply, 0, await read));
    }

    [Fact]
    public async Task A_server_ends_although_a_reply_waits_for_what_never_comes()
    {
        var asked = new TaskCompletionSource();
        _intercept = exchange =>
        {
            exchange.Run();
            exchange.Delay(new TaskCompletionSource().Task);
            asked.TrySetResult();
        };
        var address = _server.Listen(new System.Net.IPEndPoint(System.Net.IPAddress.Loopback, 0));
        using var client = new System.Net.Sockets.TcpClient();
        await client.ConnectAsync(address, TestContext.Current.CancellationToken);
        await client.GetStream().WriteAsync("mg a\r\n"u8.ToArray(), TestContext.Current.CancellationToken);
        await asked.Task;

        await _server.DisposeAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
    }

    [Fact]
    public void A_server_is_busy_until_its_client_has_noticed_that_it_has_hung_up()
    {
        Assert.False(_server.IsHangingUp);

        _server.Disconnect();
        Assert.True(_server.IsHangingUp);
        Assert.True(_server.IsBusy);
        Assert.Equal("", Receive());
        Assert.True(_server.IsBusy);

        _channel.Close();
        Assert.False(_server.IsHangingUp);
        Assert.False(_server.IsBusy);
    }

    private void Intercept(EmbeddedExchange exchange)
    {
        _intercept(exchange);
        _seen.Add($"{exchange.Connection} {Text(exchange.Command)}|{Text(exchange.Value)}|{Text(exchange.Reply)}");
    }

    private static string Text(ReadOnlyMemory<byte> bytes) => Encoding.ASCII.GetString(bytes.Span);

    private void Send(string commands)
    {
        var bytes = Encoding.ASCII.GetBytes(commands);
        Assert.Equal(bytes.Length, _channel.TrySend(bytes, 0));
    }

    // Null: nothing has come; empty: the server has closed the connection.
    private string? Receive()
    {
        var buffer = new byte[1000];
        var count = _channel.TryReceive(buffer);
        return count < 0 ? null : Encoding.ASCII.GetString(buffer, 0, count);
    }
}
