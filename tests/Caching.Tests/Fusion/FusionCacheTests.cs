using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using TypedCache.Caching.Tests.Hybrid;
using TypedCache.FusionCache;
using ZiggyCreatures.Caching.Fusion;

namespace TypedCache.Caching.Tests.Fusion;

/// <summary>Real FusionCaches, as those of two processes, with our locker.</summary>
public sealed class FusionCacheTests : IDisposable
{
    private readonly DictionaryDistributedCache _distributed = new();
    private readonly List<IDisposable> _disposed = [];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _disposed.Reverse();
        _disposed.ForEach(each => each.Dispose());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Two_instances_run_one_factory(bool real)
    {
        var fleet = Keep(real ? CacheFleet.Real() : CacheFleet.Embedded());
        var factory = new CountingFactory<string>(run => $"v{run}");
        IFusionCache[] caches = [Cache(fleet), Cache(fleet)];
        var calls = caches.SelectMany(cache => Enumerable.Range(0, 20).Select(_ => Task.Run(() => cache.GetOrSetAsync<string>("k", (_, token) => factory.RunGated(token).AsTask(), token: Token).AsTask()))).ToArray();
        await factory.Started;
        factory.Open();

        Assert.All(await Task.WhenAll(calls), value => Assert.Equal("v1", value));
        Assert.Equal(1, factory.Runs);
    }

    [Fact]
    public async Task Two_instances_run_one_factory_in_synchronous_calls()
    {
        var fleet = Keep(CacheFleet.Embedded());
        var factory = new CountingFactory<string>(run => $"v{run}");
        IFusionCache[] caches = [Cache(fleet), Cache(fleet)];
        var calls = caches.SelectMany(cache => Enumerable.Range(0, 4).Select(_ => Task.Run(() => cache.GetOrSet<string>("k", (_, token) =>
        {
            Thread.Sleep(50);
            return factory.RunNow(token);
        }, token: Token))));

        Assert.All(await Task.WhenAll(calls), value => Assert.Equal("v1", value));
        Assert.Equal(1, factory.Runs);
    }

    [Fact]
    public async Task An_instance_waits_for_a_lock_no_longer_than_it_is_told()
    {
        var fleet = Keep(CacheFleet.Embedded());
        var factory = new CountingFactory<string>(run => $"v{run}");
        var (one, two) = (Cache(fleet), Cache(fleet));
        var first = one.GetOrSetAsync<string>("k", (_, token) => factory.RunGated(token).AsTask(), token: Token).AsTask();
        await factory.Started;

        var second = await two.GetOrSetAsync<string>("k", (_, _) => Task.FromResult("created without the lock"), options => options.SetDistributedLockTimeout(TimeSpan.FromMilliseconds(150)), token: Token);

        Assert.Equal("created without the lock", second);
        factory.Open();
        Assert.Equal("v1", await first);
    }

    [Fact]
    public async Task The_lock_of_an_instance_that_has_died_ends_by_itself()
    {
        var time = new FakeTimeProvider(DateTimeOffset.UnixEpoch.AddYears(55));
        var fleet = Keep(CacheFleet.Embedded(time: time));
        var dying = fleet.Join();
        var factory = new CountingFactory<string>(run => $"v{run}");
        using var end = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var lost = Cache(dying).GetOrSetAsync<string>("k", (_, token) => factory.RunGated(token).AsTask(), token: end.Token).AsTask();
        await factory.Started;
        dying.Dispose();

        var next = Cache(fleet).GetOrSetAsync<string>("k", (_, _) => Task.FromResult("of the next"), token: Token).AsTask();
        await Patiently.UntilAsync(() => next.IsCompleted, () => time.Advance(TimeSpan.FromMilliseconds(100)));

        Assert.Equal("of the next", await next);
        await end.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => lost);
    }

    [Fact]
    public async Task Without_servers_values_are_created()
    {
        var fleet = Keep(CacheFleet.Embedded());
        var cache = Cache(fleet);
        fleet.StopServers();

        Assert.Equal("v", await cache.GetOrSetAsync<string>("k", (_, _) => Task.FromResult("v"), token: Token));
    }

    private T Keep<T>(T disposed)
        where T : IDisposable
    {
        _disposed.Add(disposed);
        return disposed;
    }

    private IFusionCache Cache(CacheFleet fleet) => Cache(fleet.Join());

    private IFusionCache Cache(MemcachedPool pool)
    {
        var services = new ServiceCollection();
        services.AddSingleton(pool);
        services.AddSingleton<IDistributedCache>(_distributed);
        services.AddFusionCache()
            .WithDefaultEntryOptions(new FusionCacheEntryOptions(TimeSpan.FromMinutes(10)))
            .WithSerializer(new FusionJsonSerializer())
            .WithRegisteredDistributedCache()
            .WithTypedCacheDistributedLocker();
        return Keep(services.BuildServiceProvider()).GetRequiredService<IFusionCache>();
    }
}
