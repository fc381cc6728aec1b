using System.Net;
using System.Net.Sockets;
using System.Text;
using TypedCache.Pool.Operations;
using TypedCache.Protocol;
using TypedCache.Transport;
using TypedCache.Values;

namespace TypedCache.Tests.Transport;

/// <summary>A connection over a real socket, whose server's side is the test.</summary>
internal sealed class LoopbackLine : IConnectionOwner, IDisposable
{
    private static readonly ValuePipeline Pipeline = new(ValueDialect.Pecl, new CompressionOptions());

    private static readonly ConnectionLimits Limits = new(TimeSpan.FromSeconds(30), 1_000_000, 1_000_000);

    private readonly Socket _server;
    private readonly byte[] _requests = new byte[4096];
    private int _due;

    private LoopbackLine(Socket client, Socket server)
    {
        _server = server;
        _server.NoDelay = true;
        Connection = new ServerConnection(new SocketChannel(client), this, Limits, new ConnectionNumbers()) { Protocol = MetaProtocol.Unverified };
    }

    public string Name => "line:1";

    public ServerConnection Connection { get; }

    /// <summary>Completes when the connection has ended.</summary>
    public TaskCompletionSource Ended { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public static async Task<LoopbackLine> OpenAsync()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var limit = TimeSpan.FromSeconds(30);
        var client = new SocketConnector(listener.LocalEndpoint).Connect(new ConnectDeadline(limit, () => false));
        return new LoopbackLine(client, await listener.AcceptSocketAsync());
    }

    /// <summary>Whether requests have come that nobody has taken.</summary>
    public bool HasRequests => _server.Available > 0;

    /// <summary>Sends a get; its answer comes with <see cref="Reply"/>.</summary>
    public ValueTask<string?> Get(string key)
    {
        var answer = GetHeld(key);
        Connection.Flush();
        return answer;
    }

    /// <summary>Waits until the server has got a request whole, and gives all that it has got since the last one.</summary>
    public string Receive()
    {
        var received = "";
        while (!received.EndsWith('\n'))
        {
            var count = _server.Receive(_requests);
            Assert.NotEqual(0, count);
            received += Encoding.Latin1.GetString(_requests, 0, count);
        }

        _due++;
        return received;
    }

    /// <summary>Queues a get, which the thread may hold back.</summary>
    public ValueTask<string?> GetHeld(string key)
    {
        var operation = new ReadOperation<string> { Deadline = Environment.TickCount64 + 30_000 };
        operation.Begin(Verb.Get, Encoding.UTF8.GetBytes(key));
        operation.Decode(CacheCodecs.String, Pipeline);
        var answer = operation.AsValue();
        Assert.Equal(SendOutcome.Queued, Connection.TrySend(operation));
        return answer;
    }

    /// <summary>Answers the oldest request, once it has come: another thread may still be sending it.</summary>
    public void Reply(string value)
    {
        while (_due == 0)
        {
            _due = _requests.AsSpan(0, _server.Receive(_requests)).Count((byte)'\n');
        }

        _due--;
        ReplyUnasked(value);
    }

    /// <summary>Sends an answer, asked or not.</summary>
    public void ReplyUnasked(string value) => _server.Send(Encoding.ASCII.GetBytes($"VA {value.Length} f0\r\n{value}\r\n"));

    /// <summary>Hangs up.</summary>
    public void HangUp() => _server.Dispose();

    public void Closed(ServerConnection connection, Exception failure, IReadOnlyList<Operation> unsent)
    {
        foreach (var operation in unsent)
        {
            operation.Fail(failure);
        }

        Ended.SetResult();
    }

    public MemcachedTimeoutException TimedOut(Operation operation) => throw new NotSupportedException();

    public void Dispose()
    {
        Connection.CloseAsLost(null);
        _server.Dispose();
    }
}
