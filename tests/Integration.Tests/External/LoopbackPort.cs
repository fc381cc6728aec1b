using System.Net;
using System.Net.Sockets;

namespace TypedCache.Integration.Tests.External;

/// <summary>Free TCP ports of the loopback interface.</summary>
public static class LoopbackPort
{
    // Linux gives out 32768 and up to whoever asks for any port: a server which is stopped for a while, or one which a test needs
    // to be absent, must not find a listener of another test in its place.
    private const int First = 20_000;
    private const int Count = 12_000;

    private static int s_next = Random.Shared.Next(Count);

    /// <summary>
    /// A port which nobody listened on a moment ago, and which this process gives to nobody else. Another process may take it
    /// before it is used: whoever starts a program on it has to try again with another one.
    /// </summary>
    public static int Free()
    {
        while (true)
        {
            var port = First + (int)((uint)Interlocked.Increment(ref s_next) % Count);
            if (IsFree(port))
            {
                return port;
            }
        }
    }

    private static bool IsFree(int port)
    {
        using var probe = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            probe.Bind(new IPEndPoint(IPAddress.Loopback, port));
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
