using System.Net;
using System.Net.Sockets;

namespace TypedCache.Integration.Tests.External;

/// <summary>Free TCP ports of the loopback interface.</summary>
public static class LoopbackPort
{
    /// <summary>
    /// A port which nobody listened on a moment ago. Another process may take it before it is used: whoever
    /// starts a program on it has to try again with another one.
    /// </summary>
    public static int Free()
    {
        using var probe = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        probe.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)probe.LocalEndPoint!).Port;
    }
}
