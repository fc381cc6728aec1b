using System.Net;
using System.Net.Sockets;
using TypedCache.Transport;

namespace TypedCache.Pool;

/// <summary>Makes what opens channels to servers.</summary>
internal static class ServerConnectors
{
    /// <summary>Makes it for one server.</summary>
    /// <param name="server">The server.</param>
    /// <param name="tls">How TCP connections are encrypted; null: not at all.</param>
    /// <param name="keepAliveSeconds">After how many idle seconds TCP asks whether the server is there; null: never.</param>
    public static ChannelConnector Create(MemcachedServerOptions server, MemcachedTlsOptions? tls, Func<int>? keepAliveSeconds = null)
    {
        var sockets = new SocketConnector(EndPointOf(server)) { KeepAliveSeconds = keepAliveSeconds ?? (static () => 0) };
        sockets.Prefer(server.Address);
        return server.IsUnixSocket ? sockets : tls?.Secure(sockets, server.Host.Trim('[', ']')) ?? sockets;
    }

    private static EndPoint EndPointOf(MemcachedServerOptions server)
    {
        if (server.IsUnixSocket)
        {
            return new UnixDomainSocketEndPoint(server.Host[MemcachedServerOptions.UnixScheme.Length..]);
        }

        return IPAddress.TryParse(server.Host.Trim('[', ']'), out var address)
            ? new IPEndPoint(address, server.Port)
            : new DnsEndPoint(server.Host, server.Port);
    }
}
