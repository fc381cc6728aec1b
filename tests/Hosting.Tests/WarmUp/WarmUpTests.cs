using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using TypedCache.Hosting.Tests.Testing;
using TypedCache.Integration.Tests.External;

namespace TypedCache.Hosting.Tests.WarmUp;

public sealed class WarmUpTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task It_connects_before_the_services_of_the_application_start()
    {
        using var memcached = MemcachedProcess.Start();
        var builder = Apps.Create(settings: [("ConnectionStrings:cache", $"{memcached.Address}; timeout=1m; connect-timeout=1m")]);
        builder.Services.AddHostedService<Witness>();
        builder.AddTypedCache("cache").WarmUp(static options => options.Timeout = TimeSpan.FromMinutes(1));
        using var host = builder.Build();

        await host.StartAsync(Cancellation);

        Assert.Equal(ServerState.Connected, host.Services.GetServices<IHostedService>().OfType<Witness>().Single().Seen);
        Assert.Equal((LogLevel.Information, 105, "Warmed up the cache 'cache': 1 servers answered."), Assert.Single(host.Log().OfHosting));
        await host.StopAsync(Cancellation);
    }

    [Fact]
    public async Task A_server_that_is_down_keeps_no_application_from_starting()
    {
        var port = LoopbackPort.Free();
        var builder = Apps.Create(settings: [("ConnectionStrings:cache", $"127.0.0.1:{port}")]);
        builder.AddTypedCache("cache").WarmUp(static options => options.Timeout = TimeSpan.FromMinutes(1));
        using var host = builder.Build();

        await host.StartAsync(Cancellation);

        var (level, id, message) = Assert.Single(host.Log().OfHosting);
        Assert.Equal((LogLevel.Warning, 106), (level, id));
        Assert.StartsWith(
            $"the cache 'cache' was not warmed up, and the application starts without: 1 of 1 memcached servers of the cache 'cache' cannot be reached: 127.0.0.1:{port} cannot be reached:",
            message,
            StringComparison.Ordinal);
        await Patiently.UntilAsync(() => host.Log().All.Any(entry => entry.Category == "TypedCache.Pool" && entry.Id == 1 && entry.Message.Contains($"127.0.0.1:{port}", StringComparison.Ordinal)));
        await host.StopAsync(Cancellation);
    }

    [Fact]
    public async Task If_asked_to_it_fails_the_start()
    {
        var builder = Apps.Create(settings: [("ConnectionStrings:cache", $"127.0.0.1:{LoopbackPort.Free()}")]);
        builder.AddTypedCache("cache").WarmUp(static options => (options.FailStart, options.Timeout) = (true, TimeSpan.FromMinutes(1)));
        using var host = builder.Build();

        var failure = await Assert.ThrowsAsync<MemcachedException>(() => host.StartAsync(Cancellation));

        Assert.StartsWith("1 of 1 memcached servers of the cache 'cache' cannot be reached:", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_the_application_throws_keeps_it_from_starting_no_more_than_a_server()
    {
        var builder = Apps.Create(settings: [("ConnectionStrings:cache", "a")]);
        builder.AddTypedCache("cache").WarmUp().ConfigurePool(static (_, _) => throw new InvalidOperationException("The vault is closed."));
        using var host = builder.Build();

        await host.StartAsync(Cancellation);

        Assert.Contains("The vault is closed.", Assert.Single(host.Log().OfHosting).Message, StringComparison.Ordinal);
        await host.StopAsync(Cancellation);
    }

    private sealed class Witness(MemcachedPool pool) : IHostedService
    {
        public ServerState Seen { get; private set; }

        public Task StartAsync(CancellationToken cancellationToken)
        {
            Seen = pool.Servers[0].State;
            return Task.CompletedTask;
        }

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
