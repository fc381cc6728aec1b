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
    private readonly byte[] _reply;
    private readonly byte[] _received = new byte[1 << 20];

    /// <param name="port">The server's port on loopback.</param>
    /// <param name="requests">The requests, asked in turn.</param>
    /// <param name="reply">The reply which each of them has.</param>
    public RawPipeline(int port, byte[][] requests, byte[] reply)
    {
        _requests = requests;
        _reply = reply;
        _socket.Connect(IPAddress.Loopback, port);
    }

    public static RawPipeline Get(int port, int size) =>
        new(port, Requests(id => $"mg bench:{size}:{id} v\r\n"), Encoding.ASCII.GetBytes($"VA {size}\r\n{Text(size)}\r\n"));

    public static RawPipeline Set(int port, int size) =>
        new(port, Requests(id => $"ms bench:{size}:{id} {size}\r\n{Text(size)}\r\n"), "HD\r\n"u8.ToArray());

    public void Run(long operations, int inFlight)
    {
        var sendBuffer = new byte[_requests.Max(request => request.Length) * inFlight];
        long asked = 0;
        long answered = 0;
        var held = 0;
        asked += Ask(sendBuffer, asked, (int)Math.Min(inFlight, operations));
        while (answered < operations)
        {
            held += _socket.Receive(_received, held, _received.Length - held, SocketFlags.None);
            var replies = Check(ref held);
            answered += replies;
            asked += Ask(sendBuffer, asked, (int)Math.Min(replies, operations - asked));
        }
    }

    public void Dispose() => _socket.Dispose();

    private int Ask(byte[] buffer, long first, int count)
    {
        var length = 0;
        for (var i = 0; i < count; i++)
        {
            var request = _requests[(first + i) % _requests.Length];
            request.CopyTo(buffer, length);
            length += request.Length;
        }

        for (var sent = 0; sent < length;)
        {
            sent += _socket.Send(buffer, sent, length - sent, SocketFlags.None);
        }

        return count;
    }

    private int Check(ref int held)
    {
        var replies = 0;
        var start = 0;
        for (; held - start >= _reply.Length; start += _reply.Length, replies++)
        {
            if (!_received.AsSpan(start, _reply.Length).SequenceEqual(_reply))
            {
                throw new InvalidOperationException("The server sent another reply than expected.");
            }
        }

        _received.AsSpan(start, held - start).CopyTo(_received);
        held -= start;
        return replies;
    }

    private static byte[][] Requests(Func<int, string> format) =>
        [.. Enumerable.Range(0, Workload.Keys).Select(id => Encoding.ASCII.GetBytes(format(id)))];

    private static string Text(int size) => Encoding.ASCII.GetString(Workload.Value(size));
}
