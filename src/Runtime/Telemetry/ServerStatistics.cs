using System.Globalization;

namespace TypedCache.Telemetry;

/// <summary>What a server says of itself.</summary>
/// <param name="statistics">Its statistics by name (memcached's protocol.txt, "General-purpose statistics").</param>
internal sealed class ServerStatistics(Dictionary<string, string> statistics)
{
    /// <summary>How many items it holds.</summary>
    public long Items { get; } = Number(statistics, "curr_items");

    /// <summary>How much memory they take, in bytes.</summary>
    public long Memory { get; } = Number(statistics, "bytes");

    /// <summary>How much they may take, in bytes.</summary>
    public long MemoryLimit { get; } = Number(statistics, "limit_maxbytes");

    /// <summary>How many it has removed for want of memory.</summary>
    public long Evictions { get; } = Number(statistics, "evictions");

    /// <summary>How many keys that were asked for it had.</summary>
    public long Hits { get; } = Number(statistics, "get_hits");

    /// <summary>How many keys that were asked for it did not have.</summary>
    public long Misses { get; } = Number(statistics, "get_misses");

    // 0 where the server does not say.
    private static long Number(Dictionary<string, string> statistics, string name) =>
        statistics.TryGetValue(name, out var text) && long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;
}
