using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace TypedCache.Benchmarks.WebLoad;

/// <summary>A keep-alive connection with one request in flight.</summary>
internal sealed class Visitor : IDisposable
{
    private readonly byte[] _request;
    private readonly byte[] _received = new byte[4096];
    private long _sent;
    private int _held;

    public Visitor(int port, string path)
    {
        _request = Encoding.ASCII.GetBytes($"GET {path} HTTP/1.1\r\nHost: localhost\r\n\r\n");
        Socket.Connect(IPAddress.Loopback, port);
    }

    public Socket Socket { get; } = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };

    public void Ask()
    {
        _sent = Stopwatch.GetTimestamp();
        Socket.Send(_request);
    }

    /// <summary>Receives once.</summary>
    /// <returns>How many ticks the answer took when it is there, else null.</returns>
    /// <exception cref="InvalidOperationException">The server answers anything but success, or hangs up.</exception>
    public long? Take()
    {
        var received = Socket.Receive(_received, _held, _received.Length - _held, SocketFlags.None);
        _held += received;
        if (received == 0)
        {
            throw new InvalidOperationException("The server closed the connection.");
        }

        if (!IsComplete(_received.AsSpan(0, _held)))
        {
            return null;
        }

        _held = 0;
        return Stopwatch.GetTimestamp() - _sent;
    }

    public void Dispose() => Socket.Dispose();

    private static bool IsComplete(ReadOnlySpan<byte> answer)
    {
        var head = answer.IndexOf("\r\n\r\n"u8);
        if (head < 0)
        {
            return false;
        }

        var name = "Content-Length: "u8;
        var length = answer.IndexOf(name);
        if (!answer.StartsWith("HTTP/1.1 200 "u8) || length < 0)
        {
            throw new InvalidOperationException($"The server answers: {Encoding.ASCII.GetString(answer)}");
        }

        length += name.Length;
        var digits = answer[length..].IndexOf((byte)'\r');
        return answer.Length == head + 4 + int.Parse(answer.Slice(length, digits));
    }
}
