using System.Globalization;
using System.Net;

namespace TypedCache.Pool;

/// <summary>
/// Reads server lists such as <c>cache-1:11211 weight=2, [::1]:11212, unix:/run/memcached.sock</c>. Errors name the position
/// and the fix.
/// </summary>
internal static class ServerList
{
    private const string ZoneOption = "zone=";
    private const string AddressOption = "address=";
    private const string NameOption = "name=";

    // What would look for servers elsewhere.
    private static readonly string[] DiscoverySchemes = ["config:", "dns+", "dnssrv+"];

    public static IReadOnlyList<MemcachedServerOptions> Parse(string servers)
    {
        ArgumentNullException.ThrowIfNull(servers);
        var parsed = new List<MemcachedServerOptions>();
        var start = 0;
        while (start <= servers.Length)
        {
            var comma = servers.IndexOf(',', start);
            var end = comma < 0 ? servers.Length : comma;
            parsed.Add(ParseServer(servers, start, end));
            start = end + 1;
        }

        return parsed;
    }

    /// <summary>Reads the servers of a URI, in which any part may be a misplaced password: the message shows nothing of them.</summary>
    public static IReadOnlyList<MemcachedServerOptions> ParseUri(string servers)
    {
        try
        {
            return Parse(servers);
        }
        catch (ArgumentException)
        {
            throw ConnectionStringMistakes.NotServers();
        }
    }

    private static MemcachedServerOptions ParseServer(string servers, int start, int end)
    {
        var position = SkipBlanks(servers, start, end);
        if (position == end)
        {
            throw Malformed(servers, position, "a server is missing", "Write host:port, and a comma only between two servers.");
        }

        var addressEnd = FindBlank(servers, position, end);
        var server = ParseAddress(servers, position, addressEnd);
        for (position = SkipBlanks(servers, addressEnd, end); position < end; position = SkipBlanks(servers, position, end))
        {
            var optionEnd = FindBlank(servers, position, end);
            server = ParseOption(server, servers, position, optionEnd);
            position = optionEnd;
        }

        return server;
    }

    private static MemcachedServerOptions ParseOption(MemcachedServerOptions server, string servers, int start, int end)
    {
        var option = servers.AsSpan(start, end - start);
        return option.StartsWith(ZoneOption, StringComparison.Ordinal) ? server with { Zone = ParseZone(servers, start, end) }
            : option.StartsWith(AddressOption, StringComparison.Ordinal) ? server with { Address = ParseIPAddress(servers, start, end) }
            : option.StartsWith(NameOption, StringComparison.Ordinal) ? server with { HashName = ParseHashName(servers, start, end) }
            : server with { Weight = ParseWeight(servers, start, end) };
    }

    private static MemcachedServerOptions ParseAddress(string servers, int start, int end)
    {
        var address = servers[start..end];
        if (address.StartsWith("unix:", StringComparison.Ordinal))
        {
            return ParseUnixSocket(servers, start, address["unix:".Length..]);
        }

        if (address[0] == '[')
        {
            return ParseIPv6(servers, start, address);
        }

        if (NamesDiscovery(address))
        {
            throw Malformed(
                servers, start, $"'{HostText.Shown(address)}' names a source of servers, not a server", "Give it alone, in a connection string or as the pool's Discovery.");
        }

        if (HostText.Mistake(WithoutPort(address)) is { } mistake)
        {
            throw Malformed(servers, start, $"'{HostText.Shown(address)}' is not a server", char.ToUpperInvariant(mistake[0]) + mistake[1..]);
        }

        var colon = address.IndexOf(':', StringComparison.Ordinal);
        if (colon != address.LastIndexOf(':'))
        {
            throw Malformed(servers, start, $"'{HostText.Shown(address)}' has more than one colon", "Put an IPv6 address in brackets: [::1]:11211.");
        }

        if (colon == 0)
        {
            throw Malformed(servers, start, "the host is missing", "Write host:port.");
        }

        return colon < 0
            ? new MemcachedServerOptions(address)
            : new MemcachedServerOptions(address[..colon], ParsePort(servers, start + colon + 1, end));
    }

    private static MemcachedServerOptions ParseUnixSocket(string servers, int start, string path)
    {
        // Both unix:/path and PHP's unix:///path; the ring knows the latter.
        var absolute = path.StartsWith("//", StringComparison.Ordinal) ? path[2..] : path;
        if (!absolute.StartsWith('/') || absolute.Length < 2)
        {
            throw Malformed(servers, start, "the path of the Unix socket is not absolute", "Write unix:/run/memcached.sock.");
        }

        return new MemcachedServerOptions(MemcachedServerOptions.UnixScheme + absolute, Port: 0);
    }

