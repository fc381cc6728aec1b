using TypedCache.Hashing;

namespace TypedCache.Tests.Hashing;

/// <summary>A pool that has got other servers sends every key where PHP, which was started with them, does.</summary>
public sealed class RoutingAfterChangeTests(ITestOutputHelper output) : IDisposable
{
    private const int KeyCount = 379;
    private const int NoServer = -1;

    private readonly RoutingVectors _vectors = new();
    private readonly List<UpdatedPool> _pools = [];
    private HashServer[] _before = [new("first", 1), new("second", 2, 3), new("10.0.0.1", 11211)];

    public void Dispose() => _pools.ForEach(static pool => pool.Dispose());

    [Fact]
    public async Task Every_key_goes_to_the_server_which_PHP_chose()
    {
        RoutingComparison[] comparisons = [Pecl8(), Pecl8Failover(), PhpMemcached()];
        foreach (var comparison in comparisons)
        {
            output.WriteLine($"after a change, {comparison}");
            Assert.Empty(comparison.Differences);
        }

        Assert.Equal((216 + 180 + 90) * KeyCount, comparisons.Sum(comparison => comparison.Total));
        await Task.WhenAll(_pools.Select(pool => pool.Drained)).WaitAsync(TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken);
    }

    private RoutingComparison Pecl8()
    {
        var comparison = new RoutingComparison("pecl8", _vectors.PeclKeys);
        foreach (var route in _vectors.Routes("pecl8"))
        {
            var servers = _vectors.ServersOf(route);
            if (Array.Exists(servers, static server => server.Port == 0 && !server.Host.StartsWith("unix:", StringComparison.Ordinal)))
            {
                // PHP routes to a port 0, and a pool does not take it.
                continue;
            }

            var pool = Update(RoutingVectors.PeclOptionsOf(route), servers);
            comparison.Add(route, key => RoutingVectors.FirstOfTheSameName(servers, pool.Find(key)));
        }

        return comparison;
    }

    // PHP names the last server that it has tried, where all of them are down.
    private RoutingComparison Pecl8Failover()
    {
        var comparison = new RoutingComparison("pecl8_failover", _vectors.PeclKeys);
        foreach (var route in _vectors.Routes("pecl8_failover"))
        {
            var servers = _vectors.ServersOf(route);
            var options = RoutingVectors.PeclOptionsOf(route);
            var walk = new FailoverWalk(FailoverSequence.Pecl8, options.HashStrategy(servers, options.HashFunction), route);
            options.MaxFailoverAttempts = walk.Attempts;
            var pool = Update(options, servers);
            for (var i = 0; i < servers.Length; i++)
            {
                if (walk.IsDown(i))
                {
                    pool.Servers[i].Disable();
                }
            }

            comparison.Add(route, key => pool.FindUsable(key) is var found && found != NoServer ? found : walk.Find(key) is var last && walk.IsDown(last) ? last : NoServer);
        }

        return comparison;
    }

    private RoutingComparison PhpMemcached()
    {
        var comparison = new RoutingComparison("libmemcached", _vectors.PhpMemcachedKeys);
        foreach (var route in _vectors.Routes("libmemcached"))
        {
            comparison.Add(route, _vectors.CallsOf(route).Router(_vectors.ServersOf(route), Update));
        }

        return comparison;
    }

    // From the list of the case before.
    private UpdatedPool Update(MemcachedPoolOptions options, HashServer[] servers)
    {
        var pool = new UpdatedPool(options, _before, servers);
        _before = servers;
        _pools.Add(pool);
        return pool;
    }
}
