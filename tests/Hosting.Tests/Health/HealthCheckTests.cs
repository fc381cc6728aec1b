using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using TypedCache.Hosting.Tests.Testing;
using TypedCache.Integration.Tests.External;

namespace TypedCache.Hosting.Tests.Health;

public sealed class HealthCheckTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task It_is_healthy_degraded_and_unhealthy_as_its_servers_are()
    {
        using var first = MemcachedProcess.Start();
        using var second = MemcachedProcess.Start();
        using var host = Create($"{first.Address}, {second.Address}; retry-interval=100ms");
        var names = new[] { $"127.0.0.1:{first.Port}", $"127.0.0.1:{second.Port}" };

        var healthy = await CheckAsync(host);
        Assert.Equal((HealthStatus.Healthy, "All 2 memcached servers answer."), (healthy.Status, healthy.Description));
        Assert.Equal(["Connected", "Connected"], names.Select(name => healthy.Data[$"{name} state"]));
        Assert.True(Version.TryParse((string)healthy.Data[$"{names[0]} version"], out _));
        Assert.DoesNotContain($"{names[0]} last failure", healthy.Data.Keys);

        first.Kill();
        var degraded = await UntilAsync(host, HealthStatus.Degraded);
        Assert.Equal($"1 of 2 memcached servers cannot be reached: {names[0]}.", degraded.Description);
        Assert.Equal("Failed", degraded.Data[$"{names[0]} state"]);
        Assert.Equal("Connected", degraded.Data[$"{names[1]} state"]);
        Assert.Contains(names[0], (string)degraded.Data[$"{names[0]} last failure"], StringComparison.Ordinal);
        Assert.IsAssignableFrom<MemcachedConnectionException>(degraded.Exception);

        await host.Services.GetRequiredService<MemcachedPool>().DeleteManyAsync(Enumerable.Range(0, 50).Select(static i => $"k{i}"), Cancellation);
        Assert.NotEqual(0, (await CheckAsync(host)).Data[$"{names[0]} missed deletes"]);

        second.Kill();
        var unhealthy = await UntilAsync(host, HealthStatus.Unhealthy);
        Assert.Equal($"2 of 2 memcached servers cannot be reached: {names[0]}, {names[1]}.", unhealthy.Description);

        first.Restart();
        second.Restart();
        await UntilAsync(host, HealthStatus.Healthy);
    }

    [Fact]
    public async Task It_has_the_name_of_its_pool_and_what_was_asked_for()
    {
        var builder = Apps.Create();
        var patient = TimeSpan.FromMinutes(1);
        builder.AddTypedCache("cache").UseInMemory().AddHealthCheck(timeout: patient);
        builder.AddKeyedTypedCache("sessions").UseInMemory().AddHealthCheck(failureStatus: HealthStatus.Degraded, tags: ["ready"], timeout: patient);
        builder.AddKeyedTypedCache("third").UseInMemory().AddHealthCheck("my cache", timeout: patient);
        using var host = builder.Build();

        var report = await host.Services.GetRequiredService<HealthCheckService>().CheckHealthAsync(Cancellation);

        Assert.Equal(["my cache", "TypedCache", "TypedCache_sessions"], report.Entries.Keys.Order(StringComparer.OrdinalIgnoreCase));
        Assert.Equal(["ready"], report.Entries["TypedCache_sessions"].Tags);
        Assert.All(report.Entries.Values, static entry => Assert.Equal((HealthStatus.Healthy, "The memcached server answers."), (entry.Status, entry.Description)));
    }

    [Fact]
    public async Task The_status_of_a_failure_can_be_chosen()
    {
        var builder = Apps.Create(settings: [("ConnectionStrings:cache", $"127.0.0.1:{LoopbackPort.Free()}")]);
        builder.AddTypedCache("cache").AddHealthCheck(failureStatus: HealthStatus.Degraded, timeout: TimeSpan.FromMinutes(1));
        using var host = builder.Build();

        Assert.Equal(HealthStatus.Degraded, (await CheckAsync(host)).Status);
    }

    [Fact]
    public async Task A_hung_server_holds_it_up_no_longer_than_its_limit()
    {
        using var memcached = MemcachedProcess.Start();
        using var host = Create($"{memcached.Address}; timeout=1h; connect-timeout=1h", timeout: TimeSpan.FromMilliseconds(200));
        memcached.Suspend();

        // Without its limit, it would take an hour.
        var entry = await CheckAsync(host);

        Assert.Equal(HealthStatus.Unhealthy, entry.Status);
        Assert.Equal($"127.0.0.1:{memcached.Port} did not answer within 200 ms.", entry.Exception!.Message);
        Assert.Equal("Failed", entry.Data[$"127.0.0.1:{memcached.Port} state"]);
    }

    [Fact]
    public void Its_limit_has_to_be_a_time() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Apps.Create().AddTypedCache("cache").AddHealthCheck(timeout: TimeSpan.Zero));

    private static IHost Create(string connectionString, TimeSpan? timeout = null)
    {
        var builder = Apps.Create(settings: [("ConnectionStrings:cache", connectionString)]);
        builder.AddTypedCache("cache").AddHealthCheck(timeout: timeout ?? TimeSpan.FromMinutes(1));
        return builder.Build();
    }

    private static async Task<HealthReportEntry> CheckAsync(IHost host) =>
        (await host.Services.GetRequiredService<HealthCheckService>().CheckHealthAsync(Cancellation)).Entries["TypedCache"];

    private static async Task<HealthReportEntry> UntilAsync(IHost host, HealthStatus status)
    {
        HealthReportEntry entry = default;
        await Patiently.UntilAsync(async () => (entry = await CheckAsync(host)).Status == status);
        return entry;
    }
}
