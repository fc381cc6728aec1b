using System.Net;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using TypedCache.Embedded;
using TypedCache.Hosting.Tests.Testing;
using TypedCache.Integration.Tests.External;

namespace TypedCache.Hosting.Tests.Reload;

/// <summary>Servers that come from a source which settings name.</summary>
public sealed class DiscoveryTests : IDisposable
{
    private readonly EmbeddedServer _server = new();
    private readonly int _port;

    public DiscoveryTests()
    {
        _port = _server.Listen(new IPEndPoint(IPAddress.Loopback, 0)).Port;
        _server.SetCluster(3, new EmbeddedNode("127.0.0.1", _port));
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private string Source => $"config:127.0.0.1:{_port}";

    public void Dispose() => _server.Dispose();

    [Theory]
    [InlineData("TypedCache:cache:Discovery")]
    [InlineData("TypedCache:Discovery")]
    [InlineData("ConnectionStrings:cache")]
    public async Task A_setting_names_the_source_and_warming_up_waits_for_its_servers(string path)
    {
        using var host = Build((path, Source));

        await host.StartAsync(Token);

        var pool = host.Services.GetRequiredService<MemcachedPool>();
        Assert.Equal($"127.0.0.1:{_port}", Assert.Single(pool.Servers).Name);
        Assert.Equal(ServerState.Connected, pool.Servers[0].State);
        Assert.Equal((LogLevel.Information, 105, "Warmed up the cache 'cache': 1 servers answered."), Assert.Single(host.Log().OfHosting));
        await host.StopAsync(Token);
    }

    [Fact]
    public async Task A_source_without_an_answer_keeps_no_application_from_starting_and_is_named()
    {
        var source = $"config:127.0.0.1:{LoopbackPort.Free()}";
        var builder = Apps.Create(settings: [("ConnectionStrings:cache", source)]);
        builder.AddTypedCache("cache").WarmUp(static options => options.Timeout = TimeSpan.FromMilliseconds(200));
        using var host = builder.Build();

        await host.StartAsync(Token);

        var (level, id, message) = Assert.Single(host.Log().OfHosting);
        Assert.Equal((LogLevel.Warning, 106), (level, id));
        Assert.StartsWith($"the cache 'cache' was not warmed up, and the application starts without: {source} named no servers of the cache 'cache' within 200 ms.", message, StringComparison.Ordinal);
        await host.StopAsync(Token);
    }

    [Fact]
    public async Task A_source_that_is_malformed_is_a_mistake_that_names_the_path()
    {
        using var host = Build(("TypedCache:cache:Discovery", "consul:x"));
        var failure = await Assert.ThrowsAnyAsync<Exception>(() => host.StartAsync(Token));
        Assert.Contains("ConnectionStrings:cache or TypedCache:cache: 'consul:x' is not a source of servers. Write config:host:port", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_source_changes_while_the_application_runs()
    {
        using var host = Build(("TypedCache:cache:Servers:0", "first.invalid"));
        var pool = host.Services.GetRequiredService<MemcachedPool>();

        Set(host, "TypedCache:cache:Discovery", Source);
        await Patiently.UntilAsync(() => pool.Servers[0].Name == $"127.0.0.1:{_port}");
        await Patiently.UntilAsync(() => pool.DiscoveryState!.Version == 3);

        Set(host, "TypedCache:cache:Servers:0", "second.invalid");
        Set(host, "TypedCache:cache:OperationTimeout", "00:00:30");
        await Patiently.UntilAsync(() => pool.TimeLimits.OperationTimeout == TimeSpan.FromSeconds(30));
        Assert.Equal($"127.0.0.1:{_port}", pool.Servers[0].Name);

        Set(host, "TypedCache:cache:Discovery", "");
        await Patiently.UntilAsync(() => pool.Servers[0].Name == "second.invalid:11211");
        Assert.Null(pool.DiscoveryState);

        // The log is written once they are in use.
        await Patiently.UntilAsync(() => host.Log().OfHosting.Count() >= 3);
        Assert.Equal(
            [
                "Settings of the cache 'cache' have changed and are in use: Discovery.",
                "Settings of the cache 'cache' have changed and are in use: OperationTimeout.",
                "Settings of the cache 'cache' have changed and are in use: Discovery, Servers.",
            ],
            host.Log().OfHosting.Select(static entry => entry.Message));
    }

    [Fact]
    public async Task The_health_check_tells_of_the_source_and_is_healthy_while_only_that_fails()
    {
        var builder = Apps.Create(settings: [("ConnectionStrings:cache", Source)]);
        builder.AddTypedCache("cache").AddHealthCheck(timeout: TimeSpan.FromMinutes(1));
        using var host = builder.Build();
        var pool = host.Services.GetRequiredService<MemcachedPool>();
        await pool.WaitForServersAsync(Token);
        await Patiently.UntilAsync(() => pool.DiscoveryState!.LastList is not null);

        var working = await CheckAsync(host);
        Assert.Equal(HealthStatus.Healthy, working.Status);
        Assert.Equal((Source, "Working", 3L), (working.Data["discovery source"], working.Data["discovery state"], working.Data["discovery version"]));
        Assert.NotNull(working.Data["discovery last list"]);

        pool.UpdateDiscovery(ServerDiscovery.Poll("broken", static _ => throw new InvalidOperationException("no rights"), TimeSpan.FromMinutes(1)));
        await Patiently.UntilAsync(() => pool.DiscoveryState!.Failure is not null);
        var failing = await CheckAsync(host);
        Assert.Equal(HealthStatus.Healthy, failing.Status);
        Assert.Equal(("broken", "Failing", "no rights"), (failing.Data["discovery source"], failing.Data["discovery state"], failing.Data["discovery last failure"]));
    }

    [Fact]
    public async Task Without_any_list_it_is_unhealthy()
    {
        var builder = Apps.Create(settings: [("ConnectionStrings:cache", $"config:127.0.0.1:{LoopbackPort.Free()}"), ("TypedCache:ConnectTimeout", "00:00:00.300")]);
        builder.AddTypedCache("cache").AddHealthCheck(timeout: TimeSpan.FromMinutes(1));
        using var host = builder.Build();
        Assert.Equal(HealthStatus.Unhealthy, (await CheckAsync(host)).Status);
    }

    [Fact]
    public void Embedded_servers_follow_no_source()
    {
        var builder = Apps.Create(settings: [("ConnectionStrings:cache", Source)]);
        builder.AddTypedCache("cache").UseInMemory();
        using var host = builder.Build();
        var pool = host.Services.GetRequiredService<MemcachedPool>();
        Assert.Equal("embedded-1:11211", Assert.Single(pool.Servers).Name);
        Assert.Null(pool.DiscoveryState);
    }

    private static IHost Build(params (string Key, string Value)[] settings)
    {
        var builder = Apps.Create(settings: settings);
        builder.AddTypedCache("cache").WarmUp(static options => options.Timeout = TimeSpan.FromMinutes(1));
        return builder.Build();
    }

    private static void Set(IHost host, string key, string value)
    {
        var configuration = (IConfigurationRoot)host.Services.GetRequiredService<IConfiguration>();
        configuration[key] = value;
        configuration.Reload();
    }

    private static async Task<HealthReportEntry> CheckAsync(IHost host) =>
        (await host.Services.GetRequiredService<HealthCheckService>().CheckHealthAsync(Token)).Entries["TypedCache"];
}
