using System.Text.Json;
using TypedCache.Hashing;

namespace TypedCache.Tests.Hashing;

/// <summary>Every key goes to the server to which pecl-memcache 8 sent it.</summary>
public class PeclRoutingTests(ITestOutputHelper output)
{
    private const int Refused = -1;
    private readonly PeclRoutingVectors _vectors = new();

    [Fact]
    public void Every_key_goes_to_the_server_which_PHP_chose()
    {
        var comparison = new Comparison();
        foreach (var route in _vectors.Routes("pecl8"))
        {
            var servers = _vectors.ServersOf(route);
            var strategy = PeclRoutingVectors.StrategyOf(route, servers);
            comparison.Add(Map(route), _vectors.Keys, key => PeclRoutingVectors.FirstOfTheSameName(servers, strategy.Find(key)));
        }

        output.WriteLine(comparison.ToString());
        Assert.Equal(0, comparison.Differences);
        Assert.Equal((220 * 379, 220 * 3), (comparison.Total, comparison.RefusedKeys));
    }

    [Fact]
    public void With_servers_down_every_key_goes_where_PHP_went()
    {
        var comparison = new Comparison();
        foreach (var route in _vectors.Routes("pecl8_failover"))
        {
            var servers = _vectors.ServersOf(route);
            var strategy = PeclRoutingVectors.StrategyOf(route, servers);
            var down = route.GetProperty("down").EnumerateArray().Select(index => index.GetInt32()).ToHashSet();
            var attempts = route.GetProperty("max_failover_attempts").GetInt32();
            comparison.Add(Map(route), _vectors.Keys, key => FindUsable(strategy, key, down, attempts));
        }

        output.WriteLine(comparison.ToString());
        Assert.Equal(0, comparison.Differences);
        Assert.Equal((180 * 379, 180 * 3), (comparison.Total, comparison.RefusedKeys));
    }

    private static int FindUsable(IHashStrategy strategy, byte[] key, HashSet<int> down, int attempts)
    {
        var server = strategy.Find(key);
        for (var attempt = 0; attempt < attempts && down.Contains(server); attempt++)
        {
            server = FailoverSequence.Pecl8.FindCandidate(strategy, key, attempt);
        }

        return server;
    }

    private static int[] Map(JsonElement route) => [.. route.GetProperty("map").EnumerateArray().Select(index => index.GetInt32())];

    private sealed class Comparison
    {
        public int Total { get; private set; }

        public int RefusedKeys { get; private set; }

        public int Differences { get; private set; }

        public void Add(int[] expected, IReadOnlyList<byte[]?> keys, Func<byte[], int> find)
        {
            Assert.Equal(keys.Count, expected.Length);
            for (var i = 0; i < expected.Length; i++)
            {
                Total++;
                RefusedKeys += keys[i] is null ? 1 : 0;
                Differences += expected[i] == (keys[i] is { } key ? find(key) : Refused) ? 0 : 1;
            }
        }

        public override string ToString() => $"{Total} comparisons, {Differences} differences ({RefusedKeys} of keys which PHP refuses)";
    }
}
