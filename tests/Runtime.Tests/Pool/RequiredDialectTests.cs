using TypedCache.Values;

namespace TypedCache.Tests.Pool;

/// <summary>A client that is for a dialect needs a pool that has it.</summary>
public sealed class RequiredDialectTests
{
    private static readonly ValueDialect[] Dialects = [ValueDialect.Pecl, ValueDialect.PeclSharedWithPhp, ValueDialect.PhpMemcached];

    [Fact]
    public void A_pool_serves_its_own_dialect_and_any()
    {
        foreach (var dialect in Dialects)
        {
            using var pool = MemcachedPool.InMemory(configure: options => options.ValueDialect = dialect);

            pool.RequireDialect(dialect.Identity, "IShopCache");
            pool.RequireDialect(CacheDialect.Any, "IShopCache");
        }
    }

    [Fact]
    public void A_pool_refuses_each_other_dialect_and_names_both()
    {
        foreach (var dialect in Dialects)
        {
            using var pool = MemcachedPool.InMemory(configure: options => options.ValueDialect = dialect);
            foreach (var other in Enum.GetValues<CacheDialect>().Where(other => other != CacheDialect.Any && other != dialect.Identity))
            {
                var message = Assert.Throws<InvalidOperationException>(() => pool.RequireDialect(other, "IShopCache")).Message;

                Assert.StartsWith($"IShopCache has Dialect = CacheDialect.{other}, but its pool stores values in ValueDialect.{dialect}, ", message, StringComparison.Ordinal);
                Assert.Contains($"set their ValueDialect to ValueDialect.{other},", message, StringComparison.Ordinal);
            }
        }
    }

    [Theory]
    [InlineData(CacheDialect.PhpMemcached, "MemcachedPoolOptions.ForPhpMemcached()")]
    [InlineData(CacheDialect.PeclSharedWithPhp, "MemcachedPoolOptions.ForPeclMemcache(sharedWithPhp: true)")]
    [InlineData(CacheDialect.Enyim, "MemcachedPoolOptions.ForEnyim() or ForEnyim2()")]
    [InlineData(CacheDialect.EnyimMessagePack, "MemcachedPoolOptions.ForEnyim() or ForEnyim2()")]
    [InlineData(CacheDialect.Pymemcache, "MemcachedPoolOptions.ForPymemcache()")]
    [InlineData(CacheDialect.PythonMemcached, "MemcachedPoolOptions.ForPythonMemcached()")]
    [InlineData(CacheDialect.Dalli, "MemcachedPoolOptions.ForDalli()")]
    [InlineData(CacheDialect.Spymemcached, "MemcachedPoolOptions.ForSpymemcached() or ForXmemcached()")]
    [InlineData(CacheDialect.NodeMemcached, "MemcachedPoolOptions.ForNodeMemcached()")]
    [InlineData(CacheDialect.Plain, "MemcachedPoolOptions.ForGomemcache() or ForMemjs()")]
    public void The_message_names_the_options(CacheDialect dialect, string preset)
    {
        using var pool = MemcachedPool.InMemory();

        Assert.Contains($"Create the pool's options by {preset}, ", Assert.Throws<InvalidOperationException>(() => pool.RequireDialect(dialect, "IShopCache")).Message, StringComparison.Ordinal);
    }
}
