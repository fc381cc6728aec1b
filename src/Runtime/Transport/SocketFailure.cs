using System.Net.Sockets;

namespace TypedCache.Transport;

/// <summary>What channels over sockets do about failures.</summary>
internal static class SocketFailure
{
    public static void ThrowIfFailed(SocketError error)
    {
        if (error != SocketError.Success)
        {
            var exception = new SocketException((int)error);
            throw new IOException(exception.Message, exception);
        }
    }

    /// <summary>Ends both directions; whoever waits for the socket is woken.</summary>
    public static void ShutDown(Socket socket)
    {
        try
        {
            socket.Shutdown(SocketShutdown.Both);
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            // No longer connected: whoever waits for it has been woken already.
        }
    }
}
