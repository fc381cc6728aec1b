using System.Buffers.Text;
using System.Net;
using System.Text;
using TypedCache.Pool;

namespace TypedCache.Discovery;

/// <summary>
/// The answer to <c>config get cluster</c>, or to <c>get AmazonElastiCache:cluster</c> of an engine before 1.4.14 (AWS, "Adding auto discovery to
/// your client library"; Memorystore answers alike).
/// </summary>
internal static class ConfigReply
{
    /// <summary>A longer answer is refused: room for about 10,000 nodes.</summary>
    public const int MaxLength = 1024 * 1024;

    private const int MaxLine = 512;

    private static ReadOnlySpan<byte> LineEnd => "\r\n"u8;

    /// <summary>Reads an answer.</summary>
    /// <param name="reply">What has come of it.</param>
    /// <param name="outcome">What it is.</param>
    /// <returns>The list; null unless there is one.</returns>
    /// <exception cref="MemcachedProtocolException">It is malformed.</exception>
    public static ServerListVersion? Read(ReadOnlySpan<byte> reply, out ConfigOutcome outcome)
    {
        outcome = ConfigOutcome.Incomplete;
        var lineEnd = reply.IndexOf(LineEnd);
        if (lineEnd is < 0 or > MaxLine)
        {
            return reply.Length <= MaxLine + 1 ? null : throw Malformed("its first line does not end");
        }

        var line = reply[..lineEnd];
        var rest = reply[(lineEnd + LineEnd.Length)..];
        if (line.SequenceEqual("END"u8) || line.SequenceEqual("ERROR"u8))
        {
            ThrowIfMore(rest);
            outcome = line[1] == 'N' ? ConfigOutcome.NoCluster : ConfigOutcome.UnknownCommand;
            return null;
        }

        var length = ReadLength(line);
        var end = "\r\nEND\r\n"u8;
        if (rest.Length < length + end.Length)
        {
            return null;
        }

        if (!rest[length..].SequenceEqual(end))
        {
            throw Malformed("its list is not as long as it says");
        }

        var list = ReadList(rest[..length]);
        outcome = ConfigOutcome.List;
        return list;
    }

    // CONFIG cluster <flags> <bytes>
    private static int ReadLength(ReadOnlySpan<byte> line)
    {
        var words = line.StartsWith("CONFIG cluster "u8) ? line["CONFIG cluster "u8.Length..]
            : line.StartsWith("VALUE AmazonElastiCache:cluster "u8) ? line["VALUE AmazonElastiCache:cluster "u8.Length..]
            : throw Malformed($"it begins with '{Show(line)}'");
        var blank = words.IndexOf((byte)' ');
        var isNumber = blank > 0 && TryReadNumber(words[..blank], uint.MaxValue, out _);
        return isNumber && TryReadNumber(words[(blank + 1)..], MaxLength, out var length) ? (int)length : throw Malformed($"its first line is '{Show(line)}'");
    }

    // The version, a line end, the nodes, a line end.
    private static ServerListVersion ReadList(ReadOnlySpan<byte> list)
    {
        var versionEnd = list.IndexOf((byte)'\n');
        if (versionEnd < 0 || !TryReadNumber(list[..versionEnd], long.MaxValue, out var version))
        {
            throw Malformed("its list has no version");
        }

        var nodes = list[(versionEnd + 1)..];
        nodes = nodes.EndsWith("\n"u8) ? nodes[..^1] : nodes;
        var servers = new List<MemcachedServerOptions>();
        while (!nodes.IsEmpty)
        {
            var blank = nodes.IndexOf((byte)' ');
            servers.Add(ReadNode(blank < 0 ? nodes : nodes[..blank]));
            nodes = blank < 0 ? default : nodes[(blank + 1)..];
        }

        return new ServerListVersion(version, ServerLists.WithoutRepeated(servers));
    }

    // host|ip|port, and the ip may be empty.
    private static MemcachedServerOptions ReadNode(ReadOnlySpan<byte> node)
    {
        var first = node.IndexOf((byte)'|');
        var last = node.LastIndexOf((byte)'|');
        if (first <= 0 || last <= first || node[(first + 1)..last].Contains((byte)'|') || !TryReadNumber(node[(last + 1)..], ushort.MaxValue, out var port) || port == 0)
        {
            throw Malformed($"'{Show(node)}' is not host|ip|port");
        }

        var host = ReadHost(node[..first], node);
        IPAddress? address = null;
        var ip = node[(first + 1)..last];
        if (!ip.IsEmpty && !IPAddress.TryParse(Encoding.ASCII.GetString(ip), out address))
        {
            throw Malformed($"'{Show(ip)}' in '{Show(node)}' is not an IP address");
        }

        // Where the name is the address, there is nothing to resolve.
        return new MemcachedServerOptions(host, (int)port) { Address = address is not null && HostText.Of(address) == host ? null : address };
    }

    private static string ReadHost(ReadOnlySpan<byte> bytes, ReadOnlySpan<byte> node)
    {
        foreach (var value in bytes)
        {
            if (value is < (byte)'!' or > (byte)'~')
            {
                throw Malformed($"'{Show(node)}' has a byte that no host has");
            }
        }

        var host = Encoding.ASCII.GetString(bytes);
        var isAddress = IPAddress.TryParse(host, out var address) && (host.Contains(':', StringComparison.Ordinal) || host == address.ToString());
        host = isAddress ? HostText.Of(address!) : host;
        return HostText.Mistake(host) is { } mistake ? throw Malformed($"the host of '{Show(node)}' is not valid: {mistake}") : host;
    }

    private static bool TryReadNumber(ReadOnlySpan<byte> text, long max, out long number)
    {
        number = 0;
        foreach (var digit in text)
        {
            if (digit is < (byte)'0' or > (byte)'9')
            {
                return false;
            }
        }

        return Utf8Parser.TryParse(text, out number, out var used) && used == text.Length && number <= max;
    }

    private static void ThrowIfMore(ReadOnlySpan<byte> rest)
    {
        if (!rest.IsEmpty)
        {
            throw Malformed("it goes on behind its end");
        }
    }

    // What a stranger sends is not to fill a log.
    private static string Show(ReadOnlySpan<byte> bytes)
    {
        const int Longest = 80;
        var text = new StringBuilder();
        foreach (var value in bytes[..Math.Min(bytes.Length, Longest)])
        {
            text.Append(value is >= (byte)' ' and <= (byte)'~' ? (char)value : '?');
        }

        return bytes.Length > Longest ? $"{text}..." : text.ToString();
    }

    private static MemcachedProtocolException Malformed(string what) => new($"The list of nodes is malformed: {what}.");
}
