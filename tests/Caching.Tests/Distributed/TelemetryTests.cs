using System.Diagnostics.Metrics;
using Microsoft.Extensions.Caching.Distributed;

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
        using var listener = new MeterListener();
        var counted = new List<string>();
        listener.InstrumentPublished = static (instrument, listener) =>
        {
            if (instrument.Name == "typedcache.client.requests")
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        listener.SetMeasurementEventCallback<long>((_, _, tags, _) => Take(counted, tags));
        listener.Start();
        var cache = _servers.JoinCache(configure: static options => options.InstanceName = Instance + ":");

        await cache.SetAsync("k", [1], new DistributedCacheEntryOptions(), Token);
        Assert.NotNull(await cache.GetAsync("k", Token));
        Assert.Null(cache.Get("other"));
        await cache.RemoveAsync("k", Token);

        Assert.Equal(["{key} stored", "{key} hit", "{key} miss", "{key} deleted"], counted);
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

    private static void Take(List<string> counted, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        string? client = null, key = null, result = null;
        foreach (var (name, value) in tags)
        {
            switch (name)
            {
                case "typedcache.client": client = value as string; break;
                case "typedcache.key": key = value as string; break;
                case "typedcache.result": result = value as string; break;
            }
        }

        if (client == Instance)
        {
            counted.Add($"{key} {result}");
        }
    }
}
