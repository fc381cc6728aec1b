using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using TypedCache.Hosting.Tests.Clients;
using TypedCache.Hosting.Tests.Testing;
using TypedCache.Integration.Tests.External;

namespace TypedCache.Hosting.Tests.Pools;

public sealed class DisposalTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_container_disposes_of_the_pools()
    {
        var services = new ServiceCollection();
        services.AddTypedCache().UseInMemory();
        services.AddKeyedTypedCache("sessions").UseInMemory();
        var provider = services.BuildServiceProvider();
        MemcachedPool[] pools = [provider.GetRequiredService<MemcachedPool>(), provider.GetRequiredKeyedService<MemcachedPool>("sessions")];

        await provider.DisposeAsync();

        foreach (var pool in pools)
        {
            await Assert.ThrowsAsync<ObjectDisposedException>(async () => await pool.PingAsync(Cancellation));
        }
    }

    [Fact]
    public void A_container_that_is_disposed_synchronously_does_so_too()
    {
        var services = new ServiceCollection();
        services.AddTypedCache().UseInMemory();
        var provider = services.BuildServiceProvider();
        var pool = provider.GetRequiredService<MemcachedPool>();

        provider.Dispose();

        Assert.Throws<ObjectDisposedException>(() => pool.UpdateCredentials(null));
    }

    [Fact]
    public async Task When_the_host_ends_calls_under_way_end_and_leases_are_given_back()
    {
        using var memcached = MemcachedProcess.Start();
        var host = Start(memcached);
        await host.StartAsync(Cancellation);
        var cache = host.Services.GetRequiredService<IShopCache>();
        var begun = new TaskCompletionSource();
        var creation = cache.GetOrCreateNameAsync(
            1,
            async token =>
            {
                begun.SetResult();
                await Task.Delay(Timeout.Infinite, token);
                return "never";
            },
            Cancellation).AsTask();
        await begun.Task;
        var stores = Enumerable.Range(2, 200).Select(id => cache.SetNameAsync(id, $"name {id}", Cancellation).AsTask()).ToArray();

        // However long replies take on a busy machine.
        host.Services.GetRequiredService<MemcachedPool>().LongestFarewell = 60_000;
        await host.StopAsync(Cancellation);
        await ((IAsyncDisposable)host).DisposeAsync();

        await Task.WhenAll(stores);
        await Assert.ThrowsAnyAsync<Exception>(() => creation);
        using var next = Start(memcached);
        var other = next.Services.GetRequiredService<IShopCache>();
        Assert.Equal("name 201", await other.GetNameAsync(201, Cancellation));

        // A lease that is still held would make this wait for its end.
        Assert.Equal("created", await other.GetOrCreateNameAsync(1, static _ => ValueTask.FromResult("created"), Cancellation));
    }

    private static IHost Start(MemcachedProcess memcached)
    {
        var builder = Apps.Create(settings: [("ConnectionStrings:cache", $"{memcached.Address}; timeout=1m; connect-timeout=1m")]);
        builder.AddTypedCache("cache").AddClients();
        return builder.Build();
    }
}
