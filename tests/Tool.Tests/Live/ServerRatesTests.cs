using TypedCache.Tool.Live;

namespace TypedCache.Tool.Tests.Live;

/// <summary>Rates from what servers have counted.</summary>
public sealed class ServerRatesTests
{
    private static readonly ServerSample Before = new(Gets: 100, Hits: 50, Sets: 10, Evictions: 1, Bytes: 1, Limit: 10, Items: 1, Connections: 1);
    private static readonly ServerSample After = new(Gets: 300, Hits: 200, Sets: 20, Evictions: 5, Bytes: 7, Limit: 10, Items: 3, Connections: 2);

    [Fact]
    public void They_are_what_came_in_a_second()
    {
        var rates = ServerRates.Between("a", Before, After, seconds: 2);

        Assert.Equal((100.0, 75.0, 5.0, 2.0), (rates.Gets, rates.Hits, rates.Sets, rates.Evictions));
        Assert.Equal(0.75, rates.HitRate);
        Assert.Equal((7, 10, 3, 2), (rates.Bytes, rates.Limit, rates.Items, rates.Connections));
    }

    [Fact]
    public void A_server_that_was_silent_or_has_started_anew_has_none()
    {
        Assert.All(
            [ServerRates.Between("a", null, After, 2), ServerRates.Between("a", After, Before, 2)],
            rates => Assert.Equal((0.0, 0.0, 0.0, 0.0), (rates.Gets, rates.Hits, rates.Sets, rates.Evictions)));
        Assert.True(double.IsNaN(ServerRates.Between("a", null, After, 2).HitRate));
    }

    [Fact]
    public void All_servers_together_have_the_sums_and_the_longest_latency()
    {
        var one = ServerRates.Between("a", Before, After, 2) with { Latency = 0.5 };
        var total = ServerRates.Sum([one, one with { Gets = 300, Latency = 2 }, new ServerRates("c") { Error = "silent" }]);

        Assert.Equal((400.0, 150.0, 10.0, 4.0), (total.Gets, total.Hits, total.Sets, total.Evictions));
        Assert.Equal((14, 20, 6, 4), (total.Bytes, total.Limit, total.Items, total.Connections));
        Assert.Equal(2, total.Latency);
        Assert.Equal(0.375, total.HitRate);
    }
}
