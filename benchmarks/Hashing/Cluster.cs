using TypedCache.Hashing;

namespace TypedCache.Benchmarks.Hashing;

/// <summary>Lists of servers.</summary>
internal static class Cluster
{
    public static HashServer[] Of(int servers, int weight = 1) => [.. Enumerable.Range(0, servers).Select(i => new HashServer($"cache-{i}.example.com", 11211, weight))];

    /// <summary>Servers with the weights 1, 2 and 3.</summary>
    public static HashServer[] Weighted(int servers) => [.. Of(servers).Select((server, i) => server with { Weight = 1 + (i % 3) })];
}
