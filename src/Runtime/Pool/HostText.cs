using System.Net;
using System.Net.Sockets;

namespace TypedCache.Pool;

/// <summary>What the text of a host may be: a name, an IPv4 address, or an IPv6 address with or without brackets.</summary>
internal static class HostText
{
    private const int MaxLength = 255;

    /// <summary>What is wrong with the host, and the fix; null if nothing is. Whether it exists is only known once it is asked for.</summary>
    public static string? Mistake(string host)
    {
        if (host.Length > MaxLength)
        {
            return $"it has {host.Length} characters, and no name has more than {MaxLength}. Servers are separated by commas.";
        }

        if (host.Contains("://", StringComparison.Ordinal))
        {
            return "a server has no scheme. Write host:port, or unix:/path for a Unix socket.";
        }

        foreach (var c in host)
        {
            if (!IsAllowed(c))
            {
                return c is ';' or '|' ? $"'{c}' does not separate servers. Write commas: a:11211, b:11211."
                    : c is '/' or '@' or '?' or '#' ? $"'{c}' cannot be in a name. Write host:port and nothing else."
                    : char.IsControl(c) ? $"it has the control character U+{(int)c:X4}. Take it away."
                    : $"'{c}' cannot be in a name.";
            }
        }

        return host.Contains(':', StringComparison.Ordinal) && !IPAddress.TryParse(host.Trim('[', ']'), out _)
            ? "it has a colon, and is not an IPv6 address. Give the port as a number of its own, or write host:port in a server list."
            : null;
    }

    /// <summary>The host as it may be shown: what stands in front of an <c>@</c> may be a password.</summary>
    public static string Shown(string host, int maxLength = MaxLength)
    {
        var at = host.LastIndexOf('@');
        var open = at < 0 ? host : $"***{host[at..]}";
        var shown = open.Length <= maxLength ? open : $"{open[..maxLength]}...";
        foreach (var c in shown)
        {
            shown = char.IsControl(c) ? shown.Replace(c, '?') : shown;
        }

        return shown;
    }

    /// <summary>An address as the host of a server: one of IPv6 stands in brackets.</summary>
    public static string Of(IPAddress address) => address.AddressFamily == AddressFamily.InterNetworkV6 ? $"[{address}]" : address.ToString();

    // Letters beyond ASCII are names too, and underscores common in containers. The percent sign precedes the zone of an IPv6 address.
    private static bool IsAllowed(char c) => char.IsLetterOrDigit(c) || char.IsSurrogate(c) || char.IsBetween(c, '\u0300', '\u036F') || c is '-' or '.' or '_' or ':' or '[' or ']' or '%';
}
