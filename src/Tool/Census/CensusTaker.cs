using System.Text;
using TypedCache.Tool.Servers;

namespace TypedCache.Tool.Census;

/// <summary>Has all servers list their items, at the same time, and counts them as they come.</summary>
/// <param name="census">Where they are counted.</param>
internal sealed class CensusTaker(KeyCensus census)
{
    // The crawler pauses while it walks through what does not interest it.
    private static readonly TimeSpan LongestSilence = TimeSpan.FromSeconds(30);
    private readonly Lock _lock = new();

    /// <summary>How many items have been counted so far.</summary>
    public long Counted
    {
        get
        {
            lock (_lock)
            {
                return census.All.Items;
            }
        }
    }

    /// <summary>Counts the items of a server.</summary>
    /// <param name="server">The server.</param>
    /// <param name="now">What time it is there, in seconds since 1970.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="ServerException">The server refused, or the list ended too soon. What had come until then has been counted.</exception>
    public async Task CountAsync(MemcachedServer server, long now, CancellationToken cancellationToken)
    {
        using var connection = await ServerConnection.OpenAsync(server, cancellationToken);
        await connection.SendAsync("lru_crawler metadump all\r\n"u8.ToArray(), cancellationToken);
        while (!CountReceived(connection, now))
        {
            if (!await connection.ReceiveAsync(LongestSilence, cancellationToken))
            {
                throw connection.Closed();
            }
        }
    }

    // True: that was all.
    private bool CountReceived(ServerConnection connection, long now)
    {
        lock (_lock)
        {
            while (connection.TryTakeLine(out var line))
            {
                if (DumpedItem.TryRead(line, out var item))
                {
                    census.Add(item, now, connection.Name);
                }
                else if (line.SequenceEqual("END"u8))
                {
                    return true;
                }
                else
                {
                    throw Refused(connection.Name, line);
                }
            }
        }

        return false;
    }

    private static ServerException Refused(string server, ReadOnlySpan<byte> line) => new(
        line.StartsWith("BUSY"u8) ? $"{server} is listing its keys for someone else. Try again when that has ended."
        : line.StartsWith("CLIENT_ERROR lru crawler disabled"u8) ? $"{server} runs without its LRU crawler. \"lru_crawler enable\" starts it."
        : line.StartsWith("ERROR"u8) || line.StartsWith("CLIENT_ERROR"u8) ? $"{server} does not list its keys: it is older than memcached 1.4.31, a proxy, or no memcached."
        : $"{server} answered something that memcached does not: {Keys.ShownKey.Of(line[..Math.Min(line.Length, 60)])}");
}
