using TypedCache.Keys;
using TypedCache.Values;

namespace TypedCache.Tests.Telemetry;

/// <summary>Nothing that the library says has a key in it whose template hides its keys.</summary>
public class HiddenKeyTests
{
    private const string Secret = "token-of-a-person";
    private const string Shown = "shop:session:{token}";

    private static readonly KeyTemplate Hidden = new("shop", "session:{token}") { HidesKeys = true };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_value_that_cannot_be_read()
    {
        await using var pool = MemcachedPool.InMemory();
        await pool.SetAsync(Secret, "text", CacheCodecs.String, cancellationToken: Token);
        var read = await Assert.ThrowsAsync<CacheValueException>(() => pool.GetAsync(Secret, CacheCodecs.Int32, Token, Hidden).AsTask());
        Check(read);
        Assert.Equal(Shown, read.Key);
        var many = await pool.GetManyAsync([Secret], CacheCodecs.Int32, Token, Hidden);
        Check(Assert.Single(many.Unreadable).Value);
    }

    [Fact]
    public async Task A_server_that_cannot_be_reached()
    {
        await using var pool = MemcachedPool.Connect("127.0.0.1:1");
        Check(await Assert.ThrowsAsync<MemcachedConnectionException>(() => pool.GetAsync(Secret, CacheCodecs.String, Token, Hidden).AsTask()));
        Check(await Assert.ThrowsAsync<MemcachedConnectionException>(() => pool.GetManyAsync([Secret], CacheCodecs.String, Token, Hidden).AsTask()));
        Check(await Assert.ThrowsAsync<MemcachedConnectionException>(() => pool.DeleteAsync(Secret, Token, Hidden).AsTask()));
    }

    [Fact]
    public async Task A_server_that_refuses()
    {
        await using var pool = MemcachedPool.InMemory();
        await pool.SetAsync(Secret, "text", CacheCodecs.String, cancellationToken: Token);
        var refused = await Assert.ThrowsAsync<MemcachedServerException>(() => pool.IncrementAsync(Secret, 1, Token, Hidden).AsTask());
        Check(refused);
        Assert.Contains(Shown, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_key_that_is_not_valid()
    {
        await using var pool = MemcachedPool.InMemory(configure: options => options.KeyPrefix = new string('p', 230));
        Check(await Assert.ThrowsAsync<CacheKeyException>(() => pool.GetAsync($"{Secret} {Secret}", CacheCodecs.String, Token, Hidden).AsTask()));
        Check(await Assert.ThrowsAsync<CacheKeyException>(() => pool.GetAsync(new string('x', 300) + Secret, CacheCodecs.String, Token, Hidden).AsTask()));
        Check(await Assert.ThrowsAsync<CacheKeyException>(() => pool.GetAsync($"{Secret}{Secret}{Secret}", CacheCodecs.String, Token, Hidden).AsTask()));
        Check(await Assert.ThrowsAsync<CacheKeyException>(() => pool.SetManyAsync([new($"{Secret} ", "x")], CacheCodecs.String, cancellationToken: Token, template: Hidden).AsTask()));
        Check(await Assert.ThrowsAsync<ArgumentException>(() =>
            pool.CompareAndSetManyAsync([new(Secret, new CacheValue<string>("x"))], CacheCodecs.String, cancellationToken: Token, template: Hidden).AsTask()));
    }

    [Fact]
    public void A_writer_that_is_told_so()
    {
        Check(Assert.Throws<CacheKeyException>(() =>
        {
            var writer = new CacheKeyWriter(stackalloc byte[CacheKeyWriter.StackSize], KeyPolicy.Reject) { ShownAs = Hidden.Text };
            writer.Append($"{Secret} ");
        }));
    }

    [Fact]
    public void An_entry_as_text()
    {
        using var pool = MemcachedPool.InMemory();
        var entry = new CacheEntry<string>(pool, System.Text.Encoding.UTF8.GetBytes(Secret), CacheCodecs.String, template: Hidden);
        Assert.Equal((Shown, Secret), (entry.ToString(), entry.Key));
        var counter = new CacheCounter(pool, System.Text.Encoding.UTF8.GetBytes(Secret), template: Hidden);
        Assert.Equal((Shown, Secret), (counter.ToString(), counter.Key));
    }

    private static void Check(Exception exception)
    {
        for (var each = exception; each is not null; each = each.InnerException)
        {
            Assert.DoesNotContain(Secret, each.Message, StringComparison.Ordinal);
        }
    }
}
