using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using TypedCache.Hosting.Tests.Clients;
using TypedCache.Hosting.Tests.Testing;

namespace TypedCache.Hosting.Tests.Registration;

public sealed class RegistrationTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Clients_are_injected()
    {
        var builder = Apps.Create();
        builder.AddTypedCache("cache").AddClient<IShopCache>().UseInMemory();
        builder.Services.AddScoped<Reader>();
        using var host = builder.Build();
        await host.Services.GetRequiredService<IShopCache>().SetNameAsync(1, "Chair", Cancellation);

        using var scope = host.Services.CreateScope();

        Assert.Equal("Chair", await scope.ServiceProvider.GetRequiredService<Reader>().Cache.GetNameAsync(1, Cancellation));
        Assert.Same(host.Services.GetRequiredService<IShopCache>(), scope.ServiceProvider.GetRequiredService<IShopCache>());
        Assert.Same(host.Services.GetRequiredService<MemcachedPool>(), scope.ServiceProvider.GetRequiredService<MemcachedPool>());
    }

    [Fact]
    public async Task A_pool_with_a_key_is_apart()
    {
        var builder = Apps.Create();
        builder.AddTypedCache("cache").UseInMemory().AddClient<IShopCache>();
        builder.AddKeyedTypedCache("sessions").UseInMemory().AddClient<ISessionCache>().AddClient<IShopCache>();
        builder.Services.AddSingleton<KeyedReader>();
        using var host = builder.Build();
        var id = Guid.NewGuid();

        await host.Services.GetRequiredKeyedService<ISessionCache>("sessions").SetAsync(id, "open", Cancellation);
        await host.Services.GetRequiredKeyedService<IShopCache>("sessions").SetNameAsync(1, "Chair", Cancellation);

        Assert.Equal("open", await host.Services.GetRequiredService<KeyedReader>().Cache.GetAsync(id, Cancellation));
        Assert.Null(await host.Services.GetRequiredService<IShopCache>().GetNameAsync(1, Cancellation));
        Assert.Null(host.Services.GetService<ISessionCache>());
        Assert.NotSame(host.Services.GetRequiredService<MemcachedPool>(), host.Services.GetRequiredKeyedService<MemcachedPool>("sessions"));
    }

    [Fact]
    public async Task A_client_of_a_dialect_gets_a_pool_with_that_dialect()
    {
        var builder = Apps.Create("Production", ("TypedCache:php:Preset", "PhpMemcached"), ("TypedCache:php:Servers:0", "cache-1:11211"));
        builder.AddTypedCache("cache").UseInMemory().AddClients();
        builder.AddKeyedTypedCache("php").UseInMemory().AddClients();
        using var host = builder.Build();
        var cache = host.Services.GetRequiredKeyedService<IPhpCache>("php");

        await cache.SetAsync(1, value: false, Cancellation);

        Assert.Equal(false, await cache.GetAsync(1, Cancellation));
        Assert.NotNull(host.Services.GetRequiredService<IShopCache>());
        Assert.Contains("IPhpCache has Dialect = CacheDialect.PhpMemcached, but its pool stores values in ValueDialect.Pecl", Assert.Throws<InvalidOperationException>(host.Services.GetRequiredService<IPhpCache>).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task All_clients_of_the_assembly_are_registered_by_one_call()
    {
        var services = new ServiceCollection();
        services.AddTypedCache(BePatient).UseInMemory().AddClients();
        services.AddKeyedTypedCache("sessions", BePatient).UseInMemory().AddClients();
        await using var provider = services.BuildServiceProvider();
        var id = Guid.NewGuid();

        await provider.GetRequiredService<ISessionCache>().SetAsync(id, "open", Cancellation);

        Assert.NotNull(provider.GetRequiredService<IShopCache>());
        Assert.NotNull(provider.GetRequiredKeyedService<IShopCache>("sessions"));
        Assert.Equal("open", await provider.GetRequiredService<ISessionCache>().GetAsync(id, Cancellation));
        Assert.Null(await provider.GetRequiredKeyedService<ISessionCache>("sessions").GetAsync(id, Cancellation));
    }

    [Fact]
    public void Registered_twice_it_is_one_pool_with_the_settings_of_both()
    {
        var builder = Apps.Create(settings: [("ConnectionStrings:cache", "a")]);
        builder.AddTypedCache("cache", static settings => settings.ConnectionsPerServer = 1).ConfigurePool(static (_, options) => options.KeyPrefix = "1:").AddClient<IShopCache>();
        builder.AddTypedCache("cache", static settings => settings.RetryInterval = TimeSpan.FromSeconds(3)).ConfigurePool(static (_, options) => options.KeyPrefix += "2:").AddClient<IShopCache>();
        builder.Services.AddTypedCache().WarmUp().WarmUp().AddHealthCheck().AddHealthCheck(tags: ["ready"]);
        using var host = builder.Build();

        var pool = Assert.Single(host.Services.GetServices<MemcachedPool>());
        var settings = host.Services.GetRequiredService<IOptions<TypedCacheSettings>>().Value;

        Assert.Equal(250 - "1:2:".Length, pool.MaxKeyLength);
        Assert.Equal((1, 3.0), (settings.ConnectionsPerServer, settings.RetryInterval.TotalSeconds));
        Assert.Single(host.Services.GetServices<IShopCache>());
        Assert.Single(host.Services.GetServices<IHostedService>().OfType<WarmUpService>());
        Assert.Equal(["ready"], Assert.Single(host.Services.GetRequiredService<IOptions<HealthCheckServiceOptions>>().Value.Registrations).Tags);
    }

    [Fact]
    public void Two_names_without_a_key_are_refused()
    {
        var builder = Apps.Create();
        builder.AddTypedCache("cache");

        Assert.Equal(
            "The cache without a key is registered as 'cache' already, and there can be only one. Register 'sessions' by AddKeyedTypedCache(\"sessions\").",
            Assert.Throws<InvalidOperationException>(() => builder.AddTypedCache("sessions")).Message);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("a:b")]
    [InlineData("servers")]
    public void A_name_must_not_be_mistaken(string name)
    {
        Assert.ThrowsAny<ArgumentException>(() => new ServiceCollection().AddTypedCache(name));
        Assert.ThrowsAny<ArgumentException>(() => new ServiceCollection().AddKeyedTypedCache(name));
    }

    [Fact]
    public void What_was_not_asked_for_is_not_registered()
    {
        var services = new ServiceCollection();
        services.AddTypedCache("cache");

        Assert.DoesNotContain(services, static service => service.ServiceType == typeof(IHostedService) || service.ServiceType == typeof(HealthCheckService));
        Assert.DoesNotContain(services, static service => service.ServiceType.Namespace!.Contains("Caching", StringComparison.Ordinal));
        Assert.All(
            services.Where(static service => service.ServiceType.Assembly.GetName().Name!.StartsWith("TypedCache", StringComparison.Ordinal)),
            static service => Assert.True(service.ServiceType == typeof(MemcachedPool) || !service.ServiceType.IsVisible));
    }

    [Fact]
    public void A_fake_that_is_registered_before_stays()
    {
        var fake = MemcachedPool.InMemory().CreateClient<IShopCache>();
        var services = new ServiceCollection();
        services.AddSingleton(fake);
        services.AddTypedCache().UseInMemory().AddClients();
        using var provider = services.BuildServiceProvider();

        Assert.Same(fake, provider.GetRequiredService<IShopCache>());
    }

    [Fact]
    public void A_builder_of_other_services_is_refused()
    {
        var foreign = new ForeignBuilder(new ServiceCollection());

        Assert.Throws<ArgumentException>(() => foreign.UseInMemory());
    }

    [Fact]
    public async Task Nothing_connects_before_it_is_needed()
    {
        using var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen();
        var port = ((IPEndPoint)listener.LocalEndPoint!).Port.ToString(CultureInfo.InvariantCulture);
        var builder = Apps.Create(settings: [("ConnectionStrings:cache", $"127.0.0.1:{port}")]);
        builder.AddTypedCache("cache").AddClient<IShopCache>().AddHealthCheck();
        using var host = builder.Build();
        await host.StartAsync(Cancellation);
        var pool = host.Services.GetRequiredService<MemcachedPool>();
        Assert.NotNull(host.Services.GetRequiredService<IShopCache>());

        Assert.False(listener.Poll(0, SelectMode.SelectRead), "somebody connects");
        Assert.Equal(ServerState.Disconnected, pool.Servers[0].State);
        await host.StopAsync(Cancellation);
    }

    [Fact]
    public async Task In_development_embedded_servers_stand_in()
    {
        var builder = Apps.Create("Development");
        builder.AddTypedCache("cache").AddClients();
        using var host = builder.Build();
        await host.StartAsync(Cancellation);
        var cache = host.Services.GetRequiredService<IShopCache>();
        await cache.SetNameAsync(1, "Chair", Cancellation);

        Assert.Equal("Chair", await cache.GetNameAsync(1, Cancellation));
        Assert.Equal(
            (LogLevel.Information, 101, "No memcached server is configured for the cache 'cache'. In the environment Development an embedded one in this process is used instead. Set ConnectionStrings:cache or TypedCache:cache:ConnectionString for real ones."),
            Assert.Single(host.Log().OfHosting));
        await host.StopAsync(Cancellation);
    }

    [Fact]
    public void In_development_configured_servers_are_used()
    {
        var builder = Apps.Create("Development", ("ConnectionStrings:cache", "a:11212"));
        builder.AddTypedCache("cache");
        using var host = builder.Build();

        Assert.Equal("a:11212", host.Services.GetRequiredService<MemcachedPool>().Servers.Single().Name);
        Assert.Empty(host.Log().OfHosting);
    }

    [Fact]
    public void Embedded_servers_take_the_place_of_configured_ones()
    {
        var builder = Apps.Create(settings: [("ConnectionStrings:cache", "a:11212; prefix=shop:")]);
        builder.AddTypedCache("cache").UseInMemory(servers: 3);
        using var host = builder.Build();

        var pool = host.Services.GetRequiredService<MemcachedPool>();

        Assert.Equal(["embedded-1:11211", "embedded-2:11211", "embedded-3:11211"], pool.Servers.Select(static server => server.Name));
        Assert.Equal(250 - "shop:".Length, pool.MaxKeyLength);
        Assert.Empty(host.Log().OfHosting);
    }

    private static void BePatient(TypedCacheSettings settings) => settings.OperationTimeout = settings.ConnectTimeout = TimeSpan.FromMinutes(1);

    private sealed class Reader(IShopCache cache)
    {
        public IShopCache Cache => cache;
    }

    private sealed class KeyedReader([FromKeyedServices("sessions")] ISessionCache cache)
    {
        public ISessionCache Cache => cache;
    }

    private sealed class ForeignBuilder(IServiceCollection services) : ITypedCacheBuilder
    {
        public IServiceCollection Services => services;

        public string Name => "";

        public string? ServiceKey => null;
    }
}
