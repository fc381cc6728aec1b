using System.Buffers.Text;
using System.Text;
using TypedCache.Tool.Keys;
using TypedCache.Tool.Servers;

namespace TypedCache.Tool.Watching;

/// <summary>Takes the lines of a server's watch stream.</summary>
/// <param name="server">Who has sent it.</param>
/// <param name="line">The line, during the call.</param>
internal delegate void WatchedLine(MemcachedServer server, ReadOnlySpan<byte> line);

/// <summary>The watch stream of a server (memcached's protocol.txt, "Watchers").</summary>
internal static class WatchStream
{
    /// <summary>How many watchers a server has at most (memcached's logger.c, <c>WATCHER_LIMIT</c>).</summary>
    public const int MostWatchers = 20;

    /// <summary>Reads until it is cancelled.</summary>
    /// <param name="server">The server.</param>
    /// <param name="streams">What is watched, such as <c>fetchers mutations</c>.</param>
    /// <param name="take">Takes each line.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="ServerException">The server refused, or the stream broke.</exception>
    public static async Task ReadAsync(MemcachedServer server, string streams, WatchedLine take, CancellationToken cancellationToken)
    {
        using var connection = await ServerConnection.OpenAsync(server, cancellationToken);
        var answer = await connection.AskAsync(Encoding.ASCII.GetBytes($"watch {streams}\r\n"), cancellationToken);
        if (answer != "OK")
        {
            throw Refused(server, answer);
        }

        do
        {
            while (connection.TryTakeLine(out var line))
            {
                take(server, line);
            }
        }
        while (await connection.ReceiveAsync(limit: null, cancellationToken));

        throw connection.Closed();
    }

    /// <summary>How many events a server has left out, because its watcher was too slow; 0: the line says nothing of it.</summary>
    public static long SkippedIn(ReadOnlySpan<byte> line)
    {
        var start = line.IndexOf("skipped"u8);
        if (line.StartsWith("ts="u8) || start < 0)
        {
            return 0;
        }

        var rest = line[start..];
        var digit = rest.IndexOfAnyInRange((byte)'0', (byte)'9');
        return digit >= 0 && Utf8Parser.TryParse(rest[digit..], out long count, out _) ? count : 0;
    }

    private static ServerException Refused(MemcachedServer server, string answer) => new(
        answer.StartsWith("WATCHER_TOO_MANY", StringComparison.Ordinal) ? $"{server.Name} has {MostWatchers} watchers already, which is its limit. End one of them."
        : answer.Contains("ERROR", StringComparison.Ordinal) ? $"{server.Name} cannot be watched: it is older than memcached 1.4.26, a proxy, or no memcached."
        : $"{server.Name} cannot be watched: it answered {ShownKey.Of(Encoding.Latin1.GetBytes(answer[..Math.Min(answer.Length, 60)]))}");
}
