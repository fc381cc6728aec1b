using TypedCache.Values;

namespace TypedCache.Testing.Tests;

/// <summary>Clients whose values other programs share.</summary>
public sealed class DialectTests
{
    private const uint BooleanOfPhpMemcached = 3;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_cluster_has_the_dialect_that_its_options_name()
    {
        await using var cluster = new TestCluster(new TestClusterOptions { ValueDialect = ValueDialect.PhpMemcached });
        var cache = cluster.Connect().CreateClient<IPhpCache>();

        await cache.SetOnAsync(1, value: true, Token);
        cluster.Store("php:on:2", ""u8, BooleanOfPhpMemcached);

        Assert.Equal(BooleanOfPhpMemcached, cluster.AssertStored("php:on:1").Flags);
        Assert.Equal(false, await cache.GetOnAsync(2, Token));
    }

    [Fact]
    public async Task A_pool_of_the_cluster_can_have_another_one()
    {
        await using var cluster = new TestCluster();
        var pool = cluster.Connect(static options => options.ValueDialect = ValueDialect.PhpMemcached);

        Assert.Null(await pool.CreateClient<IPhpCache>().GetOnAsync(1, Token));
    }

    [Fact]
    public async Task A_client_of_another_dialect_is_refused()
    {
        await using var cluster = new TestCluster();
        var pool = cluster.Connect();

        Assert.Equal(
            "IPhpCache has Dialect = CacheDialect.PhpMemcached, but its pool stores values in ValueDialect.Pecl, which the other clients would misread. "
            + "Create the pool's options by MemcachedPoolOptions.ForPhpMemcached(), set their ValueDialect to ValueDialect.PhpMemcached, or change the Dialect in [CacheClient].",
            Assert.Throws<InvalidOperationException>(() => pool.CreateClient<IPhpCache>()).Message);
    }
}
