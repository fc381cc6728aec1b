using Microsoft.AspNetCore.OutputCaching;
using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.Caching.Hybrid;
using Microsoft.Extensions.DependencyInjection;
using TypedCache.AspNetCore;

namespace TypedCache.Caching.Tests.Registration;

/// <summary>The adapters as services of an application.</summary>
public sealed class RegistrationTests : IDisposable
{
    private readonly SharedServers _servers = new();
    private readonly MemcachedPool _pool;
    private readonly MemcachedPool _other;

    public RegistrationTests()
    {
        _pool = _servers.Join();
        _other = _servers.Join(configure: options => options.KeyPrefix = "other:");
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _servers.Dispose();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_cache_and_the_store_take_the_places_of_those_in_memory_in_any_order(bool areLast)
    {
        var services = new ServiceCollection().AddLogging().AddSingleton<TimeProvider>(_servers.Time).AddSingleton(_pool);
        if (areLast)
        {
            services.AddDistributedMemoryCache().AddOutputCache();
        }

        new Builder(services, null).AddDistributedCache(options => options.InstanceName = "dc:").AddOutputCache(options => options.InstanceName = "pages:");
        if (!areLast)
        {
            services.AddDistributedMemoryCache().AddOutputCache();
        }

        services.AddHybridCache();
        await using var provider = services.BuildServiceProvider();
        var cache = Assert.IsType<TypedCacheDistributedCache>(provider.GetRequiredService<IDistributedCache>());
        cache.Set("k", [1], new DistributedCacheEntryOptions { AbsoluteExpiration = _servers.Time.GetUtcNow().AddMinutes(1) });
        Assert.True(await _pool.ExistsAsync("dc:k", Token));

        var store = Assert.IsType<TypedCacheOutputCacheStore>(provider.GetRequiredService<IOutputCacheStore>());
        await store.SetAsync("k", [1], ["t"], TimeSpan.FromMinutes(1), Token);
        Assert.True(await _pool.ExistsAsync("pages:response:k", Token));

        await provider.GetRequiredService<HybridCache>().SetAsync("hybrid", "v", cancellationToken: Token);
        Assert.True(await _pool.ExistsAsync("dc:hybrid", Token));
    }

    [Fact]
    public void A_pool_with_a_key_gives_services_with_that_key_and_options_of_their_own()
    {
        var services = new ServiceCollection().AddLogging().AddSingleton(_pool).AddKeyedSingleton("sessions", _other);
        new Builder(services, null).AddDistributedCache();
        new Builder(services, "sessions").AddDistributedCache(options => options.InstanceName = "s:").AddOutputCache();
        using var provider = services.BuildServiceProvider();
        provider.GetRequiredService<IDistributedCache>().Set("k", [1]);
        provider.GetRequiredKeyedService<IDistributedCache>("sessions").Set("k", [2]);

        Assert.Equal([1], new TypedCacheDistributedCache(_pool).Get("k")!);
        Assert.Equal([2], new TypedCacheDistributedCache(_other).Get("s:k")!);
        Assert.IsType<TypedCacheOutputCacheStore>(provider.GetRequiredKeyedService<IOutputCacheStore>("sessions"));
        Assert.Null(provider.GetService<IOutputCacheStore>());
    }

    [Fact]
    public void Options_can_be_configured_as_any_others()
    {
        var services = new ServiceCollection().AddLogging().AddSingleton(_pool);
        services.Configure<TypedCacheDistributedCacheOptions>(options => options.InstanceName = "elsewhere:");
        new Builder(services, null).AddDistributedCache();
        using var provider = services.BuildServiceProvider();
        provider.GetRequiredService<IDistributedCache>().Set("k", [1]);
        Assert.Equal([1], new TypedCacheDistributedCache(_pool).Get("elsewhere:k")!);
    }

    [Fact]
    public async Task Pools_of_the_application_take_them()
    {
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddTypedCache().UseInMemory().AddDistributedCache().AddOutputCache();
        services.AddKeyedTypedCache("sessions").UseInMemory().AddDistributedCache();
        await using var provider = services.BuildServiceProvider();
        var cache = provider.GetRequiredService<IDistributedCache>();
        await cache.SetAsync("k", [1], Token);

        Assert.Equal([1], cache.Get("k")!);
        Assert.Null(provider.GetRequiredKeyedService<IDistributedCache>("sessions").Get("k"));
        Assert.IsType<TypedCacheOutputCacheStore>(provider.GetRequiredService<IOutputCacheStore>());
    }

    /// <summary>A builder over a pool of the test.</summary>
    private sealed class Builder(IServiceCollection services, string? key) : ITypedCacheBuilder
    {
        public IServiceCollection Services => services;

        public string Name => key ?? "";

        public string? ServiceKey => key;
    }
}
