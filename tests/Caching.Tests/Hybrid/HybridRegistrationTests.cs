using System.Buffers;
using System.Text;
using Microsoft.Extensions.Caching.Hybrid;
using Microsoft.Extensions.DependencyInjection;

namespace TypedCache.Caching.Tests.Hybrid;

/// <summary>One line of registration.</summary>
public sealed class HybridRegistrationTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task One_line_gives_the_application_its_HybridCache()
    {
        var services = new ServiceCollection();
        services.AddTypedCache().UseInMemory().AddHybridCache();
        await using var provider = services.BuildServiceProvider(validateScopes: true);
        var cache = provider.GetRequiredService<HybridCache>();

        Assert.Same(provider.GetRequiredService<TypedCacheHybridCache>(), cache);
        Assert.Equal("v", await cache.GetOrCreateAsync("k", _ => ValueTask.FromResult("v"), cancellationToken: Token));
        Assert.NotNull(await StoredItem.ReadAsync(provider.GetRequiredService<MemcachedPool>(), "hybrid:k"));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task It_takes_the_place_of_Microsoft_s_and_keeps_its_serializers(bool microsoftFirst)
    {
        var services = new ServiceCollection();
        if (microsoftFirst)
        {
            services.AddHybridCache().AddSerializer<string>(new ReversedSerializer());
        }

        services.AddTypedCache().UseInMemory().AddHybridCache();
        if (!microsoftFirst)
        {
            services.AddHybridCache().AddSerializer<string>(new ReversedSerializer());
        }

        await using var provider = services.BuildServiceProvider();
        var cache = provider.GetRequiredService<HybridCache>();
        await cache.SetAsync("k", "text", cancellationToken: Token);

        Assert.IsType<TypedCacheHybridCache>(cache);
        Assert.Equal("txet", await cache.GetAsync<string>("k", Token));
    }

    [Fact]
    public async Task A_keyed_pool_has_a_keyed_cache_with_options_of_its_own()
    {
        var services = new ServiceCollection();
        services.AddTypedCache().UseInMemory().AddHybridCache();
        services.AddKeyedTypedCache("prices").UseInMemory().AddHybridCache(options => options.InstanceName = "p:");
        services.Configure<TypedCacheHybridCacheOptions>("prices", options => options.MaximumKeyLength = 3);
        await using var provider = services.BuildServiceProvider();
        var prices = provider.GetRequiredKeyedService<HybridCache>("prices");
        await prices.SetAsync("k", "v", cancellationToken: Token);
        await prices.SetAsync("long", "v", cancellationToken: Token);

        Assert.Equal(("v", null), (await prices.GetAsync<string>("k", Token), await prices.GetAsync<string>("long", Token)));
        Assert.NotNull(await StoredItem.ReadAsync(provider.GetRequiredKeyedService<MemcachedPool>("prices"), "p:k"));
        Assert.Null(await provider.GetRequiredService<HybridCache>().GetAsync<string>("k", Token));
        Assert.NotSame(provider.GetRequiredService<HybridCache>(), prices);
    }

    [Fact]
    public void Registered_twice_there_is_one_cache()
    {
        var services = new ServiceCollection();
        services.AddTypedCache().UseInMemory().AddHybridCache().AddHybridCache(options => options.MaximumKeyLength = 5);
        using var provider = services.BuildServiceProvider();

        Assert.Single(provider.GetServices<HybridCache>());
    }

    private sealed class ReversedSerializer : IHybridCacheSerializer<string>
    {
        public string Deserialize(ReadOnlySequence<byte> source) => new([.. Encoding.UTF8.GetString(source).Reverse()]);

        public void Serialize(string value, IBufferWriter<byte> target) => Encoding.UTF8.GetBytes(value, target);
    }
}
