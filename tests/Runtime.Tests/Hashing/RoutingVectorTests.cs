using System.Text.Json;
using TypedCache.Hashing;

namespace TypedCache.Tests.Hashing;

/// <summary>Every key goes to the server to which pecl-memcache 8, pecl-memcache 2.2 and php-memcached sent it.</summary>
/// <remarks>
/// The vectors of pecl-memcache 2.2 are not part of this repository: the variable TYPEDCACHE_VECTORS names the folder which
/// has them.
/// </remarks>
public class RoutingVectorTests(ITestOutputHelper output)
{
    private const int KeyCount = 379;
    private readonly RoutingVectors _vectors = new();

    [Fact]
    public void Every_key_goes_to_the_server_which_PHP_chose()
    {
        RoutingComparison[] comparisons = [Pecl8(), Pecl8Failover(), PhpMemcached(), .. Pecl2Failover()];
        foreach (var comparison in comparisons)
        {
            output.WriteLine(comparison.ToString());
            Assert.Empty(comparison.Differences);
        }

        output.WriteLine($"in all {comparisons.Sum(comparison => comparison.Total)} comparisons, 0 differences");
        Assert.Equal((220 + 180 + 90) * KeyCount, comparisons.Take(3).Sum(comparison => comparison.Total));
    }

    private RoutingComparison Pecl8()
    {
        var comparison = new RoutingComparison("pecl8", _vectors.PeclKeys);
        foreach (var route in _vectors.Routes("pecl8"))
        {
            var servers = _vectors.ServersOf(route);
            var strategy = RoutingVectors.PeclStrategyOf(route, servers);
            comparison.Add(route, key => RoutingVectors.FirstOfTheSameName(servers, strategy.Find(key)));
        }

        return comparison;
    }

    private RoutingComparison Pecl8Failover()
    {
        var comparison = new RoutingComparison("pecl8_failover", _vectors.PeclKeys);
        foreach (var route in _vectors.Routes("pecl8_failover"))
        {
            var strategy = RoutingVectors.PeclStrategyOf(route, _vectors.ServersOf(route));
            var walk = new FailoverWalk(FailoverSequence.Pecl8, strategy, route);
            comparison.Add(route, walk.Find);
        }

        return comparison;
    }

    private RoutingComparison PhpMemcached()
    {
        var comparison = new RoutingComparison("libmemcached", _vectors.PhpMemcachedKeys);
        foreach (var route in _vectors.Routes("libmemcached"))
        {
            comparison.Add(route, _vectors.CallsOf(route).Router(_vectors.ServersOf(route)));
        }

        return comparison;
    }

    private IEnumerable<RoutingComparison> Pecl2Failover()
    {
        const string Name = "pecl22_failover";
        const int NoServer = -1;
        const int InvalidKey = -2;
        var folder = Environment.GetEnvironmentVariable("TYPEDCACHE_VECTORS");
        if (string.IsNullOrEmpty(folder))
        {
            output.WriteLine($"{Name}: skipped, because TYPEDCACHE_VECTORS does not name a folder with {Name}.json");
            yield break;
        }

        using var recorded = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(folder, $"{Name}.json")));
        var comparison = new RoutingComparison(Name, _vectors.PeclKeys, InvalidKey);
        foreach (var route in recorded.RootElement.GetProperty(Name).EnumerateArray())
        {
            var strategy = RoutingVectors.PeclStrategyOf(route, _vectors.ServersOf(route));
            var walk = new FailoverWalk(FailoverSequence.Pecl2, strategy, route);
            comparison.Add(route, key => walk.Find(key) is var server && walk.IsDown(server) ? NoServer : server);
        }

        Assert.Equal(108 * KeyCount, comparison.Total);
        yield return comparison;
    }
}
