using Microsoft.Extensions.DependencyInjection;
using TypedCache.Hashing;
using TypedCache.Hosting;

namespace TypedCache.Testing.Tests;

/// <summary>How an application and a cluster come together.</summary>
public sealed class ClusterTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Keys_are_where_the_application_has_them()
    {
        const string Servers = "cache-a:11211, cache-b:11211 weight=3, cache-c:4711";
        await using var cluster = new TestCluster(new TestClusterOptions { Servers = Servers });
        await using var production = MemcachedPool.Connect(Servers);

        Assert.Equal(["cache-a:11211", "cache-b:11211", "cache-c:4711"], cluster.Servers.Select(static server => server.Name));
        for (var id = 0; id < 100; id++)
        {
            Assert.Equal(production.FindServer($"shop:product:{id}").Name, cluster.ServerOf($"shop:product:{id}").Name);
        }
    }

    [Fact]
    public async Task A_key_is_found_by_the_settings_of_the_first_pool()
    {
        await using var cluster = new TestCluster(servers: 3);
        var pool = cluster.Connect(static options => options.HashStrategy = HashStrategies.Rendezvous);

        for (var id = 0; id < 100; id++)
        {
            Assert.Equal(pool.FindServer($"shop:product:{id}").Name, cluster.ServerOf($"shop:product:{id}").Name);
        }
    }

    [Fact]
    public async Task A_container_gives_the_cluster_in_place_of_real_servers()
    {
        await using var cluster = new TestCluster();
        var services = new ServiceCollection();
        services.AddTypedCache("cache").AddClient<IShopCache>();
        services.AddSingleton(cluster.Connect());
        await using var provider = services.BuildServiceProvider();

        await provider.GetRequiredService<IShopCache>().SetProductAsync(42, new Product("Lamp", 1), Token);

        cluster.AssertStored("shop:product:42");
    }

    [Fact]
    public async Task A_server_evicts_what_does_not_fit()
    {
        await using var cluster = new TestCluster(new TestClusterOptions { MemoryLimit = 10_000, MaxItemSize = 5_000 });
        IShopCache shop = cluster.Connect(static options => options.Compression.Threshold = int.MaxValue).CreateClient<IShopCache>();
        for (var id = 0; id < 10; id++)
        {
            await shop.SetProductAsync(id, new Product(new string('x', 2_000), id), Token);
        }

        Assert.InRange(cluster.Items.Count, 1, 4);
        Assert.Throws<ArgumentException>(() => cluster.Store("shop:product:1", new byte[6_000]));
        Assert.Throws<ArgumentException>(() => new TestCluster(new TestClusterOptions { Servers = "" }));
        Assert.Throws<ArgumentOutOfRangeException>(() => new TestCluster(servers: 0));
    }

    [Fact]
    public async Task A_server_that_the_cluster_does_not_have_cannot_be_reached()
    {
        await using var cluster = new TestCluster();
        IShopCache shop = cluster.Connect(static options =>
        {
            options.Servers.Clear();
            options.AddServers("cache-9");
        }).CreateClient<IShopCache>();

        var failure = await Assert.ThrowsAsync<MemcachedConnectionException>(async () => await shop.GetProductAsync(1, Token));

        Assert.Contains("Add it to TestClusterOptions.Servers.", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_ends_with_its_pools()
    {
        MemcachedPool pool;
        using (var cluster = new TestCluster())
        {
            pool = cluster.Connect();
        }

        await Assert.ThrowsAsync<ObjectDisposedException>(async () => await pool.DeleteAsync("a", Token));
    }
}
