using System.Net;
using System.Net.Sockets;
using System.Text;

namespace TypedCache.Benchmarks.Throughput;

/// <summary>
/// The ceiling: one thread with a blocking socket which keeps a number of prepared requests in flight and checks each reply.
/// No client which awaits, matches, allocates and decodes can be faster over one connection.
/// </summary>
internal sealed class RawPipeline : IDisposable
{
    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private readonly byte[][] _requests;
    private readonly int _longestRequest;
    private readonly byte[] _reply;
    private readonly byte[] _received = new byte[1 << 18];
    private byte[] _sendBuffer = [];
    private long _asked;
    private int _held;

    /// <param name="port">The server's port on loopback.</param>
    /// <param name="requests">The requests, asked in turn.</param>
    /// <param name="reply">The reply which each of them has.</param>
    public RawPipeline(int port, byte[][] requests, byte[] reply)
    {
        _requests = requests;
        _longestRequest = requests.Max(request => request.Length);
        _reply = reply;
        _socket.Connect(IPAddress.Loopback, port);
    }

    public Socket Socket => _socket;

    public static RawPipeline Get(int port, int size) =>
        new(port, Requests(id => $"mg bench:{size}:{id} v\r\n"), Encoding.ASCII.GetBytes($"VA {size}\r\n{Text(size)}\r\n"));

    public static RawPipeline Set(int port, int size) =>
        new(port, Requests(id => $"ms bench:{size}:{id} {size}\r\n{Text(size)}\r\n"), "HD\r\n"u8.ToArray());

    /// <summary>Asks for a number of values.</summary>
    public void Ask(int count)
    {
        var longest = _longestRequest * count;
        if (_sendBuffer.Length < longest)
        {
            _sendBuffer = new byte[longest];
        }

        var length = 0;
        for (var i = 0; i < count; i++)
        {
            var request = _requests[_asked++ % _requests.Length];
            request.CopyTo(_sendBuffer, length);
            length += request.Length;
        }

        for (var sent = 0; sent < length;)
        {
            sent += _socket.Send(_sendBuffer, sent, length - sent, SocketFlags.None);
        }
    }

    /// <summary>Takes the replies which have come, and waits for some if none have. Another thread may ask meanwhile.</summary>
    /// <returns>How many came.</returns>
    public int Take()
    {
        var received = _socket.Receive(_received, _held, _received.Length - _held, SocketFlags.None);
        if (received == 0)
        {
            throw new InvalidOperationException("The server closed the connection.");
        }

        _held += received;
        return Check();
    }

    /// <summary>Takes the replies which have come, waits for one if none has, and asks for as many again.</summary>
    /// <param name="stillWanted">How many at most are asked for.</param>
    /// <returns>How many came.</returns>
    public int Turn(long stillWanted = long.MaxValue)
    {
        var replies = Take();
        Ask((int)Math.Min(replies, stillWanted));
        return replies;
    }

    public void Run(long operations, int inFlight)
    {
        Ask((int)Math.Min(inFlight, operations));
        for (long answered = 0; answered < operations;)
        {
            answered += Turn(operations - _asked);
        }
    }

    public void Dispose() => _socket.Dispose();

    private int Check()
    {
        var replies = 0;
        var start = 0;
        for (; _held - start >= _reply.Length; start += _reply.Length, replies++)
        {
            if (!_received.AsSpan(start, _reply.Length).SequenceEqual(_reply))
            {
                throw new InvalidOperationException("The server sent another reply than expected.");
            }
        }

        _received.AsSpan(start, _held - start).CopyTo(_received);
        _held -= start;
        return replies;
    }

    private static byte[][] Requests(Func<int, string> format) =>
        [.. Enumerable.Range(0, Workload.Keys).Select(id => Encoding.ASCII.GetBytes(format(id)))];

    private static string Text(int size) => Encoding.ASCII.GetString(Workload.Value(size));
}
