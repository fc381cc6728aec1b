using System.Globalization;

namespace TypedCache.Telemetry;

/// <summary>What a server says of itself (memcached's protocol.txt, "General-purpose statistics").</summary>
internal sealed class ServerStatistics
{
    /// <summary>How many items it holds.</summary>
    public long Items { get; private set; }

    /// <summary>How much memory they take, in bytes.</summary>
    public long Memory { get; private set; }

    /// <summary>How much they may take, in bytes.</summary>
    public long MemoryLimit { get; private set; }

    /// <summary>How many it has removed for want of memory.</summary>
    public long Evictions { get; private set; }

    /// <summary>How many keys that were asked for it had.</summary>
    public long Hits { get; private set; }

    /// <summary>How many keys that were asked for it did not have.</summary>
    public long Misses { get; private set; }

    /// <summary>Reads the lines of a reply.</summary>
    public static ServerStatistics Read(IReadOnlyList<string> lines)
    {
        var statistics = new ServerStatistics();
        for (var i = 0; i < lines.Count; i++)
        {
            statistics.Take(lines[i].Split(' '));
        }

        return statistics;
    }

    private void Take(string[] words)
    {
        if (words.Length != 3 || !long.TryParse(words[2], NumberStyles.None, CultureInfo.InvariantCulture, out var value))
        {
            return;
        }

        switch (words[1])
        {
            case "curr_items": Items = value; break;
            case "bytes": Memory = value; break;
            case "limit_maxbytes": MemoryLimit = value; break;
            case "evictions": Evictions = value; break;
            case "get_hits": Hits = value; break;
            case "get_misses": Misses = value; break;
        }
    }
}
