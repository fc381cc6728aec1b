using Microsoft.Extensions.Time.Testing;
using TypedCache.Tests.Creation;
using TypedCache.Tests.Pool;
using TypedCache.Values;
using static TypedCache.TypedCacheTelemetry;

namespace TypedCache.Tests.Telemetry;

[Collection(nameof(ListensToTheMeter))]
public class ServerMetricsTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Connections_are_shown_while_they_are_open()
    {
        using var servers = new SharedServers(1);
        var port = servers.Addresses.Single().Port;
        using var probe = new MeterProbe(Instruments.ConnectionCount, Instruments.ConnectionPendingRequests, Instruments.InFlight, Instruments.ServerUp, Instruments.ConnectionCreateTime);
        var pool = servers.Connect(new MemcachedPoolOptions { Telemetry = { PoolName = "cache" } });
        Assert.Equal("count 0, in_flight 0, pending_requests 0, up 1", Observe(probe, port));
        await pool.SetAsync("k", "v", CacheCodecs.String, cancellationToken: Token);
        Assert.Equal("count 1, in_flight 0, pending_requests 0, up 1", Observe(probe, port));
        var count = probe.Of(Instruments.ConnectionCount).Last(measured => Equals(measured.Tags.GetValueOrDefault(Attributes.ServerPort), port));
        Assert.Equal("cache", count.Tags[Attributes.ConnectionPoolName]);
        Assert.Equal("used", count.Tags[Attributes.ConnectionState]);
        Assert.Equal("127.0.0.1", count.Tags[Attributes.ServerAddress]);

        pool.Servers[0].Disable();
        Assert.EndsWith("up 0", Observe(probe, port));
        await pool.DisposeAsync();
        Assert.Equal("", Observe(probe, port));
    }

    [Fact]
    public async Task Servers_are_asked_for_their_statistics_while_somebody_collects_them()
    {
        using var servers = new SharedServers(1);
        using var probe = new MeterProbe(Instruments.ServerItems, Instruments.ServerReads, Instruments.ServerMemory, Instruments.ServerMemoryLimit, Instruments.ServerEvictions);
        var time = new FakeTimeProvider();
        var pool = servers.Connect(new MemcachedPoolOptions { Telemetry = { ServerStatistics = TimeSpan.FromSeconds(10) }, TimeProvider = time });
        await pool.SetAsync("k", "v", CacheCodecs.String, cancellationToken: Token);
        await pool.GetManyAsync(["k", "l", "m"], CacheCodecs.String, Token);

        await UntilAsync(probe, "1 items, 1 hit, 2 miss");
        Assert.InRange(probe.Of(Instruments.ServerMemory).Last().Value, 1, probe.Of(Instruments.ServerMemoryLimit).Last().Value);
        Assert.Equal(0, probe.Of(Instruments.ServerEvictions).Last().Value);

        // They are asked again after the interval alone.
        await pool.SetAsync("l", "v", CacheCodecs.String, cancellationToken: Token);
        Assert.Equal("1 items, 1 hit, 2 miss", Statistics(probe));
        time.Advance(TimeSpan.FromSeconds(10));
        await UntilAsync(probe, "2 items, 1 hit, 2 miss");
    }

    [Fact]
    public async Task Servers_are_not_asked_for_statistics_that_nobody_wants()
    {
        using var servers = new SharedServers(1);
        using var probe = new MeterProbe(Instruments.ServerItems);
        var pool = servers.Connect();
        await pool.SetAsync("k", "v", CacheCodecs.String, cancellationToken: Token);
        probe.Observe();
        probe.Observe();
        Assert.Empty(probe.All);
        Assert.Throws<ArgumentOutOfRangeException>(() => new MemcachedPoolOptions { Servers = { new("a") }, Telemetry = { ServerStatistics = TimeSpan.FromSeconds(-1) } }.Validate());
    }

    [Fact]
    public async Task A_connection_that_opens_is_timed()
    {
        using var servers = new SharedServers(1);
        using var probe = new MeterProbe(Instruments.ConnectionCreateTime);
        var pool = servers.Connect();
        await pool.SetAsync("k", "v", CacheCodecs.String, cancellationToken: Token);
        await Fleet.UntilAsync(() => probe.All.Count > 0);
        var measured = Assert.Single(probe.All);
        Assert.InRange(measured.Value, double.Epsilon, 60);
        Assert.Equal(pool.Servers[0].Name, measured.Tags[Attributes.ConnectionPoolName]);
    }

    [Fact]
    public async Task The_bytes_on_the_wire_are_counted()
    {
        using var servers = new SharedServers(1);
        using var probe = new MeterProbe(Instruments.NetworkIo);
        var pool = servers.Connect();
        await pool.SetAsync("k", new byte[100], CacheCodecs.Bytes, cancellationToken: Token);
        var (sent, received) = Traffic(probe);
        await pool.SetAsync("k", new byte[10_000], CacheCodecs.Uncompressed(CacheCodecs.Bytes), cancellationToken: Token);
        var (sentLater, receivedLater) = Traffic(probe);
        Assert.InRange(sentLater - sent, 10_000, 10_100);
        Assert.InRange(receivedLater - received, 2, 100);
        await pool.GetAsync("k", CacheCodecs.Bytes, Token);
        Assert.InRange(Traffic(probe).Received - receivedLater, 10_000, 10_100);
    }

    [Fact]
    public async Task Operations_that_go_to_another_server_are_counted_with_the_one_that_takes_them()
    {
        using var servers = new SharedServers(2);
        using var probe = new MeterProbe(Instruments.FailoverOperations, Instruments.ServerFailures);
        var pool = servers.Connect();
        await pool.GetAsync("k", CacheCodecs.String, Token);
        Assert.Empty(probe.All);
        var home = pool.FindServer("k");
        home.Disable();
        await pool.GetAsync("k", CacheCodecs.String, Token);
        await pool.GetManyAsync(["k"], CacheCodecs.String, Token);

        var other = pool.Servers.Single(server => server != home);
        var taken = probe.Of(Instruments.FailoverOperations).ToList();
        Assert.Equal(2, taken.Count);
        Assert.All(taken, measured => Assert.Equal(other.Port, measured.Tags[Attributes.ServerPort]));
        await Fleet.UntilAsync(() => probe.Of(Instruments.ServerFailures).Any());
        var failure = Assert.Single(probe.Of(Instruments.ServerFailures));
        Assert.Equal(home.Port, failure.Tags[Attributes.ServerPort]);
        Assert.Equal(typeof(MemcachedConnectionException).FullName, failure.Tags[Attributes.ErrorType]);
    }

    // Pools are observed without being kept.
    [Fact]
    public async Task A_server_of_two_pools_is_counted_once()
    {
        using var servers = new SharedServers(1);
        var port = servers.Addresses.Single().Port;
        var (one, two) = (servers.Connect(), servers.Connect());
        await one.SetAsync("k", "v", CacheCodecs.String, cancellationToken: Token);
        await two.SetAsync("k", "v", CacheCodecs.String, cancellationToken: Token);
        using var probe = new MeterProbe(Instruments.ServerUp, Instruments.ConnectionCount);
        Assert.Equal("count 2, up 1", Observe(probe, port));
        Assert.Single(probe.Of(Instruments.ServerUp), measured => Equals(measured.Tags.GetValueOrDefault(Attributes.ServerPort), port));
    }

    private static string Observe(MeterProbe probe, int port)
    {
        probe.Clear();
        probe.Observe();
        return string.Join(", ", probe.All
            .Where(measured => Equals(measured.Tags.GetValueOrDefault(Attributes.ServerPort), port))
            .Select(measured => $"{measured.Instrument.Name[(measured.Instrument.Name.LastIndexOf('.') + 1)..]} {measured.Value}")
            .Order(StringComparer.Ordinal));
    }

    private static Task UntilAsync(MeterProbe probe, string statistics) => Fleet.UntilAsync(() => Statistics(probe) == statistics);

    private static string Statistics(MeterProbe probe)
    {
        probe.Clear();
        probe.Observe();
        var items = probe.Of(Instruments.ServerItems).Select(static measured => $"{measured.Value} items");
        var reads = probe.Of(Instruments.ServerReads).Select(static measured => $"{measured.Value} {measured.Tags[Attributes.Result]}");
        return string.Join(", ", items.Concat(reads));
    }

    private static (double Sent, double Received) Traffic(MeterProbe probe)
    {
        probe.Clear();
        probe.Observe();
        return (Of("transmit"), Of("receive"));
        double Of(string direction) => probe.All.Where(measured => Equals(measured.Tags[Attributes.IoDirection], direction)).Sum(measured => measured.Value);
    }
}
