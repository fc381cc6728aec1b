using System.Text;

namespace TypedCache.Integration.Tests.Embedded;

/// <summary>What <c>stats</c> answered.</summary>
internal static class ServerStats
{
    private static readonly string[] Counted =
    [
        "cmd_get", "cmd_set", "cmd_flush", "cmd_touch", "cmd_meta", "get_hits", "get_misses", "delete_misses", "delete_hits", "incr_misses", "incr_hits",
        "decr_misses", "decr_hits", "cas_misses", "cas_hits", "cas_badval", "touch_hits", "touch_misses", "store_too_large", "bytes", "curr_items", "total_items", "evictions", "limit_maxbytes", "curr_connections", "pointer_size", "version",
    ];

    public static Dictionary<string, string> Parse(byte[] reply) =>
        Encoding.ASCII.GetString(reply)
            .Split("\r\n")
            .Select(line => line.Split(' ', 3))
            .Where(words => words is ["STAT", _, _])
            .ToDictionary(words => words[1], words => words[2]);

    /// <summary>The lines which two servers that ran the same commands agree on.</summary>
    public static string Comparable(Dictionary<string, string> stats) =>
        string.Join('\n', Counted.Select(name => $"{name} {stats.GetValueOrDefault(name, "(missing)")}"));
}
