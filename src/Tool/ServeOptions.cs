using System.CommandLine;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using TypedCache.Embedded;

namespace TypedCache.Tool;

/// <summary>The options which describe the servers of <c>typedcache serve</c>; where memcached has one too, its letter is the same.</summary>
internal sealed class ServeOptions
{
    private const int MaxNodes = 64;

    private readonly Option<int> _port = new("--port", "-p")
    {
        Description = "the port of the first server, the others take the next ones; 0: any free ports",
        HelpName = "number",
        DefaultValueFactory = _ => MemcachedServerOptions.DefaultPort,
    };

    private readonly Option<string> _listen = new("--listen", "-l")
    {
        Description = "the address to listen on; there is no login, so any other than loopback is open to all who reach it",
        HelpName = "address",
        DefaultValueFactory = _ => "127.0.0.1",
    };

    private readonly Option<string?> _unixSocket = new("--unix-socket", "-s")
    {
        Description = "listen on a Unix domain socket instead",
        HelpName = "path",
    };

    private readonly Option<int> _nodes = new("--nodes", "-n")
    {
        Description = "how many servers, independent of each other",
        HelpName = "number",
        DefaultValueFactory = _ => 1,
    };

    private readonly Option<int> _memory = new("--memory", "-m")
    {
        Description = "megabytes for the items of each server; above that the least recently used are evicted",
        HelpName = "number",
        DefaultValueFactory = _ => 64,
    };

    private readonly Option<string> _maxItemSize = new("--max-item-size", "-I")
    {
        Description = "the largest item, in bytes or with the unit k or m",
        HelpName = "size",
        DefaultValueFactory = _ => "1m",
    };

    private readonly Option<bool> _verbose = new("--verbose", "-vv") { Description = "log connections, commands and answers to the error stream" };

    /// <summary>Adds the options to a command.</summary>
    public void AddTo(Command command)
    {
        foreach (var option in (Option[])[_port, _listen, _unixSocket, _nodes, _memory, _maxItemSize, _verbose])
        {
            command.Add(option);
        }
    }

    /// <summary>Where the servers are to listen, one entry for each.</summary>
    /// <exception cref="ArgumentException">An option is not valid; the message names it.</exception>
    public IReadOnlyList<EndPoint> EndPoints(ParseResult parsed)
    {
        var nodes = InRange(parsed, _nodes, 1, MaxNodes);
        if (parsed.GetValue(_unixSocket) is { } path)
        {
            return [UnixSocket(parsed, path, nodes)];
        }

        var address = Address(parsed.GetValue(_listen)!);
        var first = InRange(parsed, _port, 0, IPEndPoint.MaxPort);
        if (first + nodes - 1 > IPEndPoint.MaxPort)
        {
            throw new ArgumentException($"{_nodes.Name} {nodes}: there are not so many ports from {first} on.");
        }

        return [.. Enumerable.Range(0, nodes).Select(node => new IPEndPoint(address, first == 0 ? 0 : first + node))];
    }

    /// <summary>The settings of a server which is to listen there.</summary>
    /// <exception cref="ArgumentException">An option is not valid; the message names it.</exception>
    public EmbeddedServerOptions ServerOptions(ParseResult parsed, EndPoint endPoint, Action<string> log)
    {
        var memory = InRange(parsed, _memory, 1, int.MaxValue);
        var text = parsed.GetValue(_maxItemSize)!;
        if (!ByteSize.TryParse(text, out var largest) || largest is < ByteSize.SmallestItem or > ByteSize.LargestItem || largest > (long)memory * ByteSize.Mega)
        {
            throw new ArgumentException($"{_maxItemSize.Name} '{text}' is not valid: use from 1k to 1024m, such as 512k, and no more than {_memory.Name}.");
        }

        return new EmbeddedServerOptions
        {
            Name = endPoint.ToString()!,
            MemoryLimit = (long)memory * ByteSize.Mega,
            MaxItemSize = (int)largest,
            AllowRemoteConnections = true,
            Log = parsed.GetValue(_verbose) ? log : null,
        };
    }

    private static int InRange(ParseResult parsed, Option<int> option, int lowest, int highest)
    {
        var value = parsed.GetValue(option);
        return value >= lowest && value <= highest
            ? value
            : throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"{option.Name} {value} is not valid: use {lowest} to {highest}."));
    }

    private IPAddress Address(string text)
    {
        if (text.Equals("localhost", StringComparison.OrdinalIgnoreCase))
        {
            return IPAddress.Loopback;
        }

        return IPAddress.TryParse(text, out var address)
            ? address
            : throw new ArgumentException($"{_listen.Name} '{text}' is not an IP address, such as 127.0.0.1, 0.0.0.0 or ::1.");
    }

    private UnixDomainSocketEndPoint UnixSocket(ParseResult parsed, string path, int nodes)
    {
        if (nodes > 1 || parsed.GetResult(_port) is { Implicit: false } || parsed.GetResult(_listen) is { Implicit: false })
        {
            throw new ArgumentException($"{_unixSocket.Name} is for one server, without {_port.Name} and {_listen.Name}.");
        }

        try
        {
            return new UnixDomainSocketEndPoint(path);
        }
        catch (ArgumentOutOfRangeException)
        {
            throw new ArgumentException($"{_unixSocket.Name} '{path}' is empty or too long for a socket; use a path of at most 100 bytes.");
        }
    }
}
