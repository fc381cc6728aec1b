using System.Net;
using System.Net.Sockets;
using System.Text;

namespace TypedCache.Benchmarks.Throughput;

/// <summary>A server which says what it is, and then answers nothing any more.</summary>
internal sealed class SilentServer : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);

    public SilentServer()
    {
        _listener.Start();
        new Thread(Accept) { IsBackground = true, Name = "silent server" }.Start();
    }

    public string Address => $"{_listener.LocalEndpoint}";

    public void Dispose() => _listener.Dispose();

    private void Accept()
    {
        try
        {
            while (true)
            {
                var socket = _listener.AcceptSocket();
                new Thread(() => Answer(socket)) { IsBackground = true, Name = "silent connection" }.Start();
            }
        }
        catch (SocketException)
        {
            // The listener has been closed.
        }
    }

    private static void Answer(Socket socket)
    {
        using (socket)
        {
            var received = new byte[1 << 16];
            for (var length = 1; length > 0;)
            {
                length = socket.Receive(received);
                var request = Encoding.ASCII.GetString(received, 0, length);
                if (request == "version\r\n")
                {
                    socket.Send("VERSION 1.6.18\r\n"u8);
                }
                else if (request == "mn\r\n")
                {
                    socket.Send("MN\r\n"u8);
                }
            }
        }
    }
}
