using System.Globalization;
using TypedCache.Hashing;

namespace TypedCache.Benchmarks.Cluster.Topologies;

/// <summary>What the servers are called, since strategies hash that, and in which zone each is.</summary>
internal static class ServerNames
{
    /// <summary>How many zones there are.</summary>
    public const int Zones = 3;

    public static HashServer Of(int server) => new(string.Create(CultureInfo.InvariantCulture, $"cache-{server + 1}"), 11211);

    public static int ZoneOf(int server) => server % Zones;
}
