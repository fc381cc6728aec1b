using TypedCache.Values;

namespace TypedCache.Tests.Pool;

/// <summary>A codec that throws when it has written a part of the value.</summary>
public sealed class BrokenCodecTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_it_has_written_is_neither_stored_nor_executed_nor_mixed_with_later_values()
    {
        await using var pool = MemcachedPool.InMemory(servers: 1);
        await pool.SetAsync("other", "o", CacheCodecs.String, cancellationToken: Token);
        for (var i = 0; i < 10; i++)
        {
            await Assert.ThrowsAsync<InsufficientMemoryException>(async () =>
                await pool.SetAsync("k", "\r\nmd other\r\nflush_all\r\n", new BrokenCodec(), cancellationToken: Token));
            Assert.Null(await pool.GetAsync("k", CacheCodecs.String, Token));
            await pool.SetAsync("next", "v", CacheCodecs.String, cancellationToken: Token);
            Assert.Equal("v", await pool.GetAsync("next", CacheCodecs.String, Token));
        }

        Assert.Equal("o", await pool.GetAsync("other", CacheCodecs.String, Token));
        Assert.Null(pool.Servers[0].LastFailure);
    }

    private sealed class BrokenCodec : ICacheCodec<string>
    {
        public void Write(ref ValueWriter writer, string value)
        {
            CacheCodecs.String.Write(ref writer, value);
            throw new InsufficientMemoryException();
        }

        public string Read(in StoredValue stored) => throw new NotSupportedException();
    }
}
