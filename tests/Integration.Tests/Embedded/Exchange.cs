using System.Net;
using System.Net.Sockets;

namespace TypedCache.Integration.Tests.Embedded;

/// <summary>Sends a script to a server and reads all it answers.</summary>
internal static class Exchange
{
    /// <summary>Sends the whole script, then the end of the stream, and reads until the server closes.</summary>
    public static async Task<byte[]> RunAsync(IPEndPoint server, ReadOnlyMemory<byte> script, CancellationToken ct)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(server, ct);

        // Reading runs beside writing: a server whose replies nobody takes stops reading.
        var replies = ReadToEndAsync(socket, ct);
        try
        {
            while (!script.IsEmpty)
            {
                script = script[await socket.SendAsync(script, ct)..];
            }

            socket.Shutdown(SocketShutdown.Send);
        }
        catch (SocketException)
        {
            // The server hung up in the middle of the script: what it said until then counts.
        }

        return await replies;
    }

    private static async Task<byte[]> ReadToEndAsync(Socket socket, CancellationToken ct)
    {
        var replies = new MemoryStream();
        var buffer = new byte[64 * 1024];
        try
        {
            while (await socket.ReceiveAsync(buffer.AsMemory(), ct) is > 0 and var count)
            {
                replies.Write(buffer, 0, count);
            }
        }
        catch (SocketException)
        {
            // A reset ends the stream as well; it happens where the server closes with input unread.
        }

        return replies.ToArray();
    }
}
