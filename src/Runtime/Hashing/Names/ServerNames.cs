using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace TypedCache.Hashing;

/// <summary>What clients call a server, where they hash that.</summary>
internal static class ServerNames
{
    // memcached's own, which many leave out.
    private const int UnnamedPort = 11211;

    /// <summary><c>host:port</c>, IPv6 addresses without brackets, a Unix domain socket by its path: Python's and Ruby's clients.</summary>
    public static string HostAndPort(HashServer server) => server.SocketPath ?? WithPort(server.Host.Trim('[', ']'), server.Port);

    /// <summary>The host as it is given, and the port unless it is 11211: libmemcached (hosts.cc, <c>update_continuum</c>).</summary>
    public static string WithoutUsualPort(HashServer server) => server.Port == UnnamedPort ? server.Host : WithPort(server.Host, server.Port);

    /// <summary>The host as it is given, and the port.</summary>
    public static string Whole(HashServer server) => WithPort(server.Host, server.Port);

    /// <summary>The address, and the port unless it is 11211. IPv6 addresses are written as Java does, without brackets.</summary>
    /// <exception cref="ArgumentException">The host is a name, and there is no address.</exception>
    public static string AddressWithoutUsualPort(HashServer server)
    {
        var address = JavaTextOf(AddressOf(server));
        return server.Port == UnnamedPort ? address : WithPort(address, server.Port);
    }

    /// <summary>.NET's <c>IPEndPoint.ToString()</c>: <c>10.0.0.7:11211</c>, <c>[::1]:11211</c>.</summary>
    /// <exception cref="ArgumentException">The host is a name, and there is no address.</exception>
    public static string EndPoint(HashServer server)
    {
        var address = AddressOf(server);
        return WithPort(address.AddressFamily == AddressFamily.InterNetworkV6 ? $"[{address}]" : address.ToString(), server.Port);
    }

    /// <summary>.NET's <c>DnsEndPoint.ToString()</c> for a name or an address that has not been resolved: <c>Unspecified/cache-1:11211</c>.</summary>
    public static string UnresolvedEndPoint(HashServer server) => $"Unspecified/{HostAndPort(server)}";

    /// <summary><see cref="EndPoint"/> of an address, and <see cref="UnresolvedEndPoint"/> of a name.</summary>
    public static string EndPointAsGiven(HashServer server) => IsAddress(server, out _) ? EndPoint(server) : UnresolvedEndPoint(server);

    /// <summary>
    /// Java's <c>InetSocketAddress.toString()</c>: <c>/10.0.0.7:11211</c> for an address, <c>cache-1/10.0.0.7:11211</c> for a name, and since
    /// JDK 14 <c>/[0:0:0:0:0:0:0:1]:11211</c> for IPv6.
    /// </summary>
    /// <exception cref="ArgumentException">The host is a name, and there is no address.</exception>
    public static string JavaSocketAddress(HashServer server)
    {
        var address = AddressOf(server);
        var text = JavaTextOf(address);
        var shown = text.Contains(':', StringComparison.Ordinal) ? $"[{text}]" : text;
        return WithPort(IsAddress(server, out _) ? $"/{shown}" : $"{server.Host}/{shown}", server.Port);
    }

    /// <summary>As <see cref="JavaSocketAddress"/>, without the slash in front.</summary>
    /// <exception cref="ArgumentException">The host is a name, and there is no address.</exception>
    public static string JavaSocketAddressUnslashed(HashServer server) => JavaSocketAddress(server).TrimStart('/');

    /// <summary>As <see cref="JavaSocketAddressUnslashed"/>, for names that Java has not resolved: since JDK 14 <c>cache-1/&lt;unresolved&gt;:11211</c>.</summary>
    public static string UnresolvedJavaSocketAddress(HashServer server) =>
        IsAddress(server, out _) ? JavaSocketAddressUnslashed(server) : WithPort($"{server.Host}/<unresolved>", server.Port);

    private static string WithPort(string host, int port) => string.Create(CultureInfo.InvariantCulture, $"{host}:{port}");

    private static bool IsAddress(HashServer server, out IPAddress? address) => IPAddress.TryParse(server.Host, out address);

    private static IPAddress AddressOf(HashServer server)
    {
        if (IsAddress(server, out var own) || server.Address is null)
        {
            return own ?? throw NoAddress(server);
        }

        return server.Address;
    }

    private static ArgumentException NoAddress(HashServer server) => new(server.SocketPath is null
        ? $"The client that is imitated hashes the addresses of servers, and {Whole(server)} has a name. Write the address in its place, or beside it: set MemcachedServerOptions.Address, or write '{Whole(server)} address=10.0.0.7' in a server list."
        : $"The client that is imitated hashes the addresses of servers, and knows no Unix domain sockets such as {server.Host}. Write an address.");

    // Eight numbers without a gap. Java has mapped IPv4 addresses as IPv4.
    private static string JavaTextOf(IPAddress address)
    {
        if (address.AddressFamily != AddressFamily.InterNetworkV6 || address.IsIPv4MappedToIPv6)
        {
            return (address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address).ToString();
        }

        var bytes = address.GetAddressBytes();
        var words = new string[bytes.Length / 2];
        for (var i = 0; i < words.Length; i++)
        {
            words[i] = ((bytes[2 * i] << 8) | bytes[(2 * i) + 1]).ToString("x", CultureInfo.InvariantCulture);
        }

        var text = string.Join(':', words);
        return address.ScopeId == 0 ? text : string.Create(CultureInfo.InvariantCulture, $"{text}%{address.ScopeId}");
    }
}