    private static MemcachedServerOptions ParseIPv6(string servers, int start, string address)
    {
        var bracket = address.IndexOf(']', StringComparison.Ordinal);
        if (bracket < 0 || !System.Net.IPAddress.TryParse(address[1..bracket], out _))
        {
            throw Malformed(servers, start, $"'{address}' is not an IPv6 address in brackets", "Write [::1]:11211.");
        }

        var host = address[..(bracket + 1)];
        if (bracket == address.Length - 1)
        {
            return new MemcachedServerOptions(host);
        }

        return address[bracket + 1] == ':'
            ? new MemcachedServerOptions(host, ParsePort(servers, start + bracket + 2, start + address.Length))
            : throw Malformed(servers, start + bracket + 1, "a colon is missing after the address", "Write [::1]:11211.");
    }

    private static int ParsePort(string servers, int start, int end) =>
        int.TryParse(servers.AsSpan(start, end - start), NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port is >= 1 and <= 65535
            ? port
            : throw Malformed(servers, start, $"'{HostText.Shown(servers[start..end])}' is not a port", "Write a number from 1 to 65535.");

    private static string ParseZone(string servers, int start, int end) =>
        ParseName(servers, start + ZoneOption.Length, end, MemcachedServerOptions.ValidateZone, "a zone", "Use 1 to 100 letters, digits, dots, underscores and hyphens.");

    private static string ParseHashName(string servers, int start, int end) =>
        ParseName(servers, start + NameOption.Length, end, MemcachedServerOptions.ValidateHashName, "a name", "Use 1 to 255 characters without blanks.");

    private static string ParseName(string servers, int start, int end, Action<string?> validate, string what, string fix)
    {
        var name = servers[start..end];
        try
        {
            validate(name);
            return name;
        }
        catch (ArgumentException)
        {
            throw Malformed(servers, start, $"'{HostText.Shown(name)}' is not {what}", fix);
        }
    }

    // An abbreviation such as 10.7 would be another address than most would think.
    private static IPAddress ParseIPAddress(string servers, int start, int end)
    {
        var text = servers[(start + AddressOption.Length)..end];
        var bare = text is ['[', .., ']'] ? text[1..^1] : text;
        var isAddress = IPAddress.TryParse(bare, out var address) && !bare.Contains('[', StringComparison.Ordinal)
            && (bare.Contains(':', StringComparison.Ordinal) || address.ToString() == bare);
        return isAddress ? address! : throw Malformed(servers, start + AddressOption.Length, $"'{HostText.Shown(text)}' is not an address", "Write an IPv4 or IPv6 address without a port: address=10.0.0.7.");
    }

    private static int ParseWeight(string servers, int start, int end)
    {
        const string Option = "weight=";
        var option = servers[start..end];
        if (!option.StartsWith(Option, StringComparison.Ordinal))
        {
            throw Malformed(servers, start, $"'{Name(option)}' is not a server option", "The options are weight=N, zone=NAME, address=IP and name=NAME; servers are separated by commas.");
        }

        return int.TryParse(option.AsSpan(Option.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var weight) && weight >= 1
            ? weight
            : throw Malformed(servers, start + Option.Length, $"'{option[Option.Length..]}' is not a weight", "Write a whole number of at least 1.");
    }

    // The value may be a password.
    private static string Name(string option)
    {
        var equals = option.IndexOf('=', StringComparison.Ordinal);
        return HostText.Shown(equals < 0 ? option : option[..equals]);
    }

    /// <summary>Whether a text names a source of servers.</summary>
    public static bool NamesDiscovery(string address)
    {
        foreach (var scheme in DiscoverySchemes)
        {
            if (address.StartsWith(scheme, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }

    private static int SkipBlanks(string servers, int start, int end)
    {
        while (start < end && char.IsWhiteSpace(servers[start]))
        {
            start++;
        }

        return start;
    }

    private static int FindBlank(string servers, int start, int end)
    {
        while (start < end && !char.IsWhiteSpace(servers[start]))
        {
            start++;
        }

        return start;
    }

    private static string WithoutPort(string address)
    {
        var isMore = address.Contains("://", StringComparison.Ordinal) || address.AsSpan().IndexOfAny(';', '|') >= 0;
        var colon = isMore ? -1 : address.IndexOf(':', StringComparison.Ordinal);
        return colon < 0 ? address : address[..colon];
    }

    private static ArgumentException Malformed(string servers, int position, string what, string fix) => new(
        MayHoldPassword(servers)
            ? $"The server list is malformed at position {position}: {fix}"
            : $"The server list '{HostText.Shown(servers, int.MaxValue)}' is malformed at position {position}: {what}. {fix}");

    private static bool MayHoldPassword(string servers) =>
        servers.Contains('@', StringComparison.Ordinal) || servers.Contains("pass", StringComparison.OrdinalIgnoreCase) || servers.Contains("pwd", StringComparison.OrdinalIgnoreCase);
}
