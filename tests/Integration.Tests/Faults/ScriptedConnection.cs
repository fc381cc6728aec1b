using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace TypedCache.Integration.Tests.Faults;

/// <summary>One connection to a <see cref="ScriptedServer"/>.</summary>
internal sealed class ScriptedConnection : IDisposable
{
    private readonly Socket _socket;
    private readonly BufferedStream _input;

    public ScriptedConnection(Socket socket)
    {
        _socket = socket;
        socket.NoDelay = true;
        _input = new BufferedStream(new NetworkStream(socket), 64 * 1024);
    }

    /// <summary>Sends text, each char as one byte.</summary>
    public async Task SendAsync(string text)
    {
        for (ReadOnlyMemory<byte> bytes = Encoding.Latin1.GetBytes(text); !bytes.IsEmpty;)
        {
            bytes = bytes[await _socket.SendAsync(bytes)..];
        }
    }

    /// <summary>Hangs up after what has been sent.</summary>
    public void Dispose()
    {
        try
        {
            _socket.Shutdown(SocketShutdown.Both);
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            // The other side was faster.
        }

        _socket.Dispose();
    }

    /// <summary>The next request with its payload; null at the end.</summary>
    public async Task<ScriptedRequest?> ReadRequestAsync()
    {
        var line = new StringBuilder();
        var one = new byte[1];
        while (line.Length < 2 || line[^1] != '\n')
        {
            if (await _input.ReadAsync(one) == 0)
            {
                return null;
            }

            line.Append((char)one[0]);
        }

        var request = new ScriptedRequest(line.ToString(0, line.Length - 2));
        if (request.Words[0] == "ms")
        {
            await _input.ReadExactlyAsync(new byte[int.Parse(request.Words[2], CultureInfo.InvariantCulture) + 2]);
        }

        return request;
    }
}
