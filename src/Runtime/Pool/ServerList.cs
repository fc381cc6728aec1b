using System.Globalization;

namespace TypedCache.Pool;

/// <summary>
/// Reads server lists such as <c>cache-1:11211 weight=2, [::1]:11212, unix:/run/memcached.sock</c>. Errors name the position
/// and the fix.
/// </summary>
internal static class ServerList
{
    public static IReadOnlyList<MemcachedServerOptions> Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var servers = new List<MemcachedServerOptions>();
        var start = 0;
        while (start <= text.Length)
        {
            var comma = text.IndexOf(',', start);
            var end = comma < 0 ? text.Length : comma;
            servers.Add(ParseServer(text, start, end));
            start = end + 1;
        }

        return servers;
    }

    private static MemcachedServerOptions ParseServer(string text, int start, int end)
    {
        var position = SkipBlanks(text, start, end);
        if (position == end)
        {
            throw Malformed(text, position, "a server is missing", "Write host:port, and a comma only between two servers.");
        }

        var addressEnd = FindBlank(text, position, end);
        var server = ParseAddress(text, position, addressEnd);
        for (position = SkipBlanks(text, addressEnd, end); position < end; position = SkipBlanks(text, position, end))
        {
            var optionEnd = FindBlank(text, position, end);
            server = server with { Weight = ParseWeight(text, position, optionEnd) };
            position = optionEnd;
        }

        return server;
    }

    private static MemcachedServerOptions ParseAddress(string text, int start, int end)
    {
        var address = text[start..end];
        if (address.StartsWith("unix:", StringComparison.Ordinal))
        {
            return ParseUnixSocket(text, start, address["unix:".Length..]);
        }

        if (address[0] == '[')
        {
            return ParseIPv6(text, start, address);
        }

        if (HostText.Mistake(WithoutPort(address)) is { } mistake)
        {
            throw Malformed(text, start, $"'{HostText.Shown(address)}' is not a server", char.ToUpperInvariant(mistake[0]) + mistake[1..]);
        }

        var colon = address.IndexOf(':', StringComparison.Ordinal);
        if (colon != address.LastIndexOf(':'))
        {
            throw Malformed(text, start, $"'{address}' has more than one colon", "Put an IPv6 address in brackets: [::1]:11211.");
        }

        if (colon == 0)
        {
            throw Malformed(text, start, "the host is missing", "Write host:port.");
        }

        return colon < 0
            ? new MemcachedServerOptions(address)
            : new MemcachedServerOptions(address[..colon], ParsePort(text, start + colon + 1, end));
    }

    private static MemcachedServerOptions ParseUnixSocket(string text, int start, string path)
    {
        // Both unix:/path and PHP's unix:///path; the ring knows the latter.
        var absolute = path.StartsWith("//", StringComparison.Ordinal) ? path[2..] : path;
        if (!absolute.StartsWith('/') || absolute.Length < 2)
        {
            throw Malformed(text, start, "the path of the Unix socket is not absolute", "Write unix:/run/memcached.sock.");
        }

        return new MemcachedServerOptions(MemcachedServerOptions.UnixScheme + absolute, Port: 0);
    }

    private static MemcachedServerOptions ParseIPv6(string text, int start, string address)
    {
        var bracket = address.IndexOf(']', StringComparison.Ordinal);
        if (bracket < 0 || !System.Net.IPAddress.TryParse(address[1..bracket], out _))
        {
            throw Malformed(text, start, $"'{address}' is not an IPv6 address in brackets", "Write [::1]:11211.");
        }

        var host = address[..(bracket + 1)];
        if (bracket == address.Length - 1)
        {
            return new MemcachedServerOptions(host);
        }

        return address[bracket + 1] == ':'
            ? new MemcachedServerOptions(host, ParsePort(text, start + bracket + 2, start + address.Length))
            : throw Malformed(text, start + bracket + 1, "a colon is missing after the address", "Write [::1]:11211.");
    }

    private static int ParsePort(string text, int start, int end) =>
        int.TryParse(text.AsSpan(start, end - start), NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port is >= 1 and <= 65535
            ? port
            : throw Malformed(text, start, $"'{text[start..end]}' is not a port", "Write a number from 1 to 65535.");

    private static int ParseWeight(string text, int start, int end)
    {
        const string Option = "weight=";
        var option = text[start..end];
        if (!option.StartsWith(Option, StringComparison.Ordinal))
        {
            throw Malformed(text, start, $"'{option}' is not a server option", "The option is weight=N; servers are separated by commas.");
        }

        return int.TryParse(option.AsSpan(Option.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var weight) && weight >= 1
            ? weight
            : throw Malformed(text, start + Option.Length, $"'{option[Option.Length..]}' is not a weight", "Write a whole number of at least 1.");
    }

    private static int SkipBlanks(string text, int start, int end)
    {
        while (start < end && char.IsWhiteSpace(text[start]))
        {
            start++;
        }

        return start;
    }

    private static int FindBlank(string text, int start, int end)
    {
        while (start < end && !char.IsWhiteSpace(text[start]))
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

    private static ArgumentException Malformed(string text, int position, string what, string fix) =>
        new($"The server list '{HostText.Shown(text, int.MaxValue)}' is malformed at position {position}: {what}. {fix}", nameof(text));
}
