using Microsoft.Extensions.Caching.Distributed;
using TypedCache.Tests.Telemetry;
using static TypedCache.TypedCacheTelemetry;

namespace TypedCache.Caching.Tests.Distributed;

/// <summary>What the cache's calls are called in metrics and exceptions.</summary>
public sealed class TelemetryTests : IDisposable
{
    private const string Instance = "telemetry-of-the-distributed-cache";

    private readonly SharedServers _servers = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _servers.Dispose();

    [Fact]
    public async Task Hits_and_misses_are_counted_under_the_instance_name()
    {
        using var probe = new MeterProbe(Instruments.Requests);
        var cache = _servers.JoinCache(configure: static options => options.InstanceName = Instance + ":");

        await cache.SetAsync("k", [1], new DistributedCacheEntryOptions(), Token);
        Assert.NotNull(await cache.GetAsync("k", Token));
        Assert.Null(cache.Get("other"));
        await cache.RemoveAsync("k", Token);

        // Other tests run beside this one.
        var counted = probe.All.Where(static measured => Equals(measured.Tags.GetValueOrDefault(Attributes.Client), Instance));
        Assert.Equal(
            ["{key} stored", "{key} hit", "{key} miss", "{key} deleted"],
            counted.Select(static measured => $"{measured.Tags[Attributes.Key]} {measured.Tags[Attributes.Result]}"));
    }

    [Fact]
    public void No_exception_shows_a_key()
    {
        var cache = _servers.CacheOver(
            _servers.Join(configure: static options => options.ConnectTimeout = TimeSpan.FromSeconds(1)), static options => options.InstanceName = "session:");
        _servers.Stop();

        var failure = Assert.ThrowsAny<MemcachedException>(() => cache.Get("3f2504e0"));

        Assert.DoesNotContain("3f2504e0", failure.ToString(), StringComparison.Ordinal);
        Assert.Contains("session:{key}", failure.Message, StringComparison.Ordinal);
    }
}
