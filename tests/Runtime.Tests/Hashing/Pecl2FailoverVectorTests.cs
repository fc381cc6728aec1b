using System.Text.Json;
using TypedCache.Hashing;

namespace TypedCache.Tests.Hashing;

/// <summary>
/// The failover order of pecl-memcache 2.2, recorded from its C source. The file is not part of this repository: the
/// variable TYPEDCACHE_VECTORS names the folder which has it.
/// </summary>
public class Pecl2FailoverVectorTests(ITestOutputHelper output)
{
    private const int NoServer = -1;
    private const int InvalidKey = -2;

    [Fact]
    public void With_servers_down_every_key_goes_where_pecl_2_went()
    {
        var folder = Environment.GetEnvironmentVariable("TYPEDCACHE_VECTORS");
        Assert.SkipWhen(string.IsNullOrEmpty(folder), "TYPEDCACHE_VECTORS does not name a folder with pecl22_failover.json.");
        using var recorded = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(folder!, "pecl22_failover.json")));

        var vectors = new PeclRoutingVectors();
        var (total, differences) = (0, 0);
        foreach (var route in recorded.RootElement.GetProperty("pecl22_failover").EnumerateArray())
        {
            var strategy = PeclRoutingVectors.StrategyOf(route, vectors.ServersOf(route));
            var down = route.GetProperty("down").EnumerateArray().Select(index => index.GetInt32()).ToHashSet();
            var attempts = route.GetProperty("allow_failover").GetInt32() == 0 ? 0 : route.GetProperty("max_failover_attempts").GetInt32();
            foreach (var (expected, key) in route.GetProperty("map").EnumerateArray().Zip(vectors.Keys))
            {
                var found = key is null ? InvalidKey : FindUsable(strategy, key, down, attempts);
                differences += found == expected.GetInt32() ? 0 : 1;
                total++;
            }
        }

        output.WriteLine($"{total} comparisons, {differences} differences");
        Assert.Equal((108 * 379, 0), (total, differences));
    }

    private static int FindUsable(IHashStrategy strategy, byte[] key, HashSet<int> down, int attempts)
    {
        var server = strategy.Find(key);
        for (var attempt = 0; attempt < attempts && down.Contains(server); attempt++)
        {
            server = FailoverSequence.Pecl2.FindCandidate(strategy, key, attempt);
        }

        return down.Contains(server) ? NoServer : server;
    }
}
